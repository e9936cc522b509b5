using Perpkeel.Core.MarketData;
using Perpkeel.Core.Signals;
using Xunit;

namespace Perpkeel.Core.Tests.Signals;

/// <summary>What holds for every signal.</summary>
public abstract class SignalContract<TState>
{
    protected abstract ISignal<TState> Signal { get; }

    protected abstract string Name { get; }

    [Fact]
    [Trait("Req", "RX-3")]
    public void A_batch_and_a_stream_that_is_interrupted_give_the_same_scores()
    {
        var events = Events.Random(seed: 7, count: 6_000);

        var batch = Events.Scores(Signal, events);
        var (kept, _) = Events.Fold(Signal, events.Take(3_000));
        var rest = new List<Score>();
        foreach (var next in events.Skip(3_000))
        {
            (kept, var score) = Signal.Step(kept, next);
            rest.Add(score);
        }

        Assert.Equal(batch.Skip(3_000), rest);
        Assert.True(batch.Distinct().Count() > 100);
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void A_step_leaves_its_state_as_it_was()
    {
        var events = Events.Random(seed: 11, count: 4_000);
        var state = Signal.Initial;

        foreach (var next in events)
        {
            var (first, score) = Signal.Step(state, next);
            _ = Events.Fold(new Resumed(Signal, first), [Events.Trade(100_000d, 5), Events.Quote(100_001d)]);
            var (_, again) = Signal.Step(state, next);
            Assert.Equal(score, again);
            state = first;
        }
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Trades_and_the_bars_made_of_them_agree_at_the_end_of_every_minute()
    {
        var trades = Events.Random(seed: 3, count: 8_000)
            .Where(next => next.Kind == MarketEventKind.Trade)
            .ToList();
        var bars = Bars(trades);

        var fromBars = Events.Scores(Signal, bars.Select(bar => MarketEvent.Bar(0, bar)));
        var fromTrades = AtEnds(trades, bars);

        Assert.Equal(fromBars, fromTrades);
        Assert.True(bars.Count > 1_000);
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Every_kind_of_event_has_a_score_and_the_first_ones_are_neutral()
    {
        MarketEvent[] kinds =
        [
            default,
            Events.Quote(1d),
            MarketEvent.Oracle(0, Events.At(2d), 5),
            MarketEvent.Funding(0, Events.At(3d), 0.0001m),
            Events.Trade(4d, 100),
        ];

        Assert.All(Events.Scores(Signal, kinds), score => Assert.Equal(Score.Neutral, score));
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Bars_of_another_length_begin_anew()
    {
        var minutes = Events.Random(seed: 5, count: 3_000);
        var last = (minutes[^1].At - Events.At(0d)).TotalMinutes;
        var five = TimeSpan.FromMinutes(5);

        var scores = Events.Scores(Signal, minutes.Concat(Enumerable.Range(1, 25).Select(i =>
            Events.BarOf(five, Math.Ceiling(last) + (5 * i), 10, 10 + i, 9, 10 + i, i))));

        Assert.NotEqual(Score.Neutral, scores[2_990]);
        Assert.All(scores.TakeLast(20), score => Assert.Equal(Score.Neutral, score));
    }

    [Fact]
    public void Its_name_is_stable()
    {
        Assert.Equal(Name, Signal.Name);
    }

    private static List<Candle> Bars(IEnumerable<MarketEvent> trades)
    {
        var bars = new List<Candle>();
        var fold = default(CandleFold);
        foreach (var trade in trades)
        {
            fold = CandleFold.Step(fold, trade, TimeSpan.FromMinutes(1));
            if (fold.Completed is { } bar) bars.Add(bar);
        }

        return bars;
    }

    private List<Score> AtEnds(List<MarketEvent> trades, List<Candle> bars)
    {
        var state = Signal.Initial;
        var scores = new List<Score>();
        var place = 0;
        foreach (var end in bars.Select(bar => bar.OpenedAt + bar.Length))
        {
            for (; trades[place].At < end; place++) (state, _) = Signal.Step(state, trades[place]);
            (state, var score) = Signal.Step(state, MarketEvent.Oracle(0, end, 1));
            scores.Add(score);
        }

        return scores;
    }

    private sealed class Resumed(ISignal<TState> signal, TState state) : ISignal<TState>
    {
        public string Name => signal.Name;

        public TState Initial => state;

        public (TState State, Score Score) Step(TState state, in MarketEvent next) =>
            signal.Step(state, next);
    }
}
