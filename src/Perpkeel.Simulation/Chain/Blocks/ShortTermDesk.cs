using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Chain.Orders;
using TimeInForce = Perpkeel.Simulation.Chain.Orders.TimeInForce;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>Short-term orders and cancels, which the node's memory takes at once.</summary>
/// <remarks>Source: the protocol, sections 6, 7.3, 7.4, 7.7, 7.8 and 7.9.</remarks>
internal sealed class ShortTermDesk(VenueState state)
{
    /// <summary>
    /// Places an order, or replaces the one that rests under its id. It is refused only for what it is; what
    /// the book makes of it is a status, but for post-only orders that would take and isolated markets.
    /// </summary>
    public TxResult Place(ChainOrder order, IReadOnlyList<ulong>? authenticators)
    {
        if (!state.IsReady) return OrderRefusals.NotReady;
        if (OrderChecks.FaultOfMarket(state, order) is { } market) return market;
        if (OrderChecks.FaultOfGoodTilBlock(state, order.GoodTilBlock) is { } time) return time;
        var known = state.ShortTerm.Find(order.Id);
        if (known is not null && FaultBeside(known, order) is { } fault) return fault;
        if (OrderChecks.FaultOfReduceOnly(state, order) is { } reduce) return reduce;

        if (known?.Open is { } old) state.Remove(old, RemovalReason.Replaced);
        var record = state.ShortTerm.Of(order.Id);
        var live = new LiveOrder
        {
            Order = order,
            Account = state.Ledger.Accounts.Open(order.Id.Subaccount),
            Sequence = state.Stateful.NextSequence(),
            Filled = record.Filled,
            Authenticators = authenticators,
        };
        record.Begin(live);
        state.ShortTerm.LookAgain(record, order.GoodTilBlock);
        return Finish(live, state.Books.Enter(live));
    }

    /// <summary>Takes an order back and remembers it.</summary>
    public TxResult Cancel(ChainOrderId id, uint goodTil)
    {
        if (OrderChecks.FaultOfPair(state, id.ClobPair) is { } pair) return pair;
        if (OrderChecks.FaultOfGoodTilBlock(state, goodTil) is { } time) return time;
        if (state.ShortTerm.Find(id) is { } known && known.CancelledTil >= goodTil)
        {
            return OrderRefusals.CancelKnown(known.CancelledTil);
        }

        var record = state.ShortTerm.Of(id);
        record.CancelledTil = goodTil;
        state.ShortTerm.LookAgain(record, goodTil);
        if (record.Open is { } open && open.Order.GoodTilBlock <= goodTil)
        {
            state.Remove(open, RemovalReason.UserCanceled);
        }

        return TxResult.Ok;
    }

    /// <summary>Takes several back; that none of them could be is not told.</summary>
    public TxResult Cancel(ChainMessage.BatchCancel batch)
    {
        if (OrderChecks.FaultOfGoodTilBlock(state, batch.GoodTilBlock) is { } time) return time;
        foreach (var (pair, _) in batch.ClientIds)
        {
            if (OrderChecks.FaultOfPair(state, pair) is { } unknown) return unknown;
        }

        foreach (var (pair, ids) in batch.ClientIds)
        {
            foreach (var id in ids)
            {
                _ = Cancel(new(batch.Subaccount, id, OrderFlags.ShortTerm, pair), batch.GoodTilBlock);
            }
        }

        return TxResult.Ok;
    }

    private static TxResult? FaultBeside(ShortTermRecord known, ChainOrder order)
    {
        if (known.CancelledTil >= order.GoodTilBlock) return OrderRefusals.IsCancelled(known.CancelledTil);
        if (known.Open is { } open && FaultOfReplacement(open.Order, order) is { } fault) return fault;
        if (known.Filled >= order.Quantums) return OrderRefusals.FullyFilled(known.Filled);
        return known.Filled > 0 && order.TimeInForce == TimeInForce.ImmediateOrCancel
            ? OrderRefusals.Clob(2004, $"{known.Filled} base quantums were filled immediately")
            : null;
    }

    private static TxResult? FaultOfReplacement(ChainOrder old, ChainOrder order)
    {
        if (order.GoodTilBlock < old.GoodTilBlock
            || (order.GoodTilBlock == old.GoodTilBlock && OrderHash.Compare(order, old) <= 0))
        {
            return OrderRefusals.InvalidReplacement(
                $"good til block {order.GoodTilBlock} does not replace {old.GoodTilBlock}");
        }

        return order.Side != old.Side || order.TimeInForce != old.TimeInForce
            || order.ReduceOnly != old.ReduceOnly
                ? OrderRefusals.InvalidReplacement("side, time in force and reduce-only stay as they were")
                : null;
    }

    private TxResult Finish(LiveOrder order, in Placement placement)
    {
        switch (placement.Outcome)
        {
            case PlaceOutcome.Resting:
                return TxResult.Ok;
            case PlaceOutcome.Filled:
                state.End(order, RemovalReason.FullyFilled);
                return TxResult.Ok;
            case PlaceOutcome.RestDropped:
                state.End(order, RemovalReason.ImmediateOrCancelWouldRestOnBook);
                return TxResult.Ok;
            case PlaceOutcome.WouldTake:
                state.End(order, RemovalReason.PostOnlyWouldCross);
                return OrderRefusals.Clob(2003, "a post-only order would cross");
            default:
                state.End(order, Removals.ReasonOf(placement.Reason));
                return placement.Reason == MatchRefusal.ViolatesIsolation
                    ? OrderRefusals.Clob(2005, "an isolated market stands alone in its subaccount")
                    : TxResult.Ok;
        }
    }
}
