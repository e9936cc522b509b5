using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>Where the figures of a hedged position come from.</summary>
public sealed record HedgeExplanation
{
    /// <summary>The venue's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>The version of its tiers, see <see cref="TierConfiguration.Version"/>.</summary>
    public required string TierVersion { get; init; }

    /// <summary>Both legs.</summary>
    public required HedgePosition Position { get; init; }

    /// <summary>Its figures.</summary>
    public required HedgeResult Result { get; init; }

    /// <summary>The lower end with the line that leads to it; null when there is none.</summary>
    public required HedgeLine? Lower { get; init; }

    /// <summary>The upper end with the line that leads to it; null when there is none.</summary>
    public required HedgeLine? Upper { get; init; }

    /// <summary>The same as lines of text.</summary>
    public ImmutableArray<string> Lines => ExplanationText.Of(this);

    /// <summary>Works a hedge out and keeps the lines that bind.</summary>
    /// <param name="configuration">The tiers of its symbol.</param>
    /// <param name="position">Both legs.</param>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public static HedgeExplanation Explain(TierConfiguration configuration, in HedgePosition position)
    {
        var result = HedgeCalculator.Calculate(configuration.Table, position);
        return new HedgeExplanation
        {
            Symbol = configuration.Symbol,
            TierVersion = configuration.Version,
            Position = position,
            Result = result,
            Lower = Line(configuration.Table, position, result.Lower),
            Upper = Line(configuration.Table, position, result.Upper),
        };
    }

    private static HedgeLine? Line(TierTable table, in HedgePosition position, HedgeBound? bound)
    {
        if (bound is not { } found) return null;
        var (bought, sold) = (table.Tiers[found.LongTier - 1], table.Tiers[found.ShortTier - 1]);
        var (longSize, shortSize) = (Ratio.Of(position.LongSize), Ratio.Of(position.ShortSize));
        var constant = position.Backing - (longSize * Ratio.Of(position.LongEntry))
            + (shortSize * Ratio.Of(position.ShortEntry)) + Ratio.Of(bought.Amount) + Ratio.Of(sold.Amount);
        var slope = (longSize * (Ratio.Of(1m) - Ratio.Of(bought.Rate)))
            - (shortSize * (Ratio.Of(1m) + Ratio.Of(sold.Rate)));
        return new HedgeLine(found, constant.RoundToNearest(), slope.RoundToNearest());
    }
}

/// <summary>
/// The line constant + slope x price that equity less maintenance follows at one end of a hedge's prices.
/// </summary>
/// <param name="Bound">The end, where the line is zero.</param>
/// <param name="Constant">Collateral - long x entry + short x entry + the amounts of both tiers.</param>
/// <param name="Slope">Long x (1 - its rate) - short x (1 + its rate).</param>
public readonly record struct HedgeLine(HedgeBound Bound, decimal Constant, decimal Slope);
