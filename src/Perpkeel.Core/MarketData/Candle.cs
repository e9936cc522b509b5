using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>A bar of trading: first, highest, lowest and last price, and what was traded.</summary>
/// <param name="OpenedAt">Where the bar begins, inclusive.</param>
/// <param name="Length">How long it is; its end is exclusive.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">What was traded.</param>
public readonly record struct Candle(
    DateTimeOffset OpenedAt,
    TimeSpan Length,
    Ticks Open,
    Ticks High,
    Ticks Low,
    Ticks Close,
    Steps Volume);
