using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>How far what is reckoned by tiers is geared, and how far it is from liquidation.</summary>
/// <remarks>
/// Exchanges with tiers liquidate when maintenance margin over margin balance reaches 100 %: equal is
/// liquidatable. The steps before that are those of <see cref="LeverageInfo"/>. Ratios are rounded once, to
/// the nearest decimal; health by amounts is not rounded at all.
/// </remarks>
public static class TieredHealth
{
    /// <summary>The health of a margin balance beside a maintenance margin.</summary>
    public static MarginHealth Of(decimal maintenance, decimal balance) =>
        maintenance <= 0m ? MarginHealth.Healthy
        : balance <= maintenance ? MarginHealth.Liquidatable
        : balance < LeverageInfo.DangerMultiple * maintenance ? MarginHealth.Danger
        : balance < LeverageInfo.WarningMultiple * maintenance ? MarginHealth.Warning
        : MarginHealth.Healthy;

    /// <summary>Leverage and ratios of one position, or of all that its money backs.</summary>
    /// <param name="result">The position's figures.</param>
    /// <param name="otherNotional">
    /// Notional of the other cross positions without their signs; zero for an isolated one.
    /// </param>
    /// <param name="asOf">When prices and positions were so.</param>
    /// <exception cref="ArgumentOutOfRangeException">The other notional is negative.</exception>
    public static LeverageInfo LeverageOf(in MarginResult result, decimal otherNotional, DateTimeOffset asOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(otherNotional);
        return LeverageOf(
            result.MaxLeverage, result.MarginBalance, result.Notional + otherNotional,
            result.TotalMaintenance, asOf);
    }

    /// <summary>Leverage and ratios of sums over positions that the same money backs.</summary>
    /// <param name="max">Greatest leverage allowed.</param>
    /// <param name="equity">Wallet + unrealised profit.</param>
    /// <param name="notional">Notional of all positions without their signs.</param>
    /// <param name="maintenance">Maintenance margin of all positions.</param>
    /// <param name="asOf">When prices and positions were so.</param>
    /// <returns>
    /// Leverage and ratios; all zero without a notional. Positions on no equity have no leverage in numbers:
    /// <see cref="decimal.MaxValue"/> stands for it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">Notional or maintenance is negative.</exception>
    public static LeverageInfo LeverageOf(
        Leverage max, decimal equity, decimal notional, decimal maintenance, DateTimeOffset asOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(notional);
        ArgumentOutOfRangeException.ThrowIfNegative(maintenance);
        var isFlat = notional == 0m;
        return new LeverageInfo
        {
            Max = max,
            Current = isFlat ? default
                : new Leverage(equity > 0m ? Over(notional, equity) : decimal.MaxValue),
            MarginRatio = isFlat ? 0m : Over(equity, notional),
            MaintenanceMarginRatio = isFlat ? 0m : Over(maintenance, notional),
            AsOf = asOf,
            IsLiquidatedWhenEqual = true,
        };
    }

    /// <summary>The quotient by a positive divisor; the outermost decimal where none can hold it.</summary>
    private static decimal Over(decimal dividend, decimal divisor) =>
        MarginCalculator.Quotient(dividend, divisor)
            ?? (dividend < 0m ? decimal.MinValue : decimal.MaxValue);
}
