using System.Reactive.Linq;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Runtime.Pipelines;

/// <summary>Events to views: each market's book, last price, oracle price and funding, folded.</summary>
public static class ViewPipeline
{
    /// <summary>One view for each event, of that event's market.</summary>
    public static IObservable<MarketView> From(IObservable<MarketEvent> events) =>
        events.GroupBy(next => next.Market)
            .SelectMany(
                market => market.Scan(default(MarketView), (view, next) => MarketView.Step(view, next)));
}
