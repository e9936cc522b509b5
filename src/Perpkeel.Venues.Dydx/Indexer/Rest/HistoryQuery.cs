namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>Which rows of a history.</summary>
public sealed record HistoryQuery
{
    /// <summary>How many; null for a thousand.</summary>
    public int? Limit { get; init; }

    /// <summary>Not later than this.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Not in a later block than this.</summary>
    public uint? BeforeHeight { get; init; }

    /// <summary>Which page, from 1.</summary>
    public int? Page { get; init; }

    /// <summary>Of one market; only where the history is of markets.</summary>
    public string? Ticker { get; init; }
}
