using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>Which orders.</summary>
public sealed record OrdersQuery
{
    /// <summary>How many; null for a thousand.</summary>
    public int? Limit { get; init; }

    /// <summary>Of one market.</summary>
    public string? Ticker { get; init; }

    /// <summary>Of one side.</summary>
    public OrderSide? Side { get; init; }

    /// <summary>Of one kind.</summary>
    public IndexerOrderType? Type { get; init; }

    /// <summary>Of these states; empty for all.</summary>
    public ImmutableArray<OrderStatus> Statuses { get; init; } = [];

    /// <summary>Short-term ones that end in this block or before.</summary>
    public uint? GoodTilBlockBeforeOrAt { get; init; }

    /// <summary>Short-term ones that end after this block.</summary>
    public uint? GoodTilBlockAfter { get; init; }

    /// <summary>Stored ones that end at this time or before.</summary>
    public DateTimeOffset? GoodTilBlockTimeBeforeOrAt { get; init; }

    /// <summary>Stored ones that end after this time.</summary>
    public DateTimeOffset? GoodTilBlockTimeAfter { get; init; }

    /// <summary>Newest first.</summary>
    public bool? ReturnLatestOrders { get; init; }
}
