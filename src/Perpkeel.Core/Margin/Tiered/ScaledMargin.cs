using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// The same figures as <see cref="MarginCalculator"/>, bit for bit, in scaled integers: for positions whose
/// sums and products fit 96 bits, which is what prices and sizes of a venue give. Anything else is refused.
/// </summary>
/// <remarks>Every step is the calculator's, in its order; a property test compares the two.</remarks>
internal static class ScaledMargin
{
    /// <summary>Everything about one position; false when a number does not fit, or a sum is zero.</summary>
    public static bool TryCalculate(TierTable table, in MarginPosition position, out MarginResult result)
    {
        var fits = true;
        var isLong = decimal.IsPositive(position.Size);
        var size = ScaledInteger.Of(Math.Abs(position.Size));
        var collateral = position.Collateral;
        var others = ScaledInteger.Of(collateral.OtherMaintenance);
        var notional = ScaledInteger.Multiply(size, ScaledInteger.Of(position.MarkPrice), ref fits);
        var cost = ScaledInteger.Multiply(size, ScaledInteger.Of(position.EntryPrice), ref fits);
        var equity = ScaledInteger.Add(
            ScaledInteger.Of(collateral.Wallet), ScaledInteger.Of(collateral.OtherUnrealizedPnl), ref fits);
        var gain = ScaledInteger.Subtract(notional, cost, ref fits);
        var pnl = isLong ? gain : gain.Negated();
        var balance = ScaledInteger.Add(equity, pnl, ref fits);
        var free = ScaledInteger.Subtract(equity, others, ref fits);
        var debt = isLong
            ? ScaledInteger.Subtract(cost, free, ref fits)
            : ScaledInteger.Add(cost, free, ref fits);
        var bankruptcy = isLong
            ? ScaledInteger.Subtract(cost, equity, ref fits)
            : ScaledInteger.Add(cost, equity, ref fits);
        result = default;
        if (!fits) return false;

        var exactNotional = notional.ToDecimal();
        var index = table.IndexFor(exactNotional, notional.Estimate);
        ref readonly var line = ref table.Lines[index];
        var maintenance = ScaledInteger.Subtract(
            ScaledInteger.Multiply(notional, line.ScaledRate, ref fits), line.ScaledAmount, ref fits);
        var total = ScaledInteger.Add(maintenance, others, ref fits);
        var liquidation = LiquidationSolver.Solve(table, isLong, in size, in debt, ref fits);
        if (!fits) return false;

        var tier = table.Tiers[index];
        result = new MarginResult
        {
            Notional = exactNotional,
            Tier = tier.Number,
            IsBeyondLastCap = table.IsBeyondLastCap(exactNotional, index),
            Rate = line.Rate,
            Amount = line.Amount,
            Maintenance = maintenance.ToDecimal(),
            Initial = exactNotional / position.Leverage.Value,
            UnrealizedPnl = pnl.ToDecimal(),
            MarginBalance = balance.ToDecimal(),
            MarginRatio = balance.IsNegative ? null : MarginCalculator.Quotient(in total, in balance),
            TotalMaintenance = total.ToDecimal(),
            Liquidation = liquidation.Kind,
            LiquidationPrice = liquidation.Price,
            LiquidationTier = liquidation.Tier,
            BankruptcyPrice = MarginCalculator.Quotient(in bankruptcy, in size),
            MaxLeverage = tier.MaxLeverage,
            MaxNotional = table.MaxNotionalAt(position.Leverage),
        };
        return true;
    }
}
