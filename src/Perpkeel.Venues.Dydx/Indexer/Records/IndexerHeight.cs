using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The last block that the Indexer has taken in.</summary>
public sealed record IndexerHeight
{
    /// <summary>The block.</summary>
    public required uint Height { get; init; }

    /// <summary>Its time.</summary>
    public required DateTimeOffset Time { get; init; }

    internal static IndexerHeight Read(Fields f) => new()
    {
        Height = f.UInt("height"),
        Time = f.Time("time"),
    };
}
