using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>An order. What the stream does not repeat is null there.</summary>
public sealed record IndexerOrder
{
    private const string RemovalPrefix = "ORDER_REMOVAL_REASON_";

    /// <summary>Its id, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, a UUID.</summary>
    public string? SubaccountId { get; init; }

    /// <summary>Whose it is.</summary>
    public uint? SubaccountNumber { get; init; }

    /// <summary>The id that the client gave it.</summary>
    public uint? ClientId { get; init; }

    /// <summary>The market's number in the order book.</summary>
    public uint? ClobPairId { get; init; }

    /// <summary>The market.</summary>
    public string? Ticker { get; init; }

    /// <summary>Its side.</summary>
    public Named<OrderSide>? Side { get; init; }

    /// <summary>In base units.</summary>
    public decimal? Size { get; init; }

    /// <summary>Filled, as blocks tell.</summary>
    public decimal? TotalFilled { get; init; }

    /// <summary>Filled, as one node saw it; not final.</summary>
    public decimal? TotalOptimisticFilled { get; init; }

    /// <summary>Its limit in USDC.</summary>
    public decimal? Price { get; init; }

    /// <summary>Its kind.</summary>
    public Named<IndexerOrderType>? Type { get; init; }

    /// <summary>What became of it.</summary>
    public required Named<OrderStatus> Status { get; init; }

    /// <summary>What becomes of its rest.</summary>
    public Named<IndexerTimeInForce>? TimeInForce { get; init; }

    /// <summary>Whether it only makes.</summary>
    public bool? PostOnly { get; init; }

    /// <summary>Whether it only reduces.</summary>
    public bool? ReduceOnly { get; init; }

    /// <summary>0 short-term, 32 conditional, 64 long-term, 128 TWAP, 256 a piece of one.</summary>
    public uint? OrderFlags { get; init; }

    /// <summary>The last block of a short-term order.</summary>
    public uint? GoodTilBlock { get; init; }

    /// <summary>The end of a stored order.</summary>
    public DateTimeOffset? GoodTilBlockTime { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>The client's own mark.</summary>
    public uint? ClientMetadata { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public uint? CreatedAtHeight { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>In which block.</summary>
    public uint? UpdatedAtHeight { get; init; }

    /// <summary>Who built it.</summary>
    public string? BuilderAddress { get; init; }

    /// <summary>The builder's fee.</summary>
    public uint? FeePpm { get; init; }

    /// <summary>Who routed it.</summary>
    public string? OrderRouterAddress { get; init; }

    /// <summary>Of a TWAP, in seconds.</summary>
    public uint? Duration { get; init; }

    /// <summary>Of a TWAP, in seconds.</summary>
    public uint? Interval { get; init; }

    /// <summary>Of a TWAP.</summary>
    public decimal? PriceTolerance { get; init; }

    /// <summary>Why it was removed; in the stream only.</summary>
    public Named<RemovalReason>? RemovalReason { get; init; }

    internal static IndexerOrder Read(Fields f) => new()
    {
        Id = f.Text("id"),
        SubaccountId = f.TextOr("subaccountId"),
        SubaccountNumber = f.UIntOr("subaccountNumber"),
        ClientId = f.UIntOr("clientId"),
        ClobPairId = f.UIntOr("clobPairId"),
        Ticker = f.TextOr("ticker"),
        Side = f.NamedOr<OrderSide>("side"),
        Size = f.DecimalOr("size"),
        TotalFilled = f.DecimalOr("totalFilled"),
        TotalOptimisticFilled = f.DecimalOr("totalOptimisticFilled"),
        Price = f.NotNegativeOr("price"),
        Type = f.NamedOr<IndexerOrderType>("type"),
        Status = f.Named<OrderStatus>("status"),
        TimeInForce = f.NamedOr<IndexerTimeInForce>("timeInForce"),
        PostOnly = f.FlagOr("postOnly"),
        ReduceOnly = f.FlagOr("reduceOnly"),
        OrderFlags = f.UIntOr("orderFlags"),
        GoodTilBlock = f.UIntOr("goodTilBlock"),
        GoodTilBlockTime = f.TimeOr("goodTilBlockTime"),
        TriggerPrice = f.DecimalOr("triggerPrice"),
        ClientMetadata = f.UIntOr("clientMetadata"),
        CreatedAt = f.TimeOr("createdAt"),
        CreatedAtHeight = f.UIntOr("createdAtHeight"),
        UpdatedAt = f.TimeOr("updatedAt"),
        UpdatedAtHeight = f.UIntOr("updatedAtHeight"),
        BuilderAddress = f.TextOr("builderAddress"),
        FeePpm = f.UIntOr("feePpm"),
        OrderRouterAddress = f.TextOr("orderRouterAddress"),
        Duration = f.UIntOr("duration"),
        Interval = f.UIntOr("interval"),
        PriceTolerance = f.DecimalOr("priceTolerance"),
        RemovalReason = Removal(f),
    };

    private static Named<RemovalReason>? Removal(Fields f)
    {
        if (f.TextOr("removalReason") is not { } text) return null;
        return new Named<RemovalReason>(
            text.StartsWith(RemovalPrefix, StringComparison.Ordinal) ? text[RemovalPrefix.Length..] : text);
    }
}
