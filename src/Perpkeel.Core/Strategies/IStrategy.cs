using System.Collections.Immutable;

namespace Perpkeel.Core.Strategies;

/// <summary>
/// Turns the scores of many markets into plans: a pure fold. Its state depends on the scores alone, so that
/// it can be rebuilt from the market stream; what the account holds only decides which plans come out.
/// </summary>
/// <typeparam name="TState">What the fold remembers; immutable.</typeparam>
public interface IStrategy<TState>
{
    /// <summary>Stable name.</summary>
    string Name { get; }

    /// <summary>The state before the first evaluation of so many markets.</summary>
    TState Initial(int markets);

    /// <summary>The state after one evaluation, and what should be done.</summary>
    (TState State, ImmutableArray<Plan> Plans) Evaluate(TState state, Evaluation evaluation);
}
