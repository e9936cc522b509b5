using Perpkeel.Core.MarketData;

namespace Perpkeel.Core.Signals;

/// <summary>
/// Where the price is heading: 100 is strongly up, 0 strongly down, 50 neutral. The fast average of
/// one-minute closes less the slow one, in mean one-minute moves, squeezed into 0..100; the price of the
/// running minute counts as its close on every trade. Neutral until 60 bars are known.
/// </summary>
/// <remarks>The formula and worked values are in <c>docs/signals.md</c>.</remarks>
public sealed class MomentumSignal : ISignal<MomentumState>
{
    private const int FewestBars = 60;

    /// <summary>
    /// So many mean moves between the averages give a score of 75 or 25. On a random walk with normal steps
    /// the score then is above 70 or below 30 in 29 % of minutes.
    /// </summary>
    private const double MovesForHalf = 6d;

    /// <summary>
    /// Less than a tenth of a tick a minute is no movement: one old step must not echo for hours.
    /// </summary>
    private const double SmallestMeanMove = 0.1d;

    /// <inheritdoc/>
    public string Name => "momentum";

    /// <inheritdoc/>
    public MomentumState Initial => new() { Score = Score.Neutral };

    /// <inheritdoc/>
    public (MomentumState State, Score Score) Step(MomentumState state, in MarketEvent next)
    {
        var bars = CandleFold.Step(state.Bars, next, TimeSpan.FromMinutes(1));
        var averages = state.Averages;
        if (bars.Completed is { } bar)
        {
            var isOther = bar.Length != state.BarLength;
            averages = (isOther ? default : averages).With(bar.Close);
            state = state with { Averages = averages, BarLength = bar.Length };
        }
        else if (next.Kind is not (MarketEventKind.Trade or MarketEventKind.Candle))
        {
            return (state with { Bars = bars }, state.Score);
        }

        // A running bar of another length would be measured with the wrong averages.
        var counted = bars.IsBuilding && bars.Current.Length == state.BarLength
            ? averages.With(bars.Current.Close)
            : averages;
        var score = counted.Bars < FewestBars ? Score.Neutral : ScoreOf(counted);
        return (state with { Bars = bars, Score = score }, score);
    }

    private static Score ScoreOf(in CloseAverages averages)
    {
        var move = averages.Move > SmallestMeanMove ? averages.Move : SmallestMeanMove;
        var z = (averages.Fast - averages.Slow) / (MovesForHalf * move);
        var size = z < 0d ? -z : z;
        return Score.FromPoints(50d + (50d * z / (1d + size)));
    }
}
