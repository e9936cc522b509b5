using System.Numerics;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>
/// A subaccount's collateral beside what it needs, in unbounded integers of quote quantums: what the chain
/// itself computes. <see cref="AccountRisk"/> is the same in 128 bits.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, margin risk. The order of risks puts the riskier last: by the ratio of collateral
/// to maintenance, compared as products; on a tie by maintenance; without any maintenance by collateral.
/// </remarks>
/// <param name="NetCollateral">USDC plus the signed worth of all positions.</param>
/// <param name="Initial">Sum of initial margins.</param>
/// <param name="Maintenance">Sum of maintenance margins.</param>
public readonly record struct SubaccountRisk(
    BigInteger NetCollateral, BigInteger Initial, BigInteger Maintenance) : IComparable<SubaccountRisk>
{
    /// <summary>Collateral that is not needed for the initial margin; negative when it is short.</summary>
    public BigInteger FreeCollateral => NetCollateral - Initial;

    /// <summary>Whether net collateral covers the initial margin.</summary>
    public bool IsInitialCollateralized => NetCollateral >= Initial;

    /// <summary>Whether net collateral covers the maintenance margin.</summary>
    public bool IsMaintenanceCollateralized => NetCollateral >= Maintenance;

    /// <summary>
    /// Whether the chain may liquidate: maintenance is positive and exceeds net collateral.
    /// </summary>
    public bool IsLiquidatable => Maintenance.Sign > 0 && Maintenance > NetCollateral;

    /// <summary>The sum.</summary>
    public static SubaccountRisk operator +(SubaccountRisk left, SubaccountRisk right) => new(
        left.NetCollateral + right.NetCollateral, left.Initial + right.Initial,
        left.Maintenance + right.Maintenance);

    /// <summary>
    /// What the chain says of going from this state to another: it may when the other is initially
    /// collateralised, or when the risk does not rise.
    /// </summary>
    public UpdateResult TransitionTo(SubaccountRisk next) =>
        next.IsInitialCollateralized ? UpdateResult.Success : TransitionToUndercollateralized(next);

    /// <summary>
    /// The same for a state that is not initially collateralised: maintenance may not grow and the risk may
    /// not rise; without maintenance on either side nothing but collateral counts, and it has to grow.
    /// </summary>
    public UpdateResult TransitionToUndercollateralized(SubaccountRisk next)
    {
        var refusal = IsInitialCollateralized
            ? UpdateResult.NewlyUndercollateralized
            : UpdateResult.StillUndercollateralized;
        if (next.Maintenance > Maintenance) return refusal;
        if (next.Maintenance.IsZero || Maintenance.IsZero)
        {
            return next.Maintenance == Maintenance && next.NetCollateral > NetCollateral
                ? UpdateResult.Success
                : refusal;
        }

        return next.CompareTo(this) > 0 ? refusal : UpdateResult.Success;
    }

    /// <inheritdoc/>
    public int CompareTo(SubaccountRisk other)
    {
        if (Maintenance.IsZero && other.Maintenance.IsZero)
        {
            return other.NetCollateral.CompareTo(NetCollateral);
        }

        var ratio = (other.NetCollateral * Maintenance).CompareTo(NetCollateral * other.Maintenance);
        return ratio != 0 ? ratio : Maintenance.CompareTo(other.Maintenance);
    }

    /// <summary>Whether the left risk is smaller.</summary>
    public static bool operator <(SubaccountRisk left, SubaccountRisk right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left risk is greater.</summary>
    public static bool operator >(SubaccountRisk left, SubaccountRisk right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left risk is not greater.</summary>
    public static bool operator <=(SubaccountRisk left, SubaccountRisk right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left risk is not smaller.</summary>
    public static bool operator >=(SubaccountRisk left, SubaccountRisk right) => left.CompareTo(right) >= 0;
}
