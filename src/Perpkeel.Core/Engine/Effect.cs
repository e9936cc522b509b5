using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>
/// What a fact asks of the world. Carried out after the fact is durable, and harmless when carried out twice.
/// A closed family.
/// </summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Send an order that takes new risk.</summary>
    /// <param name="Order">The order.</param>
    public sealed record Place(ApprovedOrder Order) : Effect;

    /// <summary>Send an order that protects.</summary>
    /// <param name="Order">The order.</param>
    public sealed record Protect(ApprovedProtection Order) : Effect;

    /// <summary>Take an order back.</summary>
    /// <param name="ClientId">Which.</param>
    /// <param name="IntendedAt">When that was meant.</param>
    public sealed record Cancel(ClientOrderId ClientId, DateTimeOffset IntendedAt) : Effect;

    /// <summary>Ask the venue what became of an order.</summary>
    /// <param name="ClientId">Which.</param>
    public sealed record LookUp(ClientOrderId ClientId) : Effect;

    /// <summary>Carry out the second half of a signal at fresh prices.</summary>
    /// <param name="Signal">What is wanted.</param>
    public sealed record Execute(TradeSignal Signal) : Effect;

    /// <summary>Tell the user that a position is without protection.</summary>
    /// <param name="Market">Which.</param>
    /// <param name="Since">Since when.</param>
    public sealed record Alarm(MarketId Market, DateTimeOffset Since) : Effect;
}
