using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>Where and how far the tiers of one symbol differ between two books.</summary>
/// <param name="Comparison">Both tables.</param>
internal sealed record BookChange(TierComparison Comparison)
{
    /// <summary>Ranges of notionals in which a position is asked for something else.</summary>
    public int ChangedRanges => Comparison.Rows.Count(Differs);

    /// <summary>The lowest of these ranges; null without any.</summary>
    public TierComparisonRow? First => Comparison.Rows.FirstOrDefault(Differs);

    /// <summary>
    /// By how much the maintenance rate rises where it rises most; zero or less where it rises nowhere.
    /// Beyond the last cap of a table its last rate goes on.
    /// </summary>
    public decimal LargestRateRise => Comparison.Rows.Max(row =>
        RateOf(row.After, Comparison.After) - RateOf(row.Before, Comparison.Before));

    /// <summary>The changes of two books, the largest rise first.</summary>
    public static IEnumerable<BookChange> Of(TierBookComparison books) =>
        books.Changed.Select(comparison => new BookChange(comparison))
            .OrderByDescending(change => change.LargestRateRise)
            .ThenBy(change => change.Comparison.Symbol, StringComparer.Ordinal);

    /// <summary>Whether a position in this range is asked for something else.</summary>
    public static bool Differs(TierComparisonRow row) =>
        row.IsRateChanged || row.IsAmountChanged || row.IsLeverageChanged;

    private static decimal RateOf(MarginTier? tier, TierConfiguration configuration) =>
        (tier ?? configuration.Table.Tiers[^1]).Rate;
}
