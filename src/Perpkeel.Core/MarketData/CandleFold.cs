namespace Perpkeel.Core.MarketData;

/// <summary>
/// Folds trades, or finished bars, into bars of one length on the clock's grid. A bar is complete when an
/// event at or after its end arrives; a stretch without trades makes no bar, because nothing is filled in.
/// </summary>
/// <remarks>
/// A finished bar of the wanted length or longer stays one bar of its own length and takes the place of the
/// trades it covers; shorter ones are merged. What lies before <see cref="SettledUntil"/> is in an earlier
/// bar already and is not counted twice. One step completes at most one bar: where a bar is followed by a
/// finished one with nothing between, the second is given with the next event.
/// </remarks>
/// <param name="Current">The bar being built; its length is zero while there is none.</param>
/// <param name="Completed">The bar that the last step completed, if it completed one.</param>
public readonly record struct CandleFold(Candle Current, Candle? Completed)
{
    /// <summary>Everything that was traded before is in a bar already; a bar never begins earlier.</summary>
    public DateTimeOffset SettledUntil { get; init; }

    /// <summary>Whether a bar is being built.</summary>
    public bool IsBuilding => Current.Length > TimeSpan.Zero;

    /// <summary>The fold after one more event of its market.</summary>
    /// <param name="fold">The fold so far.</param>
    /// <param name="next">The event; kinds without a traded price only move time on.</param>
    /// <param name="length">Length of the bars to build.</param>
    public static CandleFold Step(CandleFold fold, in MarketEvent next, TimeSpan length) => next.Kind switch
    {
        MarketEventKind.Trade => Trade(fold, next, length),
        MarketEventKind.Candle when next.Length > TimeSpan.Zero => Bar(fold, next.ToCandle(), length),
        _ => fold.MovedTo(next.At),
    };

    private static CandleFold Trade(CandleFold fold, in MarketEvent next, TimeSpan length)
    {
        var moved = fold.MovedTo(next.At);
        if (next.At < moved.SettledUntil) return moved;
        return moved.With(new Candle(
            Grid(next.At, length), length, next.Last, next.Last, next.Last, next.Last, next.Volume));
    }

    private static CandleFold Bar(CandleFold fold, in Candle bar, TimeSpan length)
    {
        // A finished bar belongs to the time at which it began.
        var end = bar.OpenedAt + bar.Length;
        var moved = fold.MovedTo(bar.OpenedAt);
        if (bar.OpenedAt < moved.SettledUntil) return fold.MovedTo(end);

        var isWhole = bar.Length >= length;
        var grown = isWhole
            ? moved with { Current = bar, SettledUntil = bar.OpenedAt }
            : moved.With(bar with { OpenedAt = Grid(bar.OpenedAt, length), Length = length });

        // A finished bar that reaches the end of ours completes it at once: no need to wait for the next.
        return grown.Completed is null ? grown.MovedTo(end) : grown;
    }

    private static DateTimeOffset Grid(DateTimeOffset at, TimeSpan length) =>
        new(at.UtcTicks - (at.UtcTicks % length.Ticks), TimeSpan.Zero);

    private CandleFold MovedTo(DateTimeOffset now)
    {
        var end = Current.OpenedAt + Current.Length;
        if (!IsBuilding || now < end) return Completed is null ? this : this with { Completed = null };
        return new CandleFold(default, Current) { SettledUntil = end };
    }

    private CandleFold With(in Candle part) => IsBuilding
        ? this with
        {
            Current = Current with
            {
                High = part.High > Current.High ? part.High : Current.High,
                Low = part.Low < Current.Low ? part.Low : Current.Low,
                Close = part.Close,
                Volume = Current.Volume + part.Volume,
            },
        }
        : this with { Current = part, SettledUntil = part.OpenedAt };
}
