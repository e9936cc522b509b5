using System.Numerics;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>A subaccount's collateral beside what it needs, in the chain's integers.</summary>
/// <remarks>
/// Source: dYdX v4-chain, margin risk: NC, IMR and MMR are sums over all positions. In 128 bits, which hold
/// any account of ours; what does not fit throws. <see cref="SubaccountRisk"/> is the same without a bound.
/// </remarks>
/// <param name="NetCollateral">USDC plus the signed worth of all positions.</param>
/// <param name="Initial">Sum of initial margins.</param>
/// <param name="Maintenance">Sum of maintenance margins.</param>
public readonly record struct AccountRisk(
    QuoteQuantums NetCollateral, QuoteQuantums Initial, QuoteQuantums Maintenance)
{
    /// <summary>
    /// Whether the chain may liquidate: maintenance is positive and exceeds net collateral.
    /// </summary>
    public bool IsLiquidatable => Maintenance > QuoteQuantums.Zero && Maintenance > NetCollateral;

    /// <summary>Whether net collateral covers the initial margin.</summary>
    public bool IsInitiallyCollateralized => NetCollateral >= Initial;

    /// <summary>Whether net collateral covers the maintenance margin.</summary>
    public bool IsMaintenanceCollateralized => NetCollateral >= Maintenance;

    /// <summary>Collateral that is not needed for the initial margin; negative when it is short.</summary>
    public QuoteQuantums FreeCollateral => NetCollateral - Initial;

    /// <summary>The same in unbounded integers.</summary>
    public SubaccountRisk ToUnbounded() => new(NetCollateral.Value, Initial.Value, Maintenance.Value);

    /// <summary>The risk with one more position in it.</summary>
    public AccountRisk With(in PositionMargin position) =>
        new(NetCollateral + position.Value, Initial + position.Initial, Maintenance + position.Maintenance);

    /// <summary>
    /// The relative move of all prices together at which the chain may liquidate, e.g. -0.7 for a fall by
    /// 70 %; null when no move does it, or every one does: a net short that lacks collateral even at prices
    /// of zero. Negative for a short that only a fall by so much would save.
    /// x = (maintenance - collateral) / (value - maintenance).
    /// </summary>
    /// <remarks>
    /// A cross account has one surface of liquidation, not one price: this is where the diagonal meets it.
    /// The quotient has the digits of a decimal. What it leaves out is that the chain truncates each worth
    /// and rounds each requirement up: over n positions its integers change sides within
    /// 6 * n * (2 + |x|) / |value - maintenance| of x, in quote quantums, where that denominator is more
    /// than 6 * n. Pinned by <c>CommonShockTests</c>.
    /// </remarks>
    /// <param name="quote">USDC without the worth of positions.</param>
    public decimal? CommonShock(QuoteQuantums quote)
    {
        var value = NetCollateral - quote;
        var slope = value - Maintenance;
        if (Maintenance == QuoteQuantums.Zero || slope == QuoteQuantums.Zero) return null;
        var shock = (decimal)(Maintenance - NetCollateral).Value / (decimal)slope.Value;
        return shock > -1m ? shock : null;
    }

    /// <summary>
    /// What the chain says of going from this state to another, and why not when it does not.
    /// </summary>
    public UpdateResult TransitionTo(in AccountRisk next) => MayMove(this, next)
        ? UpdateResult.Success
        : IsInitiallyCollateralized
            ? UpdateResult.NewlyUndercollateralized
            : UpdateResult.StillUndercollateralized;

    /// <summary>
    /// Whether the chain allows going from one state to the other: the new one is initially collateralised,
    /// or the risk does not rise (maintenance does not grow and the ratio of collateral to it does not fall).
    /// </summary>
    /// <remarks>Ratios are compared cross-multiplied; nothing is divided.</remarks>
    public static bool MayMove(in AccountRisk from, in AccountRisk to)
    {
        if (to.IsInitiallyCollateralized) return true;
        if (to.Maintenance > from.Maintenance) return false;
        if (from.Maintenance == QuoteQuantums.Zero || to.Maintenance == QuoteQuantums.Zero)
        {
            return from.Maintenance == to.Maintenance && to.NetCollateral > from.NetCollateral;
        }

        return IsProductAtLeast(
            to.NetCollateral.Value, from.Maintenance.Value, from.NetCollateral.Value, to.Maintenance.Value);
    }

    /// <summary>Whether a * b is at least c * d; beyond 64 bits the products have no bound.</summary>
    private static bool IsProductAtLeast(Int128 a, Int128 b, Int128 c, Int128 d) =>
        FitsLong(a) && FitsLong(b) && FitsLong(c) && FitsLong(d)
            ? a * b >= c * d
            : (BigInteger)a * b >= (BigInteger)c * d;

    private static bool FitsLong(Int128 value) => value >= long.MinValue && value <= long.MaxValue;
}
