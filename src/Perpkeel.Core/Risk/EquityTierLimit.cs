using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>How many orders a venue keeps in its state for an account, from some equity on.</summary>
/// <param name="From">The equity.</param>
/// <param name="Most">Orders: resting, conditional and the like.</param>
/// <remarks>Source: dYdX documentation, equity tier limits; values of governance.</remarks>
public readonly record struct EquityTierLimit(Usd From, int Most)
{
    /// <summary>The tiers that dYdX documents.</summary>
    public static ImmutableArray<EquityTierLimit> Documented { get; } =
    [
        new(new Usd(0m), 0), new(new Usd(20m), 10), new(new Usd(100m), 20), new(new Usd(1_000m), 40),
        new(new Usd(10_000m), 100), new(new Usd(100_000m), 200),
    ];

    /// <summary>Orders that an equity allows; null where nothing is limited.</summary>
    /// <param name="tiers">The tiers, rising.</param>
    /// <param name="equity">The account's equity.</param>
    public static int? MostAt(ImmutableArray<EquityTierLimit> tiers, Usd equity)
    {
        if (tiers.IsDefaultOrEmpty) return null;
        var most = 0;
        foreach (var tier in tiers)
        {
            if (tier.From <= equity) most = tier.Most;
        }

        return most;
    }
}
