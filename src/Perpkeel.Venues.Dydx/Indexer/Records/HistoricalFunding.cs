using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The funding of an hour.</summary>
public sealed record HistoricalFunding
{
    /// <summary>The market.</summary>
    public required string Ticker { get; init; }

    /// <summary>For one hour; positive is paid by longs.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The oracle price.</summary>
    public required decimal Price { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>In which block.</summary>
    public required uint EffectiveAtHeight { get; init; }

    internal static HistoricalFunding Read(Fields f) => new()
    {
        Ticker = f.Text("ticker"),
        Rate = f.Decimal("rate"),
        Price = f.NotNegative("price"),
        EffectiveAt = f.Time("effectiveAt"),
        EffectiveAtHeight = f.UInt("effectiveAtHeight"),
    };
}
