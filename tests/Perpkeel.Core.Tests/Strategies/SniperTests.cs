using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Strategies;

[Trait("Req", "RX-4")]
public sealed class SniperTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sniper Sniper = new(new SniperRules { Positions = 2 });

    /// <summary>Conviction 80, volume 60, volatility 60: a score of exactly 70.</summary>
    private static readonly MarketScores Seventy = Scores(90, 60, 60);

    private static readonly MarketScores Dull = Scores(50, 50, 50);

    [Fact]
    public void It_enters_at_seventy_three_times_in_a_row_and_not_at_two()
    {
        var evaluations = Enumerable.Range(0, 4).Select(_ => Evaluate(Free(), Seventy, Dull, Dull)).ToList();

        var plans = Run(evaluations);

        Assert.Empty(plans[0]);
        Assert.Empty(plans[1]);
        var enter = Assert.IsType<Plan.Enter>(Assert.Single(plans[2]));
        Assert.Equal(SampleMarkets.Btc.Id, enter.Decision.Market);
        Assert.Equal("best-score-confirmed", enter.Decision.Rule);
        Assert.Equal("sniper", enter.Decision.Strategy);
        Assert.Equal(DecisionAction.Enter, enter.Decision.Action);
        Assert.Equal(0.015m, enter.StopDistance);
    }

    [Fact]
    public void A_score_just_below_breaks_the_row()
    {
        var below = Scores(90, 60, 59.96m);

        var plans = Run([
            Evaluate(Free(), Seventy, Dull, Dull), Evaluate(Free(), Seventy, Dull, Dull),
            Evaluate(Free(), below, Dull, Dull), Evaluate(Free(), Seventy, Dull, Dull),
            Evaluate(Free(), Seventy, Dull, Dull)]);

        Assert.All(plans, plan => Assert.Empty(plan));
        Assert.Equal(6_999, Sniper.ScoreOf(below, Side.None));
    }

    [Theory]
    [InlineData(90, Side.Buy)]
    [InlineData(10, Side.Sell)]
    public void It_goes_the_way_that_momentum_leans(int momentum, Side side)
    {
        var plans = Run([.. Enumerable.Repeat(Evaluate(Free(), Scores(momentum, 60, 60), Dull, Dull), 3)]);

        Assert.Equal(side, Assert.Single(plans[2]).Decision.Side);
    }

    [Fact]
    public void What_is_held_is_scored_from_its_own_side()
    {
        Assert.Equal(7_000, Sniper.ScoreOf(Seventy, Side.Buy));
        Assert.Equal(3_000, Sniper.ScoreOf(Seventy, Side.Sell));
        Assert.Equal(7_000, Sniper.ScoreOf(Scores(10, 60, 60), Side.Sell));
    }

    [Fact]
    public void It_exits_below_forty_and_not_at_it()
    {
        var held = Held(Side.Buy, Now.AddHours(1));

        // Conviction 0 and 80 each make 40; a hundredth less makes less.
        var at = Run([Evaluate(held, Scores(50, 80, 80), Dull, Dull)]);
        var below = Run([Evaluate(held, Scores(50, 80, 79.96m), Dull, Dull)]);

        Assert.Empty(at[0]);
        var exit = Assert.IsType<Plan.Exit>(Assert.Single(below[0]));
        Assert.Equal("score-below-exit", exit.Decision.Rule);
        Assert.Equal(Side.Buy, exit.Decision.Side);
    }

    [Fact]
    public void It_exits_when_momentum_turns_against_the_position() => Assert.Equal(
        "score-below-exit",
        Assert.Single(
            Run([Evaluate(Held(Side.Sell, Now.AddHours(1)), Seventy, Dull, Dull)])[0]).Decision.Rule);

    [Fact]
    public void It_exits_at_its_time_and_not_before()
    {
        Assert.Empty(Run([Evaluate(Held(Side.Buy, Now.AddTicks(1)), Seventy, Dull, Dull)])[0]);
        Assert.Equal(
            "time",
            Assert.Single(Run([Evaluate(Held(Side.Buy, Now), Seventy, Dull, Dull)])[0]).Decision.Rule);
    }

    [Fact]
    public void What_is_closing_already_is_left_alone()
    {
        Holding[] closing = [new(Side.Buy, Now, IsClosing: true), default, default];

        Assert.Empty(Run([Evaluate(closing, Dull, Dull, Dull)])[0]);
    }

    [Fact]
    public void It_holds_no_more_positions_than_it_may()
    {
        var one = Held(Side.Buy, Now.AddHours(1));
        Holding[] two = [one[0], one[0], default];

        var full = Run([.. Enumerable.Repeat(Evaluate(two, Seventy, Seventy, Seventy), 3)]);
        var room = Run([.. Enumerable.Repeat(Evaluate(one, Seventy, Dull, Seventy), 3)]);

        Assert.All(full, plan => Assert.Empty(plan));
        Assert.Equal(SampleMarkets.Sol.Id, Assert.Single(room[2]).Decision.Market);
    }

    [Fact]
    public void The_best_free_market_is_entered_and_the_first_of_equals()
    {
        var best = Run([.. Enumerable.Repeat(Evaluate(Free(), Seventy, Scores(95, 60, 60), Dull), 3)]);
        var tie = Run([.. Enumerable.Repeat(Evaluate(Free(), Dull, Seventy, Seventy), 3)]);

        Assert.Equal(SampleMarkets.Eth.Id, Assert.Single(best[2]).Decision.Market);
        Assert.Equal(SampleMarkets.Eth.Id, Assert.Single(tie[2]).Decision.Market);
    }

    [Fact]
    public void A_decision_lists_all_markets_with_their_scores_best_first_and_equals_by_name()
    {
        var plans = Run([.. Enumerable.Repeat(Evaluate(Free(), Dull, Seventy, Dull), 3)]);

        var rows = Assert.Single(plans[2]).Decision.Rows;

        Assert.Equal(
            [SampleMarkets.Eth.Id, SampleMarkets.Btc.Id, SampleMarkets.Sol.Id],
            rows.Select(row => row.Market));
        Assert.Equal([7_000, 2_500, 2_500], rows.Select(row => row.Score));
        Assert.Equal([9_000, 6_000, 6_000], rows[0].Scores);
        Assert.Equal([3, 0, 0], rows.Select(row => row.Streak));
        Assert.All(rows, row => Assert.Equal(Side.None, row.Held));
    }

    [Fact]
    [Trait("Req", "RX-6")]
    public void Muted_it_counts_on_and_plans_nothing()
    {
        var plans = Run([
            Evaluate(null, Seventy, Dull, Dull), Evaluate(null, Seventy, Dull, Dull),
            Evaluate(null, Seventy, Dull, Dull), Evaluate(Free(), Seventy, Dull, Dull)]);

        Assert.All(plans.Take(3), plan => Assert.Empty(plan));
        Assert.Equal(4, Assert.Single(plans[3]).Decision.Rows[0].Streak);
    }

    private static List<ImmutableArray<Plan>> Run(IReadOnlyList<Evaluation> evaluations)
    {
        var state = Sniper.Initial(3);
        var all = new List<ImmutableArray<Plan>>();
        foreach (var evaluation in evaluations)
        {
            (state, var plans) = Sniper.Evaluate(state, evaluation);
            all.Add(plans);
        }

        return all;
    }

    private static Holding[] Free() => [default, default, default];

    private static Holding[] Held(Side side, DateTimeOffset until) =>
        [new(side, until, false), default, default];

    private static Evaluation Evaluate(IReadOnlyList<Holding>? holdings, params MarketScores[] scores) =>
        EvaluateFrom(default, holdings, scores);

    private static Evaluation EvaluateFrom(
        DateTimeOffset entriesFrom, IReadOnlyList<Holding>? holdings, params MarketScores[] scores) =>
        new()
        {
            Now = Now,
            Markets = SampleMarkets.All,
            Scores = scores,
            EntriesFrom = entriesFrom,
            Holdings = holdings,
        };

    private static MarketScores Scores(decimal momentum, decimal volume, decimal volatility) =>
        new(Of(momentum), Of(volume), Of(volatility));

    private static Score Of(decimal points) => new((int)(points * 100m));
}
