using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>A position in a perpetual.</summary>
public sealed record IndexerPosition
{
    /// <summary>The market.</summary>
    public required string Market { get; init; }

    /// <summary>Whether it is there.</summary>
    public required Named<PositionStatus> Status { get; init; }

    /// <summary>Its side.</summary>
    public required Named<PositionSide> Side { get; init; }

    /// <summary>Negative where it is short.</summary>
    public required decimal Size { get; init; }

    /// <summary>The largest that it was, with its sign.</summary>
    public decimal? MaxSize { get; init; }

    /// <summary>Average of what opened it.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Average of what closed it.</summary>
    public decimal? ExitPrice { get; init; }

    /// <summary>In USDC.</summary>
    public decimal? RealizedPnl { get; init; }

    /// <summary>In USDC at the oracle price, when it was told.</summary>
    public decimal? UnrealizedPnl { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public uint? CreatedAtHeight { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>All that opened it, in base units.</summary>
    public decimal? SumOpen { get; init; }

    /// <summary>All that closed it, in base units.</summary>
    public decimal? SumClose { get; init; }

    /// <summary>In USDC; positive was received.</summary>
    public decimal? NetFunding { get; init; }

    /// <summary>Whose it is.</summary>
    public uint? SubaccountNumber { get; init; }

    /// <summary>Its id; in the stream only.</summary>
    public string? PositionId { get; init; }

    internal static IndexerPosition Read(Fields f) => new()
    {
        Market = f.Text("market"),
        Status = f.Named<PositionStatus>("status"),
        Side = f.Named<PositionSide>("side"),
        Size = f.Decimal("size"),
        MaxSize = f.DecimalOr("maxSize"),
        EntryPrice = f.DecimalOr("entryPrice"),
        ExitPrice = f.DecimalOr("exitPrice"),
        RealizedPnl = f.DecimalOr("realizedPnl"),
        UnrealizedPnl = f.DecimalOr("unrealizedPnl"),
        CreatedAt = f.TimeOr("createdAt"),
        CreatedAtHeight = f.UIntOr("createdAtHeight"),
        ClosedAt = f.TimeOr("closedAt"),
        SumOpen = f.DecimalOr("sumOpen"),
        SumClose = f.DecimalOr("sumClose"),
        NetFunding = f.DecimalOr("netFunding"),
        SubaccountNumber = f.UIntOr("subaccountNumber"),
        PositionId = f.TextOr("positionId"),
    };
}
