using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Runtime.Pipelines;

/// <summary>Events to moments at which strategies are asked.</summary>
public static class EvaluationPipeline
{
    /// <summary>
    /// The first boundary of the grid at or after each event is heard, once: at most one moment a period,
    /// and none while nothing happens. At a boundary the moment comes after the events of that instant.
    /// </summary>
    /// <param name="events">The shared stream, in the order of its times.</param>
    /// <param name="period">Distance of the boundaries.</param>
    /// <param name="scheduler">Time.</param>
    public static IObservable<DateTimeOffset> From(
        IObservable<MarketEvent> events, TimeSpan period, IScheduler scheduler) =>
        events.Select(next => Boundary(next.At > scheduler.Now ? next.At : scheduler.Now, period))
            .DistinctUntilChanged()
            .Select(boundary => Observable.Timer(boundary, scheduler).Select(_ => boundary))
            .Switch();

    /// <summary>The first boundary at or after a time.</summary>
    public static DateTimeOffset Boundary(DateTimeOffset at, TimeSpan period)
    {
        var past = at.UtcTicks % period.Ticks;
        return past == 0 ? at : at.AddTicks(period.Ticks - past);
    }
}
