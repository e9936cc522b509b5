using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Simulation.Paper;

/// <summary>An order as the chain has it.</summary>
/// <param name="ClientId">The number its sender chose.</param>
/// <param name="Market">Its market.</param>
/// <param name="Side">Which way.</param>
/// <param name="Left">What may still be filled.</param>
/// <param name="IsReduceOnly">Whether it may only shrink a position.</param>
/// <param name="IsUntriggered">Whether it waits for a price.</param>
public sealed record StandingOrder(
    ClientOrderId ClientId, MarketId Market, Side Side, Size Left, bool IsReduceOnly, bool IsUntriggered)
{
    internal static StandingOrder Of(LiveOrder order, Market market) => new(
        new ClientOrderId(order.Order.Id.ClientId), market.Id, order.Side,
        market.SizeOf(new Steps(order.Left / market.StepBaseQuantums)), order.Order.ReduceOnly,
        order.IsUntriggered);
}

/// <summary>A fault that has happened.</summary>
/// <param name="kind">Which.</param>
public sealed class FaultEventArgs(FaultKind kind) : EventArgs
{
    /// <summary>Which.</summary>
    public FaultKind Kind => kind;
}
