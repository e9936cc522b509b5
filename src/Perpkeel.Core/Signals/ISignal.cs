using Perpkeel.Core.MarketData;

namespace Perpkeel.Core.Signals;

/// <summary>
/// A continuous opinion of one market: a pure fold over its events. It knows no other market, no account and
/// no clock; the same events give the same scores, in a batch, on a stream and in a replay.
/// </summary>
/// <typeparam name="TState">What the fold remembers; immutable.</typeparam>
public interface ISignal<TState>
{
    /// <summary>Stable name, e.g. <c>momentum</c>.</summary>
    string Name { get; }

    /// <summary>The state before the first event.</summary>
    TState Initial { get; }

    /// <summary>The state after one more event, and the score it gives.</summary>
    (TState State, Score Score) Step(TState state, in MarketEvent next);
}
