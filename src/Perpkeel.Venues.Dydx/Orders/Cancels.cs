using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Protos.Clob;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>Client ids of short-term orders in one market.</summary>
/// <param name="ClobPairId">The market.</param>
/// <param name="ClientIds">The orders.</param>
public sealed record CancelBatch(uint ClobPairId, IReadOnlyList<uint> ClientIds);

/// <summary>Messages that take orders back.</summary>
public static class Cancels
{
    /// <summary>Orders that one batch may name.</summary>
    public const int MostInBatch = 100;

    /// <summary>Takes a short-term order back.</summary>
    /// <param name="key">The order.</param>
    /// <param name="orderGoodTilBlock">The order's own last block.</param>
    /// <param name="goodTilBlock">
    /// Until when the nodes remember the cancel; not before the order's, else it would stay in the book.
    /// </param>
    public static Result<MsgCancelOrder, OrderError> ShortTerm(
        OrderKey key, uint orderGoodTilBlock, uint goodTilBlock)
    {
        if (key.Kind != DydxOrderKind.ShortTerm) return WrongKind(key);
        if (goodTilBlock == 0) return OrderError.NoGoodTilBlock;
        return goodTilBlock >= orderGoodTilBlock
            ? new MsgCancelOrder { OrderId = key.ToProto(), GoodTilBlock = goodTilBlock }
            : OrderError.Cancel(
                $"A cancel up to block {goodTilBlock} leaves an order up to block {orderGoodTilBlock} in the "
                + "book. Give at least the order's own.",
                null);
    }

    /// <summary>Takes an order back that is stored on the chain.</summary>
    /// <param name="key">The order.</param>
    /// <param name="orderGoodTil">The order's own end, which is what goes out.</param>
    public static Result<MsgCancelOrder, OrderError> Stateful(OrderKey key, GoodTilTime orderGoodTil) =>
        Stateful(key, orderGoodTil, orderGoodTil);

    /// <summary>The same with another end of the cancel, not before the order's.</summary>
    public static Result<MsgCancelOrder, OrderError> Stateful(
        OrderKey key, GoodTilTime orderGoodTil, GoodTilTime goodTil)
    {
        if (key.Kind == DydxOrderKind.ShortTerm) return WrongKind(key);
        if (goodTil.Seconds == 0) return OrderError.NoGoodTilTime;
        return goodTil.Seconds >= orderGoodTil.Seconds
            ? new MsgCancelOrder { OrderId = key.ToProto(), GoodTilBlockTime = goodTil.Seconds }
            : OrderError.Cancel(
                $"A cancel until {goodTil} cannot take back an order until {orderGoodTil}. Send the order's "
                + "own.",
                ChainCodes.CancelEndsTooEarly);
    }

    /// <summary>
    /// Takes up to a hundred short-term orders of a subaccount back; costs two of its rate limit.
    /// </summary>
    public static Result<MsgBatchCancel, OrderError> Batch(
        DydxSubaccount subaccount, IReadOnlyList<CancelBatch> batches, uint goodTilBlock)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (goodTilBlock == 0) return OrderError.NoGoodTilBlock;
        if (batches.Count == 0) return OrderError.Batch("A batch names at least one market.");
        if (batches.DistinctBy(batch => batch.ClobPairId).Count() < batches.Count)
        {
            return OrderError.Batch("A batch names each market once.");
        }

        if (batches.Sum(batch => batch.ClientIds.Count) is var count && count > MostInBatch)
        {
            return OrderError.Batch($"A batch names {MostInBatch} orders at most, not {count}. Split it.");
        }

        var message = new MsgBatchCancel { SubaccountId = subaccount.ToProto(), GoodTilBlock = goodTilBlock };
        foreach (var (clobPairId, ids) in batches)
        {
            if (ids.Count == 0) return OrderError.Batch($"No order is named in market {clobPairId}.");
            if (ids.Distinct().Count() < ids.Count)
            {
                return OrderError.Batch($"An order is named twice in market {clobPairId}.");
            }

            message.ShortTermCancels.Add(new OrderBatch { ClobPairId = clobPairId, ClientIds = { ids } });
        }

        return message;
    }

    private static OrderError WrongKind(OrderKey key) => OrderError.Cancel(
        $"The order is {key.Kind}: short-term orders end at a block, all others at a time.",
        key.Kind == DydxOrderKind.ShortTerm ? ChainCodes.NoGoodTilBlockTime : ChainCodes.NoGoodTilBlock);
}
