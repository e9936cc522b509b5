using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>How long a candle is.</summary>
public enum CandleResolution
{
    /// <summary>A minute.</summary>
    OneMinute = 0,

    /// <summary>Five minutes.</summary>
    FiveMinutes,

    /// <summary>Fifteen minutes.</summary>
    FifteenMinutes,

    /// <summary>Thirty minutes.</summary>
    ThirtyMinutes,

    /// <summary>An hour.</summary>
    OneHour,

    /// <summary>Four hours.</summary>
    FourHours,

    /// <summary>A day.</summary>
    OneDay,
}

/// <summary>Words and lengths of candles.</summary>
public static class CandleResolutions
{
    private static readonly ImmutableArray<string> Words =
        ["1MIN", "5MINS", "15MINS", "30MINS", "1HOUR", "4HOURS", "1DAY"];

    private static readonly ImmutableArray<int> Minutes = [1, 5, 15, 30, 60, 240, 1_440];

    /// <summary>As the venue writes it, e.g. <c>5MINS</c>.</summary>
    public static string Word(CandleResolution resolution) => Words[(int)resolution];

    /// <summary>How long it is.</summary>
    public static TimeSpan Length(CandleResolution resolution) =>
        TimeSpan.FromMinutes(Minutes[(int)resolution]);

    /// <summary>The one with this word, small letters allowed; null where there is none.</summary>
    public static CandleResolution? Find(string word)
    {
        var at = Words.IndexOf(word, StringComparer.OrdinalIgnoreCase);
        return at < 0 ? null : (CandleResolution)at;
    }
}
