using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Signals;

namespace Perpkeel.Core.Strategies;

/// <summary>How the sniper chooses. Scores are points; weights are any positive shares.</summary>
public sealed record SniperRules
{
    /// <summary>Positions at one time.</summary>
    public int Positions { get; init; } = 3;

    /// <summary>From here on a market may be entered.</summary>
    public Score EnterScore { get; init; } = new(7_000);

    /// <summary>Below this a position is ended.</summary>
    public Score ExitScore { get; init; } = new(4_000);

    /// <summary>Evaluations in a row at or above <see cref="EnterScore"/> before an entry.</summary>
    public int Confirmations { get; init; } = 3;

    /// <summary>Distance of the stop as a fraction of the price.</summary>
    public decimal StopDistance { get; init; } = 0.015m;

    /// <summary>How long to hold at most.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(240);

    /// <summary>Weight of the conviction behind the momentum score.</summary>
    public int MomentumWeight { get; init; } = 50;

    /// <summary>Weight of the volume score.</summary>
    public int VolumeWeight { get; init; } = 25;

    /// <summary>Weight of the volatility score.</summary>
    public int VolatilityWeight { get; init; } = 25;
}

/// <summary>How often in a row each market was at or above the threshold.</summary>
/// <param name="Streaks">By market index.</param>
public sealed record SniperState(ImmutableArray<int> Streaks);

/// <summary>
/// Ranks all markets by a weighted mean of their scores and enters the best one when its score has been at
/// or above the threshold long enough and the market is free, on the side of 50 on which its momentum lies.
/// Ends a position when its score falls below the exit threshold or its time is up; stop and target stand
/// at the venue.
/// </summary>
/// <remarks>
/// Momentum enters as conviction: twice its distance from 50, so that a strong fall counts as much as a
/// strong rise. In a market that is held it is seen from the position's side: momentum against it has no
/// conviction.
/// </remarks>
public sealed class Sniper(SniperRules rules) : IStrategy<SniperState>
{
    /// <inheritdoc/>
    public string Name => "sniper";

    /// <inheritdoc/>
    public SniperState Initial(int markets) => new([.. Enumerable.Repeat(0, markets)]);

    /// <inheritdoc/>
    public (SniperState State, ImmutableArray<Plan> Plans) Evaluate(
        SniperState state, Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(state);
        var streaks = state.Streaks.ToBuilder();
        for (var i = 0; i < streaks.Count; i++)
        {
            // The streak is a matter of the market alone, seen from the side that momentum is on.
            var score = ScoreOf(evaluation.Scores[i], Side.None);
            streaks[i] = score >= rules.EnterScore.Hundredths ? streaks[i] + 1 : 0;
        }

        var next = new SniperState(streaks.DrainToImmutable());
        return (next, evaluation.Holdings is { } holdings ? Choose(next, evaluation, holdings) : []);
    }

    /// <summary>
    /// The weighted score in hundredths, seen from a side, or from momentum's own when there is none.
    /// </summary>
    public int ScoreOf(MarketScores scores, Side held)
    {
        var lean = scores.Momentum.Hundredths - Score.Neutral.Hundredths;
        var conviction = held == Side.None ? Math.Abs(lean) : Math.Max(0, lean * held.Sign());
        var sum = (2 * conviction * rules.MomentumWeight)
            + (scores.Volume.Hundredths * rules.VolumeWeight)
            + (scores.Volatility.Hundredths * rules.VolatilityWeight);
        return sum / (rules.MomentumWeight + rules.VolumeWeight + rules.VolatilityWeight);
    }

    private ImmutableArray<Plan> Choose(
        SniperState state, Evaluation evaluation, IReadOnlyList<Holding> holdings)
    {
        // Most evaluations decide nothing: look first, and list all markets only for a decision.
        var plans = ImmutableArray.CreateBuilder<Plan>();
        var held = 0;
        var best = -1;
        for (var i = 0; i < holdings.Count; i++)
        {
            if (holdings[i].Held != Side.None)
            {
                held++;
                if (ExitRule(evaluation, holdings[i], i) is { } rule)
                {
                    plans.Add(Exit(state, evaluation, holdings, i, rule));
                }
            }
            else if (best < 0 || Free(evaluation, i) > Free(evaluation, best))
            {
                best = i;
            }
        }

        var mayEnter = evaluation.Now >= evaluation.EntriesFrom && held < rules.Positions;
        if (mayEnter && best >= 0 && state.Streaks[best] >= rules.Confirmations)
        {
            plans.Add(Enter(state, evaluation, holdings, best));
        }

        return plans.DrainToImmutable();
    }

    private int Free(Evaluation evaluation, int market) => ScoreOf(evaluation.Scores[market], Side.None);

    private string? ExitRule(Evaluation evaluation, Holding holding, int market)
    {
        if (holding.IsClosing) return null;
        if (evaluation.Now >= holding.HoldUntil) return "time";
        var score = ScoreOf(evaluation.Scores[market], holding.Held);
        return score < rules.ExitScore.Hundredths ? "score-below-exit" : null;
    }

    private Plan.Enter Enter(
        SniperState state, Evaluation evaluation, IReadOnlyList<Holding> holdings, int market) => new()
        {
            StopDistance = rules.StopDistance,
            HoldFor = rules.HoldFor,
            Decision = Decide(state, evaluation, holdings, market, DecisionAction.Enter,
                "best-score-confirmed", SideOf(evaluation.Scores[market])),
        };

    private Plan.Exit Exit(
        SniperState state, Evaluation evaluation, IReadOnlyList<Holding> holdings, int market, string rule) =>
        new()
        {
            Decision = Decide(
                state, evaluation, holdings, market, DecisionAction.Exit, rule, holdings[market].Held),
        };

    private Decision Decide(
        SniperState state, Evaluation evaluation, IReadOnlyList<Holding> holdings, int market,
        DecisionAction action, string rule, Side side)
    {
        var rows = Enumerable.Range(0, evaluation.Markets.Count)
            .Select(i => new DecisionRow(
                evaluation.Markets[i].Id,
                ScoreOf(evaluation.Scores[i], holdings[i].Held),
                [
                    evaluation.Scores[i].Momentum.Hundredths,
                    evaluation.Scores[i].Volume.Hundredths,
                    evaluation.Scores[i].Volatility.Hundredths,
                ],
                state.Streaks[i],
                holdings[i].Held))
            .OrderByDescending(row => row.Score)
            .ThenBy(row => row.Market);
        return new Decision
        {
            Strategy = Name,
            Rule = rule,
            Action = action,
            Market = evaluation.Markets[market].Id,
            Side = side,
            Rows = [.. rows],
        };
    }

    private static Side SideOf(MarketScores scores) =>
        scores.Momentum >= Score.Neutral ? Side.Buy : Side.Sell;
}
