using System.Reactive.Linq;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Signals;

namespace Perpkeel.Runtime.Pipelines;

/// <summary>A signal's new score of a market.</summary>
/// <param name="Market">The market's index.</param>
/// <param name="Signal">The signal's place among the signals of the run.</param>
/// <param name="Score">The score.</param>
public readonly record struct ScoreChange(int Market, int Signal, Score Score);

/// <summary>Events to scores: one fold for each market, lifted by <c>Scan</c>.</summary>
public static class ScorePipeline
{
    /// <summary>
    /// The events that today's signals live on: trades, bars and oracle prices. The many changes of a book
    /// say nothing to them.
    /// </summary>
    public static IObservable<MarketEvent> Ticks(IObservable<MarketEvent> events) => events.Where(next =>
        next.Kind is MarketEventKind.Trade or MarketEventKind.Candle or MarketEventKind.Oracle);

    /// <summary>The score of a market each time that it changes.</summary>
    /// <param name="events">The shared stream.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="index">The signal's place among the signals of the run.</param>
    public static IObservable<ScoreChange> From<TState>(
        IObservable<MarketEvent> events, ISignal<TState> signal, int index) =>
        events.GroupBy(next => next.Market)
            .SelectMany(market => market
                .Scan(
                    (State: signal.Initial, Score: default(Score)),
                    (fold, next) => signal.Step(fold.State, next))
                .Select(fold => fold.Score)
                .DistinctUntilChanged()
                .Select(score => new ScoreChange(market.Key, index, score)));
}
