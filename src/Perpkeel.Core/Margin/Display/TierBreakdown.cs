using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Display;

/// <summary>
/// Maintenance margin as a tax is reckoned: each tier's rate on the part of the notional that lies in it.
/// </summary>
/// <remarks>
/// The maintenance amounts are made so that both ways give the same; proof in <c>docs/math/margin.md</c>.
/// The last slice takes what is left of the margin, which is its part x rate wherever a decimal holds that.
/// </remarks>
public sealed record TierBreakdown
{
    private TierBreakdown()
    {
    }

    /// <summary>The notional, in the quote asset.</summary>
    public required decimal Notional { get; init; }

    /// <summary>
    /// The slices from the first tier up, without tiers that end where they begin; one of nothing for a
    /// notional of zero.
    /// </summary>
    public required ImmutableArray<TierSlice> Slices { get; init; }

    /// <summary>
    /// Maintenance margin of the notional; the margins of the slices add up to it to the last digit.
    /// </summary>
    public required decimal Maintenance { get; init; }

    /// <summary>Maintenance margin over notional; zero for a notional of zero.</summary>
    public decimal AverageRate => Notional == 0m ? 0m : Maintenance / Notional;

    /// <summary>Takes a notional apart.</summary>
    /// <param name="table">The tiers.</param>
    /// <param name="notional">In the quote asset, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The notional is negative.</exception>
    public static TierBreakdown Of(TierTable table, decimal notional)
    {
        var maintenance = MarginCalculator.Maintenance(table, notional);
        var last = table.TierFor(notional).Tier.Number - 1;
        var left = maintenance;
        var slices = ImmutableArray.CreateBuilder<TierSlice>(last + 1);
        for (var i = 0; i < last; i++)
        {
            var tier = table.Tiers[i];
            if (tier.IsEmpty) continue;
            var part = tier.Cap - tier.Floor;
            slices.Add(new TierSlice(tier, part, part * tier.Rate, IsBeyondLastCap: false));
            left -= part * tier.Rate;
        }

        var top = table.Tiers[last];
        slices.Add(new TierSlice(top, notional - top.Floor, left, notional > table.LastCap));
        return new TierBreakdown
        {
            Notional = notional,
            Slices = slices.DrainToImmutable(),
            Maintenance = maintenance,
        };
    }
}

/// <summary>The part of a notional that lies in one tier.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Part">How much of the notional, from the tier's floor up.</param>
/// <param name="Maintenance">That part x the tier's rate.</param>
/// <param name="IsBeyondLastCap">Whether the part reaches beyond the cap of the last tier.</param>
public sealed record TierSlice(MarginTier Tier, decimal Part, decimal Maintenance, bool IsBeyondLastCap);
