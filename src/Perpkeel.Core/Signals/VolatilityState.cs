using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Signals;

/// <summary>What the volatility signal remembers.</summary>
public readonly record struct VolatilityState
{
    /// <summary>The bars so far.</summary>
    public CandleFold Bars { get; init; }

    /// <summary>Length of the bars that the ranges rest on; bars of another length begin anew.</summary>
    public TimeSpan BarLength { get; init; }

    /// <summary>Close of the last completed bar.</summary>
    public Ticks Close { get; init; }

    /// <summary>True ranges of the last ten completed bars in ticks, the oldest first.</summary>
    public IReadOnlyList<long> Ranges { get; init; }

    /// <summary>The sum of these ranges.</summary>
    public long Sum { get; init; }

    /// <summary>Sums of ten ranges, one of each completed bar, in ticks.</summary>
    public DayWindow Day { get; init; }
}
