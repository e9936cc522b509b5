using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What a trade did to a position.</summary>
public sealed record TradeHistoryEntry
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public uint? SubaccountNumber { get; init; }

    /// <summary>What it did.</summary>
    public required Named<TradeHistoryAction> Action { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? ExecutionPrice { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Its side.</summary>
    public Named<OrderSide>? Side { get; init; }

    /// <summary>The position's side.</summary>
    public Named<PositionSide>? PositionSide { get; init; }

    /// <summary>Before it.</summary>
    public decimal? PrevSize { get; init; }

    /// <summary>Added.</summary>
    public decimal? AdditionalSize { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? Value { get; init; }

    /// <summary>The kind of order.</summary>
    public Named<IndexerOrderType>? OrderType { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? NetFee { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? NetRealizedPnl { get; init; }

    /// <summary>In percent.</summary>
    public decimal? NetRealizedPnlPercent { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The market.</summary>
    public string? MarketId { get; init; }

    /// <summary>Cross or isolated.</summary>
    public string? MarginMode { get; init; }

    internal static TradeHistoryEntry Read(Fields f) => new()
    {
        Id = f.Text("id"),
        SubaccountNumber = f.UIntOr("subaccountNumber"),
        Action = f.Named<TradeHistoryAction>("action"),
        ExecutionPrice = f.NotNegativeOr("executionPrice"),
        EntryPrice = f.DecimalOr("entryPrice"),
        Side = f.NamedOr<OrderSide>("side"),
        PositionSide = f.NamedOr<PositionSide>("positionSide"),
        PrevSize = f.DecimalOr("prevSize"),
        AdditionalSize = f.DecimalOr("additionalSize"),
        Value = f.DecimalOr("value"),
        OrderType = f.NamedOr<IndexerOrderType>("orderType"),
        NetFee = f.DecimalOr("netFee"),
        NetRealizedPnl = f.DecimalOr("netRealizedPnl"),
        NetRealizedPnlPercent = f.DecimalOr("netRealizedPnlPercent"),
        Time = f.Time("time"),
        OrderId = f.TextOr("orderId"),
        MarketId = f.TextOr("marketId"),
        MarginMode = f.TextOr("marginMode"),
    };
}
