namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>How patient the stream is.</summary>
public sealed record StreamSettings
{
    private const int FourMebibytes = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes of a frame that are read; a snapshot of all markets is about a hundred thousand.
    /// </summary>
    public int MostBytes { get; init; } = FourMebibytes;

    /// <summary>How long opening may take, the greeting included.</summary>
    public TimeSpan OpenWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Without a frame for so long a connection is given up: blocks come about every second.
    /// </summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A message that is missing for so long is a gap.</summary>
    public TimeSpan GapAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a first picture may take; the Indexer itself gives up after 20 s.</summary>
    public TimeSpan SnapshotWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first rest before a connection is opened again; it grows by half each time.</summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest rest.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>A connection that lived so long makes the rests short again.</summary>
    public TimeSpan SoundAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest rest before one subscription is asked for again.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A chain whose height stands for so long has halted.</summary>
    public TimeSpan HaltedAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often connections are looked after.</summary>
    public TimeSpan TickEvery { get; init; } = TimeSpan.FromMilliseconds(250);
}
