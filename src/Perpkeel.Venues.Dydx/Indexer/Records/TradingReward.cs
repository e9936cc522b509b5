using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>A reward of a block.</summary>
public sealed record TradingReward
{
    /// <summary>In the native token.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public required uint CreatedAtHeight { get; init; }

    internal static TradingReward Read(Fields f) => new()
    {
        Amount = f.Decimal("tradingReward"),
        CreatedAt = f.Time("createdAt"),
        CreatedAtHeight = f.UInt("createdAtHeight"),
    };
}
