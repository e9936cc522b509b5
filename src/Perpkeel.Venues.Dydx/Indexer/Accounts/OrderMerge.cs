using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>
/// What is known of an order after one more telling, from wherever it comes and in whatever order: what is
/// filled never shrinks, what has ended does not begin again, and what a telling leaves out stays.
/// </summary>
public static class OrderMerge
{
    /// <summary>The order after another telling of it.</summary>
    public static IndexerOrder Merge(IndexerOrder known, IndexerOrder told)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(told);
        var (newer, older) = IsStale(known, told) ? (known, told) : (told, known);
        return newer with
        {
            SubaccountId = newer.SubaccountId ?? older.SubaccountId,
            SubaccountNumber = newer.SubaccountNumber ?? older.SubaccountNumber,
            ClientId = newer.ClientId ?? older.ClientId,
            ClobPairId = newer.ClobPairId ?? older.ClobPairId,
            Ticker = newer.Ticker ?? older.Ticker,
            Side = newer.Side ?? older.Side,
            Size = newer.Size ?? older.Size,
            TotalFilled = Max(newer.TotalFilled, older.TotalFilled),
            TotalOptimisticFilled = newer.TotalOptimisticFilled ?? older.TotalOptimisticFilled,
            Price = newer.Price ?? older.Price,
            Type = newer.Type ?? older.Type,
            TimeInForce = newer.TimeInForce ?? older.TimeInForce,
            PostOnly = newer.PostOnly ?? older.PostOnly,
            ReduceOnly = newer.ReduceOnly ?? older.ReduceOnly,
            OrderFlags = newer.OrderFlags ?? older.OrderFlags,
            GoodTilBlock = newer.GoodTilBlock ?? older.GoodTilBlock,
            GoodTilBlockTime = newer.GoodTilBlockTime ?? older.GoodTilBlockTime,
            TriggerPrice = newer.TriggerPrice ?? older.TriggerPrice,
            ClientMetadata = newer.ClientMetadata ?? older.ClientMetadata,
            CreatedAt = newer.CreatedAt ?? older.CreatedAt,
            CreatedAtHeight = newer.CreatedAtHeight ?? older.CreatedAtHeight,
            UpdatedAt = newer.UpdatedAt ?? older.UpdatedAt,
            UpdatedAtHeight = newer.UpdatedAtHeight ?? older.UpdatedAtHeight,
            RemovalReason = newer.RemovalReason ?? older.RemovalReason,
        };
    }

    /// <summary>
    /// Whether nothing of an order can be filled any more. One that was only dropped by a node can, until its
    /// last block is past.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="height">The last block that is known.</param>
    public static bool IsOver(IndexerOrder order, uint height)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.Status.Known switch
        {
            OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.Error => true,
            OrderStatus.BestEffortCanceled or OrderStatus.BestEffortOpened =>
                order.GoodTilBlock is { } last && last < height,
            _ => false,
        };
    }

    /// <summary>Whether a telling is of an earlier time than what is known.</summary>
    private static bool IsStale(IndexerOrder known, IndexerOrder told)
    {
        // A short-term order that is replaced under its id lives again, until a later block.
        if (told.GoodTilBlock is { } till && known.GoodTilBlock is { } before && till != before)
        {
            return till < before;
        }

        if (told.UpdatedAtHeight is { } at && known.UpdatedAtHeight is { } last && at != last)
        {
            return at < last;
        }

        return Rank(told) < Rank(known);
    }

    private static int Rank(IndexerOrder order) => order.Status.Known switch
    {
        OrderStatus.BestEffortOpened => 0,
        OrderStatus.Untriggered => 1,
        OrderStatus.BestEffortCanceled => 3,
        OrderStatus.Canceled or OrderStatus.Error => 4,
        OrderStatus.Filled => 5,
        _ => 2,
    };

    private static decimal? Max(decimal? left, decimal? right) =>
        left is { } one && right is { } other ? Math.Max(one, other) : left ?? right;
}
