using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>Where one position is liquidated.</summary>
/// <param name="Kind">Whether there is a price.</param>
/// <param name="Price">The price; null without one.</param>
/// <param name="Tier">The tier of the notional there; 0 without one.</param>
internal readonly record struct LiquidationPoint(LiquidationKind Kind, decimal? Price, int Tier);

/// <summary>
/// The liquidation price of a position that stands alone or beside positions that do not move.
/// </summary>
/// <remarks>
/// Equity equals maintenance where N - MM(N) = cost - collateral for a long, N + MM(N) = cost + collateral
/// for a short, N being the notional there. The tier is the last one whose value at the floor lies below; one
/// division gives the price. Proof in <c>docs/math/margin.md</c>.
/// </remarks>
internal static class LiquidationSolver
{
    /// <param name="table">The tiers.</param>
    /// <param name="size">Signed size.</param>
    /// <param name="cost">Size without its sign x entry price.</param>
    /// <param name="collateral">Wallet + profit of others - maintenance of others.</param>
    /// <param name="isExact">Cleared when a digit was lost.</param>
    public static LiquidationPoint Solve(
        TierTable table, decimal size, decimal cost, decimal collateral, ref bool isExact) =>
        size > 0m
            ? Long(table, size, Exact.Subtract(cost, collateral, ref isExact), ref isExact)
            : Short(table, -size, Exact.Add(cost, collateral, ref isExact), ref isExact);

    /// <summary>The same in scaled integers.</summary>
    /// <param name="table">The tiers.</param>
    /// <param name="isLong">Which way the position goes.</param>
    /// <param name="size">Size without its sign.</param>
    /// <param name="debt">Cost - collateral for a long, cost + collateral for a short; not zero.</param>
    /// <param name="fits">Cleared when a number does not fit.</param>
    public static LiquidationPoint Solve(
        TierTable table, bool isLong, in ScaledInteger size, in ScaledInteger debt, ref bool fits)
    {
        if (debt.IsNegative) return new(isLong ? LiquidationKind.Never : LiquidationKind.Always, null, 0);
        var index = table.LiquidationIndexFor(isLong, debt.ToDecimal(), debt.Estimate);
        ref readonly var line = ref table.Lines[index];
        var dividend = isLong
            ? ScaledInteger.Subtract(debt, line.ScaledAmount, ref fits)
            : ScaledInteger.Add(debt, line.ScaledAmount, ref fits);
        var divisor = ScaledInteger.Multiply(size, isLong ? line.LongShare : line.ShortShare, ref fits);
        return fits ? Point(MarginCalculator.Quotient(in dividend, in divisor), index) : default;
    }

    private static LiquidationPoint Long(TierTable table, decimal size, decimal debt, ref bool isExact)
    {
        if (debt <= 0m) return new(LiquidationKind.Never, null, 0);
        var index = table.LiquidationIndexFor(isLong: true, debt, (double)debt);
        ref readonly var line = ref table.Lines[index];
        var dividend = Exact.Subtract(debt, line.Amount, ref isExact);
        var divisor = Exact.Multiply(size, 1m - line.Rate, ref isExact);
        return Point(MarginCalculator.Quotient(dividend, divisor), index);
    }

    private static LiquidationPoint Short(TierTable table, decimal size, decimal worth, ref bool isExact)
    {
        if (worth <= 0m) return new(LiquidationKind.Always, null, 0);
        var index = table.LiquidationIndexFor(isLong: false, worth, (double)worth);
        ref readonly var line = ref table.Lines[index];
        var dividend = Exact.Add(worth, line.Amount, ref isExact);
        var divisor = Exact.Multiply(size, 1m + line.Rate, ref isExact);
        return Point(MarginCalculator.Quotient(dividend, divisor), index);
    }

    private static LiquidationPoint Point(decimal? price, int index) => price is null
        ? new(LiquidationKind.BeyondRange, null, index + 1)
        : new(LiquidationKind.AtPrice, price, index + 1);
}
