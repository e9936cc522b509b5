using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What the parts of a venue share.</summary>
internal sealed class VenueState
{
    /// <summary>A venue before its first block.</summary>
    public VenueState(IReadOnlyList<VenueMarket> markets, VenueParameters parameters)
    {
        Parameters = parameters.Orders;
        Markets = markets;
        Ledger = new ChainLedger(parameters.Ledger);
        foreach (var market in markets)
        {
            _ = Ledger.AddMarket(market.Market, market.DefaultFunding);
            Ledger.SetStatus(market.Market.Index, market.Status);
        }

        Journal = new BlockJournal(Ledger);
        ShortTerm = new ShortTermOrders(parameters.Orders.ShortBlockWindow);
        Untriggered = [.. markets.Select(_ => new UntriggeredOrders())];
        Keys = new AuthenticatorBook(parameters.Orders.ArePermissionedKeysActive);
        Books = new OrderBooks(this);
    }

    /// <summary>About orders.</summary>
    public OrderParameters Parameters { get; }

    /// <summary>The markets by number.</summary>
    public IReadOnlyList<VenueMarket> Markets { get; }

    /// <summary>All money.</summary>
    public ChainLedger Ledger { get; }

    /// <summary>What is to be told.</summary>
    public BlockJournal Journal { get; }

    /// <summary>Short-term orders in the node's memory.</summary>
    public ShortTermOrders ShortTerm { get; }

    /// <summary>Orders in the chain's state.</summary>
    public StatefulOrders Stateful { get; } = new();

    /// <summary>Conditional orders that wait, by market.</summary>
    public IReadOnlyList<UntriggeredOrders> Untriggered { get; }

    /// <summary>TWAPs under way.</summary>
    public List<TwapRun> Twaps { get; } = [];

    /// <summary>Rules of permissioned keys.</summary>
    public AuthenticatorBook Keys { get; }

    /// <summary>The books with what rests in them.</summary>
    public OrderBooks Books { get; }

    /// <summary>Stateful orders that enter their books after this block, in order.</summary>
    public List<LiveOrder> Entering { get; } = [];

    /// <summary>Conditional orders that enter their books after this block, in order.</summary>
    public List<LiveOrder> TriggeredNow { get; } = [];

    /// <summary>
    /// Whether the node takes short-term orders: not between its start and its first block.
    /// </summary>
    public bool IsReady { get; set; } = true;

    /// <summary>
    /// Called when a node has started anew with empty books, before stateful orders enter them again: who
    /// stands around them comes back.
    /// </summary>
    public Action? Restarted { get; set; }

    /// <summary>The last block's height; zero before the first.</summary>
    public uint Height { get; set; }

    /// <summary>The last block's time.</summary>
    public DateTimeOffset Time { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The coming block.</summary>
    public uint Next => Height + 1;

    /// <summary>Ends an order that is in no book any more.</summary>
    public void End(LiveOrder order, RemovalReason reason)
    {
        order.End = reason;
        if (order.IsStanding) return;
        if (!order.Order.Id.IsStateful)
        {
            var record = ShortTerm.Of(order.Order.Id);
            if (ReferenceEquals(record.Open, order)) record.Close();
        }
        else
        {
            if (order.IsUntriggered) Untriggered[order.Market].Remove(order);
            Stateful.Remove(order);
        }

        if (reason == RemovalReason.FullyFilled)
        {
            Journal.Changed(order, OrderChange.Filled);
            return;
        }

        if (order.Order.Id.IsStateful) Journal.Changed(order, OrderChange.Removed, reason);
        Journal.Tell(NodeEventKind.Removed, order, reason);
    }

    /// <summary>Takes an order out of its book, if it rests in one, and ends it.</summary>
    public void Remove(LiveOrder order, RemovalReason reason)
    {
        Books.Leave(order);
        End(order, reason);
    }
}
