using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Signals;

/// <summary>
/// How much the price swings: the percentile, within the last 24 hours, of the true range of ten one-minute
/// bars, the running one included. 100 is wilder than ever in that time, 0 calmer than ever, 50 the median;
/// neutral until 30 values of ten bars each are known, which takes 39 bars.
/// </summary>
/// <remarks>
/// The sum of ten ranges is kept instead of their mean: it is a whole number of ticks and has the same
/// percentile. As the running bar fills, the oldest of the ten leaves by the same share, so that the sum does
/// not drop whenever a minute begins. The formula and worked values are in <c>docs/signals.md</c>.
/// </remarks>
public sealed class VolatilitySignal : ISignal<VolatilityState>
{
    private const int BarsInRange = 10;

    /// <inheritdoc/>
    public string Name => "volatility";

    /// <inheritdoc/>
    public VolatilityState Initial => new() { Day = DayWindow.Empty, Ranges = [] };

    /// <inheritdoc/>
    public (VolatilityState State, Score Score) Step(VolatilityState state, in MarketEvent next)
    {
        var bars = CandleFold.Step(state.Bars, next, TimeSpan.FromMinutes(1));
        if (bars.Completed is { } bar) state = Completed(state, bar);
        state = state with
        {
            Bars = bars,
            Day = state.Day.At(next.At.UtcTicks / TimeSpan.TicksPerMinute),
        };
        var score = state.Ranges.Count < BarsInRange
            ? Score.Neutral
            : Score.FromPoints(state.Day.PercentileOf(Recent(state, next.At)));
        return (state, score);
    }

    private static VolatilityState Completed(in VolatilityState state, in Candle bar)
    {
        var isOther = bar.Length != state.BarLength;
        var known = isOther ? [] : state.Ranges;
        var range = TrueRange(bar, known.Count == 0 ? bar.Open : state.Close);
        long[] ranges = [.. known.Skip(known.Count < BarsInRange ? 0 : 1), range];
        var sum = ranges.Sum();
        var day = isOther ? DayWindow.Empty : state.Day;
        return state with
        {
            BarLength = bar.Length,
            Close = bar.Close,
            Ranges = ranges,
            Sum = sum,
            Day = ranges.Length < BarsInRange
                ? day
                : day.Add(bar.OpenedAt.UtcTicks / TimeSpan.TicksPerMinute, sum),
        };
    }

    private static long Recent(in VolatilityState state, DateTimeOffset now)
    {
        var running = state.Bars.Current;
        if (running.Length != state.BarLength) return state.Sum;
        var share = (double)(now - running.OpenedAt).Ticks / running.Length.Ticks;
        var left = share >= 1d ? state.Ranges[0] : share <= 0d ? 0L : (long)(state.Ranges[0] * share);
        return state.Sum - left + TrueRange(running, state.Close);
    }

    /// <summary>
    /// From the lowest to the highest of the bar's prices and the close before it, in ticks.
    /// </summary>
    private static long TrueRange(in Candle bar, Ticks closeBefore)
    {
        var high = bar.High > closeBefore ? bar.High : closeBefore;
        var low = bar.Low < closeBefore ? bar.Low : closeBefore;
        return high.Value - low.Value;
    }
}
