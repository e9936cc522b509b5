using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Fees;

/// <summary>Who trades: what the venue looks at when it sets a fee.</summary>
public sealed record FeePayer
{
    /// <summary>Volumes of thirty days.</summary>
    public required TradedVolume Volume { get; init; }

    /// <summary>Whether it is a vault of the venue, which always has the last tier.</summary>
    public bool IsVault { get; init; }

    /// <summary>Index of the tier that it has at least, e.g. because somebody referred it.</summary>
    public int LeastTier { get; init; }

    /// <summary>Base tokens that it has staked; null where no stake can be known.</summary>
    public BigInteger? Staked { get; init; }
}

/// <summary>The venue's fees: tiers by volume, windows by market, discounts by stake.</summary>
/// <remarks>Source: dYdX v4-chain, fee tiers keeper.</remarks>
public sealed record FeeSchedule
{
    /// <summary>The tiers in order; the first has no requirements.</summary>
    public required ImmutableArray<FeeTier> Tiers { get; init; }

    /// <summary>Discounts for stakes.</summary>
    public ImmutableArray<StakingTier> StakingTiers { get; init; } = [];

    /// <summary>
    /// The last tier of those that are met one after another; the search ends at the first that is not.
    /// </summary>
    public FeeTier TierOf(FeePayer payer)
    {
        if (payer.IsVault) return Tiers[^1];
        var volume = payer.Volume;
        var met = Tiers.TakeWhile(tier => tier.IsMetBy(volume)).Count();
        return Tiers[Math.Clamp(Math.Max(met - 1, payer.LeastTier), 0, Tiers.Length - 1)];
    }

    /// <summary>
    /// What is charged of a fill's worth: the tier's fee, of that the market's share truncated toward zero
    /// (of rebates too), and of what is left above zero the stake's discount.
    /// </summary>
    /// <param name="payer">Who trades.</param>
    /// <param name="isTaker">Whether as a taker.</param>
    /// <param name="marketCharge">Share that the market charges.</param>
    public Ppm RateOf(FeePayer payer, bool isTaker, Ppm marketCharge) =>
        RatesOf(payer).Of(isTaker, marketCharge);

    /// <summary>A payer's rates in any market: the tier's fees and the stake's discount.</summary>
    public FeeRates RatesOf(FeePayer payer)
    {
        var tier = TierOf(payer);
        var discount = payer.Staked is { } staked
            ? StakingTier.DiscountOf(StakingTiers, tier.Name, staked)
            : new Ppm(0);
        return new(tier.TakerFee, tier.MakerFee, discount);
    }
}
