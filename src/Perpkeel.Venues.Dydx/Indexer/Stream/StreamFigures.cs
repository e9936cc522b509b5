namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>What the stream has seen so far, summed over its connections.</summary>
public sealed record StreamFigures
{
    /// <summary>Frames heard.</summary>
    public long Frames { get; init; }

    /// <summary>Bytes of them.</summary>
    public long Bytes { get; init; }

    /// <summary>Changes taken in; a batch has several.</summary>
    public long Updates { get; init; }

    /// <summary>Messages that came a second time and were dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Messages of subscriptions that are not ours, or that came before the picture.</summary>
    public long Strays { get; init; }

    /// <summary>Frames and contents that were not as they must be.</summary>
    public long Malformed { get; init; }

    /// <summary>Connections opened.</summary>
    public long Connections { get; init; }

    internal static StreamFigures Sum(IEnumerable<StreamFigures> all) => all.Aggregate(
        new StreamFigures(), (sum, one) => new StreamFigures
        {
            Frames = sum.Frames + one.Frames,
            Bytes = sum.Bytes + one.Bytes,
            Updates = sum.Updates + one.Updates,
            Duplicates = sum.Duplicates + one.Duplicates,
            Strays = sum.Strays + one.Strays,
            Malformed = sum.Malformed + one.Malformed,
            Connections = sum.Connections + one.Connections,
        });
}
