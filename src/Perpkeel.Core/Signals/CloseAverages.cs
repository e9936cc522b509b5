using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Signals;

/// <summary>Averages of closes and of moves between them, in ticks.</summary>
/// <param name="Bars">How many closes they rest on.</param>
/// <param name="Close">The last close.</param>
/// <param name="Fast">Fast average of the closes.</param>
/// <param name="Slow">Slow average of the closes.</param>
/// <param name="Move">Slow average of the absolute moves from close to close.</param>
public readonly record struct CloseAverages(int Bars, Ticks Close, double Fast, double Slow, double Move)
{
    private const double FastBars = 10d;
    private const double SlowBars = 60d;

    /// <summary>The averages with one more close.</summary>
    public CloseAverages With(Ticks close)
    {
        if (Bars == 0) return new CloseAverages(1, close, close.Value, close.Value, 0d);
        var change = (double)(close.Value - Close.Value);
        var bars = Bars < (int)SlowBars ? Bars + 1 : Bars;
        return new CloseAverages(
            bars,
            close,
            Fast + (Weight(FastBars, bars) * (close.Value - Fast)),
            Slow + (Weight(SlowBars, bars) * (close.Value - Slow)),
            Move + (Weight(SlowBars, bars - 1) * ((change < 0d ? -change : change) - Move)));
    }

    /// <summary>
    /// A plain mean until it has as many values as an exponential one of that length weighs.
    /// </summary>
    private static double Weight(double length, int values)
    {
        var settled = 2d / (length + 1d);
        var mean = 1d / values;
        return mean > settled ? mean : settled;
    }
}
