using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>A tier as the calculator reads it: the line rate x notional - amount.</summary>
internal readonly struct TierLine(MarginTier tier)
{
    public decimal Rate { get; } = tier.Rate;

    public decimal Amount { get; } = tier.Amount;

    public ScaledInteger ScaledRate { get; } = ScaledInteger.Of(tier.Rate);

    public ScaledInteger ScaledAmount { get; } = ScaledInteger.Of(tier.Amount);

    /// <summary>1 - rate: what a long's debt falls by when its notional falls by 1.</summary>
    public ScaledInteger LongShare { get; } = ScaledInteger.Of(1m - tier.Rate);

    /// <summary>1 + rate.</summary>
    public ScaledInteger ShortShare { get; } = ScaledInteger.Of(1m + tier.Rate);
}
