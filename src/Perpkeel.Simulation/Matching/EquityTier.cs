using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Matching;

/// <summary>How many resting orders a subaccount may have open, by its net collateral.</summary>
/// <remarks>
/// Source: dYdX documentation, equity tiers for stateful orders; governance may change them.
/// </remarks>
internal static class EquityTier
{
    private static readonly ImmutableArray<(decimal FromUsd, int Orders)> Tiers =
        [(100_000m, 200), (10_000m, 100), (1_000m, 40), (100m, 20), (20m, 10)];

    /// <summary>The greatest number of resting orders.</summary>
    public static int MostResting(QuoteQuantums netCollateral)
    {
        var equity = netCollateral.ToUsd().Value;
        foreach (var (from, orders) in Tiers)
        {
            if (equity >= from) return orders;
        }

        return 0;
    }
}
