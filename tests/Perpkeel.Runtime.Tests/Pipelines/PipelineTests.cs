using System.Reactive.Linq;
using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Signals;
using Perpkeel.Runtime.Pipelines;
using Perpkeel.Runtime.Tests.Runs;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Markets;
using Xunit;

namespace Perpkeel.Runtime.Tests.Pipelines;

[Trait("Req", "RX-5")]
public sealed class PipelineTests
{
    private readonly VirtualClock _clock = new(Marbles.Start);

    [Fact]
    public void A_view_follows_each_event_of_its_own_market()
    {
        var level = MarketEvent.Level(1, Marbles.Start.AddSeconds(2), Side.Buy, new Ticks(90), new Steps(5));

        var seen = Marbles.Watch(_clock, ViewPipeline.From(Marbles.On(
            _clock, Marbles.Trade(1, price: 100), level, Marbles.Trade(3, price: 101),
            Marbles.Trade(4, 1, 95))));

        Assert.Equal([1d, 2, 3, 4], seen.Select(one => one.Second));
        Assert.Equal([0, 1, 0, 1], seen.Select(one => one.Value.Market));
        Assert.Equal((101, 0), (seen[2].Value.Last.Value, seen[2].Value.Bid.Value));
        Assert.Equal((95, 90), (seen[3].Value.Last.Value, seen[3].Value.Bid.Value));
    }

    [Fact]
    public void A_score_is_told_when_it_changes_and_not_when_it_stays()
    {
        var seen = Marbles.Watch(_clock, ScorePipeline.From(
            Marbles.On(
                _clock, Marbles.Trade(1, price: 10), Marbles.Trade(2, price: 10), Marbles.Trade(3, 1, 10),
                Marbles.Trade(4, price: 20), Marbles.Trade(5, 1, 10), Marbles.Trade(6, price: 10)),
            new LastPrice(), 2));

        Assert.Equal(
            [
                (1d, new ScoreChange(0, 2, new Score(10))), (3d, new ScoreChange(1, 2, new Score(10))),
                (4d, new ScoreChange(0, 2, new Score(20))), (6d, new ScoreChange(0, 2, new Score(10))),
            ],
            seen);
    }

    [Fact]
    public void A_strategy_is_asked_at_the_boundary_after_events_once_a_period()
    {
        var seen = Marbles.Watch(_clock, EvaluationPipeline.From(
            Marbles.On(
                _clock, Marbles.Trade(0.2), Marbles.Trade(0.4), Marbles.Trade(0.9), Marbles.Trade(1.1),
                Marbles.Trade(2), Marbles.Trade(2.5)),
            TimeSpan.FromSeconds(1), _clock));

        Assert.Equal([1d, 2, 3], seen.Select(one => one.Second));
        Assert.All(seen, one => Assert.Equal(Marbles.Start.AddSeconds(one.Second), one.Value));
    }

    [Fact]
    public void A_strategy_is_not_asked_while_nothing_happens()
    {
        var seen = Marbles.Watch(_clock, EvaluationPipeline.From(
            Marbles.On(_clock, Marbles.Trade(5), Marbles.Trade(3_600.5)), TimeSpan.FromSeconds(1), _clock));

        Assert.Equal([5d, 3_601], seen.Select(one => one.Second));
    }

    [Fact]
    public void An_event_on_the_boundary_is_before_the_question()
    {
        var order = new List<string>();
        var events = Marbles.On(_clock, Marbles.Trade(1), Marbles.Trade(1)).Do(_ => order.Add("event"));

        Marbles.Watch(_clock, EvaluationPipeline.From(events, TimeSpan.FromSeconds(1), _clock)
            .Do(_ => order.Add("question")));

        Assert.Equal(["event", "event", "question"], order);
    }

    [Fact]
    public void A_question_that_nobody_waits_for_any_more_is_not_asked()
    {
        var asked = 0;
        var stream = EvaluationPipeline.From(
            Marbles.On(_clock, Marbles.Trade(0.5)), TimeSpan.FromSeconds(1), _clock);
        var subscription = stream.Subscribe(_ => asked++);

        _clock.RunUntil(Marbles.Start.AddSeconds(0.7));
        subscription.Dispose();
        _clock.RunUntil(Marbles.Start.AddSeconds(9));

        Assert.Equal(0, asked);
    }

