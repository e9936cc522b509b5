using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// Margin, liquidation and bankruptcy prices by a table of tiers, as Binance and Aster reckon them.
/// </summary>
/// <remarks>
/// Definitions and proofs in <c>docs/math/margin.md</c>. Sums and products are checked to be exact; where a
/// decimal cannot hold one, the whole is worked out in unbounded rationals by the definition instead. A
/// quotient is the last step of a figure and is rounded once, to the nearest decimal. Where all numbers have
/// as few digits as those of a venue, the same steps are taken in scaled integers, with the same bits.
/// </remarks>
public static class MarginCalculator
{
    /// <summary>Maintenance margin of a notional: rate x notional - amount, of its tier.</summary>
    /// <param name="table">The tiers.</param>
    /// <param name="notional">In the quote asset, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The notional is negative.</exception>
    public static decimal Maintenance(TierTable table, decimal notional)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(notional);
        var isExact = true;
        ref readonly var line = ref table.Lines[table.IndexFor(notional)];
        var product = Exact.Multiply(notional, line.Rate, ref isExact);
        var margin = Exact.Subtract(product, line.Amount, ref isExact);
        return isExact ? margin : WideMargin.Maintenance(table, Ratio.Of(notional)).RoundToNearest();
    }

    /// <summary>
    /// Everything about one position. Makes no garbage where the numbers have as few digits as a venue gives;
    /// an averaged entry with as many as a decimal holds is worked out in unbounded rationals, which do.
    /// </summary>
    /// <param name="table">The tiers of its symbol.</param>
    /// <param name="position">The position.</param>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public static MarginResult Calculate(TierTable table, in MarginPosition position)
    {
        if (position.Size == 0m) throw new ArgumentException("There is no position.", nameof(position));
        return ScaledMargin.TryCalculate(table, in position, out var result)
            ? result
            : InDecimals(table, in position);
    }

    /// <summary>The calculation in decimals; in unbounded rationals where they lose a digit.</summary>
    internal static MarginResult InDecimals(TierTable table, in MarginPosition position)
    {
        var isExact = true;
        var size = Math.Abs(position.Size);
        var collateral = position.Collateral;

        var notional = Exact.Multiply(size, position.MarkPrice, ref isExact);
        var index = table.IndexFor(notional);
        ref readonly var line = ref table.Lines[index];
        var maintenance = Exact.Multiply(notional, line.Rate, ref isExact);
        maintenance = Exact.Subtract(maintenance, line.Amount, ref isExact);

        var cost = Exact.Multiply(size, position.EntryPrice, ref isExact);
        var gain = Exact.Subtract(notional, cost, ref isExact);
        var pnl = position.Size > 0m ? gain : -gain;
        var equity = Exact.Add(collateral.Wallet, collateral.OtherUnrealizedPnl, ref isExact);
        var balance = Exact.Add(equity, pnl, ref isExact);
        var total = Exact.Add(maintenance, collateral.OtherMaintenance, ref isExact);
        var liquidation = LiquidationSolver.Solve(
            table, position.Size, cost, Exact.Subtract(equity, collateral.OtherMaintenance, ref isExact),
            ref isExact);
        var bankruptcy = position.Size > 0m
            ? Exact.Subtract(cost, equity, ref isExact)
            : Exact.Add(cost, equity, ref isExact);
        if (!isExact) return WideMargin.Calculate(table, position);

        var tier = table.Tiers[index];
        return new MarginResult
        {
            Notional = notional,
            Tier = tier.Number,
            IsBeyondLastCap = notional > table.LastCap,
            Rate = line.Rate,
            Amount = line.Amount,
            Maintenance = maintenance,
            Initial = notional / position.Leverage.Value,
            UnrealizedPnl = pnl,
            MarginBalance = balance,
            MarginRatio = balance > 0m ? Quotient(total, balance) : null,
            TotalMaintenance = total,
            Liquidation = liquidation.Kind,
            LiquidationPrice = liquidation.Price,
            LiquidationTier = liquidation.Tier,
            BankruptcyPrice = Quotient(bankruptcy, size),
            MaxLeverage = tier.MaxLeverage,
            MaxNotional = table.MaxNotionalAt(position.Leverage),
        };
    }

    /// <summary>
    /// Initial margin of a position's notional at the smaller of the chosen leverage and what its tier
    /// allows; rounded once, to the nearest decimal.
    /// </summary>
    /// <param name="table">The tiers of its symbol.</param>
    /// <param name="position">The position.</param>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public static decimal LeastInitial(TierTable table, in MarginPosition position)
    {
        if (position.Size == 0m) throw new ArgumentException("There is no position.", nameof(position));
        var notional = Ratio.Of(Math.Abs(position.Size)) * Ratio.Of(position.MarkPrice);
        var least = Leverage.Min(position.Leverage, WideMargin.TierOf(table, notional).MaxLeverage);
        return (notional / Ratio.Of(least.Value)).RoundToNearest();
    }

    /// <summary>
    /// A quotient by a positive divisor, to the nearest decimal; null when a decimal cannot hold it.
    /// </summary>
    public static decimal? Quotient(decimal dividend, decimal divisor) =>
        divisor < 1m && Math.Abs(dividend) >= divisor * decimal.MaxValue ? null : dividend / divisor;

    /// <summary>The same of numbers taken apart.</summary>
    internal static decimal? Quotient(in ScaledInteger dividend, in ScaledInteger divisor) =>
        DecimalQuotient.TryOf(dividend, divisor, out var quotient)
            ? quotient
            : Quotient(dividend.ToDecimal(), divisor.ToDecimal());
}
