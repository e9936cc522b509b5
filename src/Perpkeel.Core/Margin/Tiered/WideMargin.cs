using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// The same figures as <see cref="MarginCalculator"/> in unbounded rationals, by the definitions: margin is
/// the largest of the table's lines, and the liquidation price the largest (long) or smallest (short) of the
/// prices that the lines give. Slow, for numbers whose digits a decimal cannot hold.
/// </summary>
internal static class WideMargin
{
    public static Ratio Maintenance(TierTable table, Ratio notional)
    {
        var margin = Ratio.Of(0m);
        foreach (ref readonly var line in table.Lines)
        {
            var candidate = (notional * Ratio.Of(line.Rate)) - Ratio.Of(line.Amount);
            if (margin.IsBelow(candidate)) margin = candidate;
        }

        return margin;
    }

    public static MarginResult Calculate(TierTable table, in MarginPosition position)
    {
        var collateral = position.Collateral;
        var size = Ratio.Of(Math.Abs(position.Size));
        var notional = size * Ratio.Of(position.MarkPrice);
        var cost = size * Ratio.Of(position.EntryPrice);
        var pnl = position.Size > 0m ? notional - cost : cost - notional;
        var equity = Ratio.Of(collateral.Wallet) + Ratio.Of(collateral.OtherUnrealizedPnl);
        var balance = equity + pnl;
        var maintenance = Maintenance(table, notional);
        var others = Ratio.Of(collateral.OtherMaintenance);
        var total = maintenance + others;
        var bankruptcy = (position.Size > 0m ? cost - equity : cost + equity) / size;
        var liquidation = Liquidation(table, position.Size, cost, equity - others);
        var tier = TierOf(table, notional);
        return new MarginResult
        {
            Notional = notional.RoundToNearest(),
            Tier = tier.Number,
            IsBeyondLastCap = Ratio.Of(table.LastCap).IsBelow(notional),
            Rate = tier.Rate,
            Amount = tier.Amount,
            Maintenance = maintenance.RoundToNearest(),
            Initial = (notional / Ratio.Of(position.Leverage.Value)).RoundToNearest(),
            UnrealizedPnl = pnl.RoundToNearest(),
            MarginBalance = balance.RoundToNearest(),
            MarginRatio = Ratio.Of(0m).IsBelow(balance) ? Nearest(total / balance) : null,
            TotalMaintenance = total.RoundToNearest(),
            Liquidation = liquidation.Kind,
            LiquidationPrice = liquidation.Price,
            LiquidationTier = liquidation.Tier,
            BankruptcyPrice = Nearest(bankruptcy),
            MaxLeverage = tier.MaxLeverage,
            MaxNotional = table.MaxNotionalAt(position.Leverage),
        };
    }

    private static LiquidationPoint Liquidation(
        TierTable table, decimal signedSize, Ratio cost, Ratio collateral)
    {
        var isLong = signedSize > 0m;
        var size = Ratio.Of(Math.Abs(signedSize));
        var worth = isLong ? cost - collateral : cost + collateral;
        if (!Ratio.Of(0m).IsBelow(worth))
        {
            return new(isLong ? LiquidationKind.Never : LiquidationKind.Always, null, 0);
        }

        Ratio? bound = null;
        foreach (ref readonly var line in table.Lines)
        {
            var rate = Ratio.Of(line.Rate);
            var amount = Ratio.Of(line.Amount);
            var notional = isLong
                ? (worth - amount) / (Ratio.Of(1m) - rate)
                : (worth + amount) / (Ratio.Of(1m) + rate);
            if (bound is not { } kept || (isLong ? kept.IsBelow(notional) : notional.IsBelow(kept)))
            {
                bound = notional;
            }
        }

        var tier = TierOf(table, bound!.Value).Number;
        return Nearest(bound.Value / size) is { } price
            ? new(LiquidationKind.AtPrice, price, tier)
            : new(LiquidationKind.BeyondRange, null, tier);
    }

    public static MarginTier TierOf(TierTable table, Ratio notional)
    {
        foreach (var tier in table.Tiers)
        {
            if (!Ratio.Of(tier.Cap).IsBelow(notional)) return tier;
        }

        return table.Tiers[^1];
    }

    private static decimal? Nearest(Ratio value) => value.TryRoundToNearest(out var rounded) ? rounded : null;
}
