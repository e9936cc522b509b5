using System.Reactive.Linq;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Time;

namespace Perpkeel.Runtime.Tests.Pipelines;

/// <summary>Streams on virtual time: each event comes at its own time.</summary>
internal static class Marbles
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public static MarketEvent Trade(double second, int market = 0, long price = 100, long size = 1) =>
        MarketEvent.Trade(market, Start.AddSeconds(second), new Ticks(price), new Steps(size));

    /// <summary>Tells events at their times and then ends.</summary>
    public static IObservable<MarketEvent> On(VirtualClock clock, params MarketEvent[] events) =>
        Observable.Create<MarketEvent>(observer =>
        {
            foreach (var next in events)
            {
                clock.CreateTimer(
                    _ => observer.OnNext(next), null, next.At - clock.Now, Timeout.InfiniteTimeSpan);
            }

            return () => { };
        });

    /// <summary>What a stream gave, with the seconds at which it did.</summary>
    public static List<(double Second, T Value)> Watch<T>(VirtualClock clock, IObservable<T> stream)
    {
        var seen = new List<(double, T)>();
        using var subscription =
            stream.Subscribe(value => seen.Add(((clock.Now - Start).TotalSeconds, value)));
        clock.RunUntil(Start.AddDays(1));
        return seen;
    }
}
