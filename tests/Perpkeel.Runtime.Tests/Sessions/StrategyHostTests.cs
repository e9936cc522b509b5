using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Pipelines;
using Perpkeel.Runtime.Sessions;
using Xunit;

namespace Perpkeel.Runtime.Tests.Sessions;

[Trait("Req", "RX-4")]
public sealed class StrategyHostTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void During_the_past_the_fold_goes_on_but_nothing_may_be_decided()
    {
        var desk = new Desk().Opened();
        using var host = Host(desk, mutedUntil: Samples.Start.AddSeconds(2));

        for (var second = 1; second <= 3; second++) host.OnEvaluation(Samples.Start.AddSeconds(second));

        Assert.Equal([false, false, true], _strategy.Asked.Select(asked => asked.Holdings is not null));
        Assert.Equal((3, 3L), (host.State, host.Evaluations));
    }

    [Fact]
    public void Before_the_account_is_funded_nothing_may_be_decided()
    {
        var desk = new Desk();
        using var host = Host(desk);

        host.OnEvaluation(Samples.Start.AddSeconds(1));
        desk.Opened();
        host.OnEvaluation(Samples.Start.AddSeconds(2));

        Assert.Equal([false, true], _strategy.Asked.Select(asked => asked.Holdings is not null));
    }

    [Fact]
    public void A_plan_reaches_the_session_with_the_prices_it_rests_on_and_is_told_first()
    {
        var desk = new Desk().Opened();
        using var host = Host(desk);
        Show();
        _strategy.Plans = [Samples.Enter()];
        var told = new List<Decision>();
        using var subscription = host.Decisions.Subscribe(told.Add);

        host.OnEvaluation(Samples.Start.AddSeconds(1));
        Assert.Single(told);
        Assert.Empty(desk.Facts.OfType<Fact.Decided>());
        desk.Instant();

        var planned = Assert.Single(desk.Facts.OfType<Fact.EntryPlanned>());
        Assert.Equal((99_995m, 100_005m, 100_000m),
            (planned.Facts.Bid.Value, planned.Facts.Ask.Value, planned.Facts.Oracle.Value));
    }

    [Fact]
    public void An_exit_closes_what_is_held()
    {
        var desk = new Desk().Holding();
        using var host = Host(desk);
        Show();
        _strategy.Plans = [Samples.Exit()];

        host.OnEvaluation(Samples.Start.AddSeconds(1));
        desk.Instant();

        Assert.Equal("score-below-exit", Assert.Single(desk.Facts.OfType<Fact.CloseWanted>()).Reason);
        Assert.Equal(OrderRole.Close, Assert.IsType<Effect.Protect>(desk.Effects[^1]).Order.Intent.Role);
    }

    [Fact]
    public void The_strategy_sees_what_is_held_and_for_how_long_and_whether_it_closes()
    {
        var desk = new Desk().Holding();
        using var host = Host(desk);
        Show();

        host.OnEvaluation(Samples.Start.AddSeconds(1));
        var open = _strategy.Asked[0].Holdings![0];
        desk.Session.Post(new Request.Exit(Samples.Exit(), Samples.Facts()));
        desk.Instant();
        host.OnEvaluation(Samples.Start.AddSeconds(2));
        var closing = _strategy.Asked[1].Holdings!;

        Assert.Equal(new Holding(Side.Buy, Samples.Start.AddMinutes(240), IsClosing: false), open);
        Assert.True(closing[0].IsClosing);
        Assert.Equal(new Holding(Side.None, DateTimeOffset.MaxValue, IsClosing: true), closing[1]);
    }

    [Fact]
    public void Once_an_hour_the_account_is_valued()
    {
        var desk = new Desk().Holding();
        using var host = Host(desk);
        Show(oracle: 100_000m);

        foreach (var minute in (int[])[0, 1, 59, 60, 61, 119, 180])
        {
            host.OnEvaluation(Samples.Start.AddMinutes(minute));
        }

        desk.Instant();

        var marks = desk.Facts.OfType<Fact.EquityMarked>().ToList();
        Assert.Equal(3, marks.Count);
        Assert.All(marks, mark => Assert.Equal(Samples.Btc.Id, Assert.Single(mark.Prices).Market));
    }

    [Fact]
    public void A_muted_hour_is_not_valued_later()
    {
        var desk = new Desk().Opened();
        using var host = Host(desk, mutedUntil: Samples.Start.AddMinutes(30));

        host.OnEvaluation(Samples.Start.AddMinutes(1));
        host.OnEvaluation(Samples.Start.AddMinutes(31));
        host.OnEvaluation(Samples.Start.AddMinutes(60));
        desk.Instant();

        Assert.Single(desk.Facts.OfType<Fact.EquityMarked>());
    }

    [Fact]
    public void Plans_beyond_the_lane_for_new_risk_are_counted()
    {
        var desk = new Desk().Opened();
        using var host = Host(desk);
        Show();
        _strategy.Plans = [.. Enumerable.Repeat(Samples.Enter(), AccountSession.RiskLane + 3)];

        host.OnEvaluation(Samples.Start.AddSeconds(1));

        Assert.Equal(3, host.Overflowed);
    }

    [Fact]
    public void Scores_go_to_their_market_and_signal()
    {
        using var host = Host(new Desk());

        host.OnScore(new ScoreChange(1, 0, new Score(9_000)));
        host.OnScore(new ScoreChange(1, 1, new Score(8_000)));
        host.OnScore(new ScoreChange(1, 2, new Score(7_000)));

        Assert.Equal(new MarketScores(new Score(9_000), new Score(8_000), new Score(7_000)), host.Scores[1]);
        Assert.Equal(new MarketScores(Score.Neutral, Score.Neutral, Score.Neutral), host.Scores[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => host.OnScore(new ScoreChange(0, 3, Score.Neutral)));
    }

    private readonly MarketBoard _board = new(Samples.Markets);

    private StrategyHost<int> Host(Desk desk, DateTimeOffset? mutedUntil = null) => new(
        _strategy, desk.Session, _board, mutedUntil ?? DateTimeOffset.MinValue);

    private void Show(decimal oracle = 100_000m)
    {
        var market = Samples.Btc;
        var bid = market.TicksOf(new Price(oracle - 5m));
        var view = MarketView.Step(default, MarketEvent.Quote(
            0, Samples.Start.AddSeconds(1), bid, new Steps(9_000), bid + 10, new Steps(9_000)));
        _board.OnView(MarketView.Step(
            view, MarketEvent.Oracle(0, Samples.Start.AddSeconds(1), (long)(oracle * 1_000m))));
        Assert.Equal(bid, _board.Views[0].Bid);
    }

    /// <summary>Counts its evaluations and plans what it was told to, when it may.</summary>
    private sealed class ScriptedStrategy : IStrategy<int>
    {
        public List<Evaluation> Asked { get; } = [];

        public ImmutableArray<Plan> Plans { get; set; } = [];

        public string Name => "sniper";

        public int Initial(int markets) => 0;

        public (int State, ImmutableArray<Plan> Plans) Evaluate(int state, Evaluation evaluation)
        {
            Asked.Add(evaluation with { Holdings = evaluation.Holdings?.ToArray() });
            return (state + 1, evaluation.Holdings is null ? [] : Plans);
        }
    }
}
