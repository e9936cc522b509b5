using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>An order of ours as the account feed knows it.</summary>
internal sealed class TaleOrder(OrderIntent intent, Market market, uint goodTilBlock)
{
    /// <summary>As it was meant.</summary>
    public OrderIntent Intent => intent;

    /// <summary>Its market.</summary>
    public Market Market => market;

    /// <summary>Last block in which it may match; 0 for one that the chain keeps.</summary>
    public uint GoodTilBlock { get; set; } = goodTilBlock;

    /// <summary>Whether its end has to be proven, since no block tells of it.</summary>
    public bool IsShortTerm => GoodTilBlock > 0;

    /// <summary>Whether it was ever told of.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Whether it is over.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What was filled of it, as far as was told.</summary>
    public Steps Filled { get; set; }

    /// <summary>Why it left the node's book, as far as is believed.</summary>
    public RemovalReason Reason { get; set; }

    /// <summary>Number of the message by which it was sent last.</summary>
    public long LastSent { get; set; }

    /// <summary>When a cancel of it was last refused.</summary>
    public DateTimeOffset? CancelRefusedAt { get; set; }

    /// <summary>
    /// Whether nobody has told yet what became of a cancel. One that was sent at the very instant at which
    /// the one before it was refused is open: a refusal always comes later than what it refuses.
    /// </summary>
    /// <param name="sentAt">When it was sent.</param>
    public bool IsCancelOpen(DateTimeOffset sentAt) => !HasEnded && !(CancelRefusedAt > sentAt);

    /// <summary>When the Indexer was first seen beyond its last block.</summary>
    public DateTimeOffset? PassedAt { get; set; }
}
