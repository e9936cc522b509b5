using Perpkeel.Core.MarketData;

namespace Perpkeel.Core.Signals;

/// <summary>
/// How much is traded: the percentile, within the one-minute volumes of the last 24 hours, of what was traded
/// in the last minute up to now. 100 is more than ever in that time, 0 less than ever, 50 the median; neutral
/// until 30 bars are known.
/// </summary>
/// <remarks>
/// What was traded in the minute up to now is the running bar plus the share of the last complete one that is
/// less than a minute old. Unlike the running bar alone it does not begin at nothing with every minute, and
/// unlike the greater of the two it does not keep a burst alive. The formula and worked values are in
/// <c>docs/signals.md</c>.
/// </remarks>
public sealed class VolumeSignal : ISignal<VolumeState>
{
    /// <inheritdoc/>
    public string Name => "volume";

    /// <inheritdoc/>
    public VolumeState Initial => new() { Day = DayWindow.Empty };

    /// <inheritdoc/>
    public (VolumeState State, Score Score) Step(VolumeState state, in MarketEvent next)
    {
        var bars = CandleFold.Step(state.Bars, next, TimeSpan.FromMinutes(1));
        var minute = next.At.UtcTicks / TimeSpan.TicksPerMinute;
        var day = state.Day;
        var last = state.Last;
        if (bars.Completed is { } bar)
        {
            day = (bar.Length == last.Length ? day : DayWindow.Empty)
                .Add(bar.OpenedAt.UtcTicks / TimeSpan.TicksPerMinute, bar.Volume.Value);
            last = bar;
        }

        state = new VolumeState { Bars = bars, Day = day.At(minute), Last = last };
        return (state, Score.FromPoints(state.Day.PercentileOf(Recent(bars, last, next.At))));
    }

    private static long Recent(in CandleFold bars, in Candle last, DateTimeOffset now)
    {
        // A running bar of another length says nothing beside these.
        var running = bars.Current.Length == last.Length ? bars.Current.Volume.Value : 0L;
        var left = (last.OpenedAt + last.Length + last.Length - now).Ticks;
        if (left <= 0L) return running;
        return left >= last.Length.Ticks
            ? running + last.Volume.Value
            : running + (long)(last.Volume.Value * ((double)left / last.Length.Ticks));
    }
}
