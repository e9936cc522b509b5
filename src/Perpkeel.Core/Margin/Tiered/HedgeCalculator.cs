using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>Margin and both liquidation prices of a long and a short of one symbol on one wallet.</summary>
/// <remarks>
/// Each leg has its own tier. Equity less maintenance is the smallest of one line for each pair of tiers:
/// a + b x price with a = collateral - long x entry + short x entry + both amounts and
/// b = long x (1 - rate) - short x (1 + rate). Rising lines bound the price from below, falling ones from
/// above. Equal is liquidated already: where a line is zero at every price, or both bounds are one price, no
/// price is left; nor where only prices that no decimal holds are left. Reckoned in unbounded rationals:
/// there are few hedged positions and many pairs. Proof in <c>docs/math/margin.md</c>.
/// </remarks>
public static class HedgeCalculator
{
    private static readonly Ratio Zero = Ratio.Of(0m);
    private static readonly Ratio One = Ratio.Of(1m);

    /// <summary>Everything about a hedged position.</summary>
    /// <param name="table">The tiers of its symbol.</param>
    /// <param name="position">Both legs.</param>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public static HedgeResult Calculate(TierTable table, in HedgePosition position)
    {
        if (position.LongSize == 0m) throw new ArgumentException("There is no position.", nameof(position));
        var longSize = Ratio.Of(position.LongSize);
        var shortSize = Ratio.Of(position.ShortSize);
        var mark = Ratio.Of(position.MarkPrice);
        var start = position.Backing - (longSize * Ratio.Of(position.LongEntry))
            + (shortSize * Ratio.Of(position.ShortEntry));
        var bounds = new Bounds();
        for (var i = 0; i < table.Lines.Length; i++)
        {
            for (var j = 0; j < table.Lines.Length; j++)
            {
                Take(table.Lines[i], table.Lines[j], longSize, shortSize, start, ref bounds);
            }
        }

        var isLost = bounds.IsEmpty
            || (bounds.Lower is { } low && bounds.Upper is { } high && !low.IsBelow(high))
            || (bounds.Upper is { } top && !Zero.IsBelow(top))
            || (bounds.Lower is { } end && Zero.IsBelow(end) && !end.TryRoundToNearest(out _));
        var longNotional = longSize * mark;
        var shortNotional = shortSize * mark;
        var longMaintenance = WideMargin.Maintenance(table, longNotional);
        var shortMaintenance = WideMargin.Maintenance(table, shortNotional);
        var collateral = position.Collateral;
        var total = longMaintenance + shortMaintenance + Ratio.Of(collateral.OtherMaintenance);
        var pnl = (longSize * (mark - Ratio.Of(position.LongEntry)))
            - (shortSize * (mark - Ratio.Of(position.ShortEntry)));
        var balance = Ratio.Of(collateral.Wallet) + Ratio.Of(collateral.OtherUnrealizedPnl) + pnl;
        return new HedgeResult
        {
            LongNotional = longNotional.RoundToNearest(),
            LongTier = WideMargin.TierOf(table, longNotional).Number,
            LongMaintenance = longMaintenance.RoundToNearest(),
            ShortNotional = shortNotional.RoundToNearest(),
            ShortTier = WideMargin.TierOf(table, shortNotional).Number,
            ShortMaintenance = shortMaintenance.RoundToNearest(),
            UnrealizedPnl = pnl.RoundToNearest(),
            TotalMaintenance = total.RoundToNearest(),
            MarginBalance = balance.RoundToNearest(),
            MarginRatio = Zero.IsBelow(balance) && (total / balance).TryRoundToNearest(out var ratio)
                ? ratio
                : null,
            Lower = isLost ? null : BoundAt(table, longSize, shortSize, bounds.Lower, Side.Buy),
            Upper = isLost ? null : BoundAt(table, longSize, shortSize, bounds.Upper, Side.Sell),
            IsLostEverywhere = isLost,
        };
    }

    private static void Take(
        in TierLine longLine, in TierLine shortLine, Ratio longSize, Ratio shortSize, Ratio start,
        ref Bounds bounds)
    {
        var constant = start + Ratio.Of(longLine.Amount) + Ratio.Of(shortLine.Amount);
        var slope = (longSize * (One - Ratio.Of(longLine.Rate)))
            - (shortSize * (One + Ratio.Of(shortLine.Rate)));
        if (slope.IsZero)
        {
            bounds.IsEmpty |= !Zero.IsBelow(constant);
        }
        else if (Zero.IsBelow(slope))
        {
            var price = (Zero - constant) / slope;
            if (bounds.Lower is not { } kept || kept.IsBelow(price)) bounds.Lower = price;
        }
        else
        {
            var price = constant / (Zero - slope);
            if (bounds.Upper is not { } kept || price.IsBelow(kept)) bounds.Upper = price;
        }
    }

    private static HedgeBound? BoundAt(
        TierTable table, Ratio longSize, Ratio shortSize, Ratio? price, Side side) =>
        price is { } exact && Zero.IsBelow(exact) && exact.TryRoundToNearest(out var rounded)
            ? new HedgeBound(
                rounded, side, WideMargin.TierOf(table, longSize * exact).Number,
                WideMargin.TierOf(table, shortSize * exact).Number)
            : null;

    private struct Bounds
    {
        public Ratio? Lower;
        public Ratio? Upper;
        public bool IsEmpty;
    }
}
