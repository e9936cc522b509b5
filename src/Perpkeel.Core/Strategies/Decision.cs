using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Signals;

namespace Perpkeel.Core.Strategies;

/// <summary>What a decision wants.</summary>
public enum DecisionAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A position in a free market.</summary>
    Enter,

    /// <summary>An end to a position.</summary>
    Exit,
}

/// <summary>One market as a decision saw it.</summary>
/// <param name="Market">Its name.</param>
/// <param name="Score">The weighted score it was ranked by.</param>
/// <param name="Scores">The scores behind it, in the order of the strategy's signals.</param>
/// <param name="Streak">Evaluations in a row at or above the threshold.</param>
/// <param name="Held">The side held in it, if any.</param>
public sealed record DecisionRow(
    MarketId Market, int Score, ImmutableArray<int> Scores, int Streak, Side Held);

/// <summary>
/// What a strategy decided and why: all markets with their scores, and the rule that chose.
/// </summary>
public sealed record Decision
{
    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The rule that chose, a stable name.</summary>
    public required string Rule { get; init; }

    /// <summary>What it wants.</summary>
    public required DecisionAction Action { get; init; }

    /// <summary>Which market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>For an entry: which way.</summary>
    public required Side Side { get; init; }

    /// <summary>All markets, best first. Scores are hundredths of a point.</summary>
    public required ImmutableArray<DecisionRow> Rows { get; init; }
}

/// <summary>The latest scores of one market.</summary>
/// <param name="Momentum">Direction and strength; 50 is neutral.</param>
/// <param name="Volume">Percentile of the volume.</param>
/// <param name="Volatility">Percentile of the volatility.</param>
public readonly record struct MarketScores(Score Momentum, Score Volume, Score Volatility);

/// <summary>What a strategy sees of its account in one market.</summary>
/// <param name="Held">
/// The side of the position or of the entry in flight; none when the market is free.
/// </param>
/// <param name="HoldUntil">When the position should end at the latest.</param>
/// <param name="IsClosing">Whether it is being closed already.</param>
public readonly record struct Holding(Side Held, DateTimeOffset HoldUntil, bool IsClosing);

/// <summary>One moment at which a strategy is asked.</summary>
public sealed record Evaluation
{
    /// <summary>Engine time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The markets, by index.</summary>
    public required IReadOnlyList<Market> Markets { get; init; }

    /// <summary>The latest scores, by market index.</summary>
    public required IReadOnlyList<MarketScores> Scores { get; init; }

    /// <summary>Before this no entry is worth planning: the account would refuse it.</summary>
    public required DateTimeOffset EntriesFrom { get; init; }

    /// <summary>
    /// What the account holds, by market index; null while nothing may be decided (the past before second 0,
    /// or a part of the stream that is run again after a restart).
    /// </summary>
    public required IReadOnlyList<Holding>? Holdings { get; init; }
}

/// <summary>What a strategy wants done. A closed family.</summary>
public abstract record Plan
{
    private Plan()
    {
    }

    /// <summary>The decision behind it.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Open a position.</summary>
    public sealed record Enter : Plan
    {
        /// <summary>Distance of the stop from the price, as a fraction of it.</summary>
        public required decimal StopDistance { get; init; }

        /// <summary>How long to hold at most.</summary>
        public required TimeSpan HoldFor { get; init; }
    }

    /// <summary>End the position in the decision's market.</summary>
    public sealed record Exit : Plan;
}
