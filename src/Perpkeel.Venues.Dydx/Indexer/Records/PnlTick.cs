using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Profit and loss at an hour or a day.</summary>
public sealed record PnlTick
{
    /// <summary>In USDC.</summary>
    public required decimal Equity { get; init; }

    /// <summary>In USDC.</summary>
    public required decimal TotalPnl { get; init; }

    /// <summary>In USDC.</summary>
    public required decimal NetTransfers { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public uint? Height { get; init; }

    internal static PnlTick Read(Fields f) => new()
    {
        Equity = f.Decimal("equity"),
        TotalPnl = f.Decimal("totalPnl"),
        NetTransfers = f.Decimal("netTransfers"),
        CreatedAt = f.Time("createdAt"),
        Height = f.UIntOr("createdAtHeight") ?? f.UIntOr("blockHeight"),
    };
}
