using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>One side of a trade that was ours.</summary>
public sealed record IndexerFill
{
    /// <summary>Its id, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Its side.</summary>
    public required Named<OrderSide> Side { get; init; }

    /// <summary>Whether we took.</summary>
    public required Named<Liquidity> Liquidity { get; init; }

    /// <summary>How it came about.</summary>
    public required Named<FillType> Type { get; init; }

    /// <summary>The market.</summary>
    public required string Market { get; init; }

    /// <summary>The kind of market.</summary>
    public Named<FillMarketType>? MarketType { get; init; }

    /// <summary>In USDC.</summary>
    public required decimal Price { get; init; }

    /// <summary>In base units.</summary>
    public required decimal Size { get; init; }

    /// <summary>In USDC, below zero for a rebate; null where the stream did not tell it.</summary>
    public decimal? Fee { get; init; }

    /// <summary>What an affiliate had of it.</summary>
    public decimal? AffiliateRevShare { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public required uint CreatedAtHeight { get; init; }

    /// <summary>The order; none where the chain itself took.</summary>
    public string? OrderId { get; init; }

    /// <summary>The client's own mark.</summary>
    public uint? ClientMetadata { get; init; }

    /// <summary>Whose it is.</summary>
    public uint? SubaccountNumber { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? BuilderFee { get; init; }

    /// <summary>Who built the order.</summary>
    public string? BuilderAddress { get; init; }

    /// <summary>Who routed the order.</summary>
    public string? OrderRouterAddress { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? OrderRouterFee { get; init; }

    /// <summary>The position before it.</summary>
    public decimal? PositionSizeBefore { get; init; }

    /// <summary>The entry price before it.</summary>
    public decimal? EntryPriceBefore { get; init; }

    /// <summary>The position's side before it.</summary>
    public Named<PositionSide>? PositionSideBefore { get; init; }

    /// <summary>Whether the chain did it to this account, and not an order.</summary>
    public bool IsForced => Type.Known is FillType.Liquidated or FillType.Deleveraged or FillType.Offsetting;

    internal static IndexerFill Read(Fields f) => new()
    {
        Id = f.Text("id"),
        Side = f.Named<OrderSide>("side"),
        Liquidity = f.Named<Liquidity>("liquidity"),
        Type = f.Named<FillType>("type"),
        Market = f.TextOr("market") ?? f.Text("ticker"),
        MarketType = f.NamedOr<FillMarketType>("marketType"),
        Price = f.NotNegative("price"),
        Size = f.Decimal("size"),
        Fee = f.DecimalOr("fee"),
        AffiliateRevShare = f.DecimalOr("affiliateRevShare"),
        CreatedAt = f.Time("createdAt"),
        CreatedAtHeight = f.UInt("createdAtHeight"),
        OrderId = f.TextOr("orderId"),
        ClientMetadata = f.UIntOr("clientMetadata"),
        SubaccountNumber = f.UIntOr("subaccountNumber"),
        BuilderFee = f.DecimalOr("builderFee"),
        BuilderAddress = f.TextOr("builderAddress"),
        OrderRouterAddress = f.TextOr("orderRouterAddress"),
        OrderRouterFee = f.DecimalOr("orderRouterFee"),
        PositionSizeBefore = f.DecimalOr("positionSizeBefore"),
        EntryPriceBefore = f.DecimalOr("entryPriceBefore"),
        PositionSideBefore = f.NamedOr<PositionSide>("positionSideBefore"),
    };
}
