using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>
/// Folds trades, or finished bars, into bars of one length on the clock's grid. A bar is complete when an event
/// at or after its end arrives; a stretch without trades makes no bar, because nothing is filled in.
/// </summary>
/// <param name="Current">The bar being built; its volume is zero and its length is zero before the first.</param>
/// <param name="Completed">The bar that the last step completed, if it completed one.</param>
public readonly record struct CandleFold(Candle Current, Candle? Completed)
{
    /// <summary>The fold after one more event of its market.</summary>
    /// <param name="fold">The fold so far.</param>
    /// <param name="next">The event; kinds without a traded price only move time on.</param>
    /// <param name="length">Length of the bars to build.</param>
    public static CandleFold Step(CandleFold fold, in MarketEvent next, TimeSpan length)
    {
        // A finished bar belongs to the time at which it began.
        var at = next.Kind == MarketEventKind.Candle ? next.At - next.Length : next.At;
        var begins = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % length.Ticks), TimeSpan.Zero);
        var current = fold.Current;
        Candle? completed = null;
        if (current.Length > TimeSpan.Zero && begins > current.OpenedAt)
        {
            completed = current;
            current = default;
        }

        current = next.Kind switch
        {
            MarketEventKind.Trade => With(current, begins, length, next.Last, next.Last, next.Last, next),
            MarketEventKind.Candle => With(current, begins, length, next.Open, next.High, next.Low, next),
            _ => current,
        };

        // A finished bar that reaches the end of ours completes it at once: no need to wait for the next.
        if (next.Kind == MarketEventKind.Candle && completed is null && next.At >= begins + length)
        {
            return new CandleFold(default, current);
        }

        return new CandleFold(current, completed);
    }

    private static Candle With(
        Candle bar, DateTimeOffset begins, TimeSpan length, Ticks open, Ticks high, Ticks low,
        in MarketEvent next) =>
        bar.Length == TimeSpan.Zero
            ? new Candle(begins, length, open, high, low, next.Last, next.Volume)
            : bar with
            {
                High = high > bar.High ? high : bar.High,
                Low = low < bar.Low ? low : bar.Low,
                Close = next.Last,
                Volume = bar.Volume + next.Volume,
            };
}
