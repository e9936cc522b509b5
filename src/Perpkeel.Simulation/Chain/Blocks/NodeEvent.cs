using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What one node believes of an order before any block says so.</summary>
internal enum NodeEventKind
{
    /// <summary>It is in the node's book, or came to it.</summary>
    Opened = 0,

    /// <summary>Something of it was filled in the node's book.</summary>
    Filled,

    /// <summary>It has left the node's book unfilled or partly filled.</summary>
    Removed,
}

/// <summary>
/// What a node tells its Indexer at once: a belief, since blocks may say otherwise when a fault is put in.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Order">The order.</param>
/// <param name="TotalFilled">What was filled of it so far, in base quantums.</param>
/// <param name="Reason">Why it was removed.</param>
internal readonly record struct NodeEvent(
    NodeEventKind Kind, ChainOrder Order, long TotalFilled, RemovalReason Reason);
