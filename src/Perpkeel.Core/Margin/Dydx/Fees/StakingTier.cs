using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Fees;

/// <summary>From so much staked so much is off the fee.</summary>
/// <param name="LeastStaked">Base tokens from which it holds.</param>
/// <param name="Discount">Share of the fee that is not charged.</param>
public readonly record struct StakingLevel(BigInteger LeastStaked, Ppm Discount);

/// <summary>What a stake takes off the fees of one fee tier.</summary>
/// <remarks>Source: dYdX v4-chain, fee tiers, staking tiers.</remarks>
/// <param name="FeeTierName">The fee tier.</param>
/// <param name="Levels">Its levels, from the least stake to the greatest.</param>
public sealed record StakingTier(string FeeTierName, ImmutableArray<StakingLevel> Levels)
{
    /// <summary>Share that a stake takes off in a fee tier; zero where no level is reached.</summary>
    public static Ppm DiscountOf(IEnumerable<StakingTier> tiers, string feeTierName, BigInteger staked)
    {
        var tier = tiers.FirstOrDefault(
            each => string.Equals(each.FeeTierName, feeTierName, StringComparison.Ordinal));
        return tier is null
            ? new Ppm(0)
            : tier.Levels.TakeWhile(level => staked >= level.LeastStaked).LastOrDefault().Discount;
    }
}
