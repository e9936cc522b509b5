namespace Perpkeel.Core.Margin.Tiers;

/// <summary>
/// A tier as the calculator reads it: the line rate x notional - amount, and where positions that are
/// liquidated in this tier begin.
/// </summary>
/// <remarks>
/// With A = size x entry - collateral, a long is liquidated at the notional N where N - MM(N) = A; with
/// B = size x entry + collateral, a short where N + MM(N) = B. Both left sides rise with N, so that the tier
/// of the liquidation notional is found by comparing A or B with their values at the floors, without a
/// division. Proof in <c>docs/math/margin.md</c>.
/// </remarks>
internal readonly struct TierLine(MarginTier tier)
{
    public decimal Cap { get; } = tier.Cap;

    public decimal Rate { get; } = tier.Rate;

    public decimal Amount { get; } = tier.Amount;

    /// <summary>Floor - margin at the floor.</summary>
    public decimal LongFloor { get; } = tier.Floor - ((tier.Floor * tier.Rate) - tier.Amount);

    /// <summary>Floor + margin at the floor.</summary>
    public decimal ShortFloor { get; } = tier.Floor + ((tier.Floor * tier.Rate) - tier.Amount);
}
