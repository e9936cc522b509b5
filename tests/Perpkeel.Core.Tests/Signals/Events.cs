using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Signals;

namespace Perpkeel.Core.Tests.Signals;

/// <summary>Market events at minutes and seconds after a full day, and the scores that they give.</summary>
internal static class Events
{
    private static readonly DateTimeOffset Start = new(2025, 3, 4, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double minute) => Start.AddSeconds(minute * 60d);

    public static MarketEvent Trade(double minute, long price, long size = 1) =>
        MarketEvent.Trade(0, At(minute), new Ticks(price), new Steps(size));

    public static MarketEvent Bar(
        double minute, long open, long high, long low, long close, long volume = 1) =>
        BarOf(TimeSpan.FromMinutes(1), minute, open, high, low, close, volume);

    public static MarketEvent BarOf(
        TimeSpan length, double minute, long open, long high, long low, long close, long volume) =>
        MarketEvent.Bar(0, new Candle(
            At(minute), length, new Ticks(open), new Ticks(high), new Ticks(low), new Ticks(close),
            new Steps(volume)));

    public static MarketEvent Quote(double minute) =>
        MarketEvent.Quote(0, At(minute), new Ticks(99), new Steps(1), new Ticks(101), new Steps(1));

    public static (TState State, Score Score) Fold<TState>(
        ISignal<TState> signal, IEnumerable<MarketEvent> events)
    {
        var step = (State: signal.Initial, Score: Score.Neutral);
        foreach (var next in events) step = signal.Step(step.State, next);
        return step;
    }

    public static List<Score> Scores<TState>(ISignal<TState> signal, IEnumerable<MarketEvent> events)
    {
        var state = signal.Initial;
        var scores = new List<Score>();
        foreach (var next in events)
        {
            (state, var score) = signal.Step(state, next);
            scores.Add(score);
        }

        return scores;
    }

    /// <summary>Trades, quotes and gaps of a few hours, the same for the same seed.</summary>
    public static IReadOnlyList<MarketEvent> Random(int seed, int count)
    {
#pragma warning disable CA5394 // A seeded sequence for tests, not a secret.
        var random = new Random(seed);
        var events = new List<MarketEvent>(count);
        var minute = 0d;
        var price = 10_000L;
        for (var i = 0; i < count; i++)
        {
            minute += random.Next(200) == 0 ? random.Next(300) : random.NextDouble() * 0.5d;
            price += random.Next(-9, 10);
            events.Add(random.Next(3) == 0 ? Quote(minute) : Trade(minute, price, random.Next(1, 500)));
        }

        return events;
#pragma warning restore CA5394
    }
}
