using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The Indexer's clock.</summary>
public sealed record IndexerTime
{
    /// <summary>The time.</summary>
    public required DateTimeOffset Iso { get; init; }

    /// <summary>The same in seconds.</summary>
    public required decimal Epoch { get; init; }

    internal static IndexerTime Read(Fields f) => new()
    {
        Iso = f.Time("iso"),
        Epoch = f.Decimal("epoch"),
    };
}
