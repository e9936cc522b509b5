using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>An event of the chain, as the Indexer numbers them.</summary>
/// <param name="Block">In which block.</param>
/// <param name="Number">Which of what the block tells the account.</param>
internal readonly record struct IndexerEvent(uint Block, int Number);

/// <summary>What the Indexer tells of the account, as far as it has come. A closed family.</summary>
internal abstract record IndexerMessage
{
    private IndexerMessage()
    {
    }

    /// <summary>The time of the block, or of the node's belief.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Which event of which block it is, as the Indexer numbers them; none for a node's belief. By it a
    /// message of money that is heard twice is known again.
    /// </summary>
    public IndexerEvent? Event { get; init; }

    /// <summary>The Indexer has come to a block.</summary>
    public sealed record Height(uint Block) : IndexerMessage;

    /// <summary>An order is there: in a node's book, or in the chain's state.</summary>
    public sealed record Opened(ClientOrderId ClientId) : IndexerMessage;

    /// <summary>A transaction of ours has failed in its block.</summary>
    public sealed record Failed(ClientOrderId ClientId, bool IsCancel, string Code, string Text)
        : IndexerMessage;

    /// <summary>An order's condition is met.</summary>
    public sealed record Triggered(ClientOrderId ClientId, Price Oracle) : IndexerMessage;

    /// <summary>An order was filled.</summary>
    public sealed record Filled : IndexerMessage
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>Its market.</summary>
        public required Market Market { get; init; }

        /// <summary>Which way.</summary>
        public required Side Side { get; init; }

        /// <summary>At which price.</summary>
        public required Ticks Price { get; init; }

        /// <summary>How much.</summary>
        public required Steps Size { get; init; }

        /// <summary>What was charged.</summary>
        public required QuoteQuantums Fee { get; init; }

        /// <summary>Taker or maker.</summary>
        public required FillKind Kind { get; init; }
    }

    /// <summary>The venue closed some of a position itself.</summary>
    public sealed record Closed : IndexerMessage
    {
        /// <summary>The market.</summary>
        public required Market Market { get; init; }

        /// <summary>The side of the closing fill.</summary>
        public required Side Side { get; init; }

        /// <summary>At which price, on the grid.</summary>
        public required Ticks Price { get; init; }

        /// <summary>How much.</summary>
        public required Steps Size { get; init; }

        /// <summary>What went to the insurance fund, and what the price was put on the grid by.</summary>
        public required QuoteQuantums Fee { get; init; }

        /// <summary>Liquidated or deleveraged.</summary>
        public required FillKind Kind { get; init; }
    }

    /// <summary>
    /// An order has left: for good with its block, or, of a short-term order, as one node believes.
    /// </summary>
    public sealed record Removed(ClientOrderId ClientId, RemovalReason Reason, bool IsFinal) : IndexerMessage;

    /// <summary>An hour's funding.</summary>
    public sealed record Funded(Market Market, decimal HourlyRate, QuoteQuantums Payment) : IndexerMessage;
}