    [Fact]
    public void A_broken_stream_breaks_the_questions()
    {
        Exception? seen = null;
        using var subscription = EvaluationPipeline
            .From(
                Observable.Throw<MarketEvent>(new InvalidOperationException("torn")),
                TimeSpan.FromSeconds(1), _clock)
            .Subscribe(_ => { }, error => seen = error);

        Assert.Equal("torn", seen?.Message);
    }

    [Fact]
    [Trait("Req", "RX-6")]
    public void A_batch_fold_and_the_stream_give_the_same_scores_and_views()
    {
        var events = Restless();
        using var hub = new MarketHub();
        var streamed = new List<ScoreChange>();
        var views = new MarketView[6];
        using var scores = Observable.Merge(
                ScorePipeline.From(hub.MarketData, new MomentumSignal(), 0),
                ScorePipeline.From(hub.MarketData, new VolumeSignal(), 1),
                ScorePipeline.From(hub.MarketData, new VolatilitySignal(), 2))
            .Subscribe(streamed.Add);
        using var folded = ViewPipeline.From(hub.MarketData).Subscribe(view => views[view.Market] = view);
        Pump(hub, events);

        for (var market = 0; market < 6; market++)
        {
            MarketEvent[] own = [.. events.Where(next => next.Market == market)];
            Assert.Equal(Batch(own, new MomentumSignal()), Streamed(streamed, market, 0));
            Assert.Equal(Batch(own, new VolumeSignal()), Streamed(streamed, market, 1));
            Assert.Equal(Batch(own, new VolatilitySignal()), Streamed(streamed, market, 2));
            var view = own.Aggregate(default(MarketView), (before, next) => MarketView.Step(before, next));
            Assert.Equal(
                (view.Last, view.OraclePrice, view.PricedAt, view.Bid, view.Ask),
                (views[market].Last, views[market].OraclePrice, views[market].PricedAt, views[market].Bid,
                    views[market].Ask));
        }

        Assert.Equal(events.Count, hub.Count);
    }

    [Fact]
    public void The_hub_ends_with_its_channel()
    {
        using var hub = new MarketHub();
        var ended = false;
        using var subscription = hub.MarketData.Subscribe(_ => { }, () => ended = true);

        Pump(hub, [Marbles.Trade(1)]);

        Assert.True(ended);
    }

    [Fact]
    public async Task A_channel_that_fails_breaks_the_stream_for_all_who_listen()
    {
        using var hub = new MarketHub();
        Exception? seen = null;
        using var subscription = hub.MarketData.Subscribe(_ => { }, error => seen = error);
        var channel = Channel.CreateBounded<MarketEvent>(1);
        channel.Writer.Complete(new InvalidOperationException("torn"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => hub.PumpAsync(channel.Reader, CancellationToken.None));

        Assert.Same(error, seen);
    }

    private void Pump(MarketHub hub, IReadOnlyList<MarketEvent> events)
    {
        using var home = _clock.Enter();
        var channel = Channel.CreateUnbounded<MarketEvent>();
        foreach (var next in events) channel.Writer.TryWrite(next);
        channel.Writer.Complete();
        var pump = hub.PumpAsync(channel.Reader, CancellationToken.None);
        _clock.RunUntil(_clock.Now);
        Assert.True(pump.IsCompletedSuccessfully);
    }

    private static List<MarketEvent> Restless()
    {
        var source = new RestlessMarkets();
        var events = new List<MarketEvent>();
        var batch = new List<SourceEvent>();
        while (source.TryNext(batch, out _)) events.AddRange(batch.Select(item => item.Event));
        return events;
    }

    private static List<Score> Batch<TState>(MarketEvent[] events, ISignal<TState> signal)
    {
        var state = signal.Initial;
        var scores = new List<Score>();
        foreach (var next in events)
        {
            (state, var score) = signal.Step(state, next);
            if (scores.Count == 0 || scores[^1] != score) scores.Add(score);
        }

        return scores;
    }

    private static List<Score> Streamed(List<ScoreChange> changes, int market, int signal) =>
        [.. changes.Where(change => change.Market == market && change.Signal == signal)
            .Select(change => change.Score)];

    /// <summary>The score is the last price in hundredths.</summary>
    private sealed class LastPrice : ISignal<int>
    {
        public string Name => "last-price";

        public int Initial => 0;

        public (int State, Score Score) Step(int state, in MarketEvent next) =>
            (state, new Score((int)next.Last.Value));
    }
}
