using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A position and its figures in words.</summary>
internal static class PositionWords
{
    private const int DistancePlaces = 4;

    /// <summary>The position in one line: <c>BTCUSDT long 100 at $50,000, 20x isolated</c>.</summary>
    public static string Of(string symbol, in MarginPosition position, MarginFormat format) =>
        $"{symbol} {SideOf(position)} {MarginFormat.Size(Math.Abs(position.Size))} at "
        + $"{format.Exactly(position.EntryPrice)}, {position.Leverage} {ModeOf(position)}"
        + (position.MarkPrice == position.EntryPrice ? "" : $", mark {format.Exactly(position.MarkPrice)}");

    /// <summary>Long or short.</summary>
    public static string SideOf(in MarginPosition position) => position.Size > 0m ? "long" : "short";

    /// <summary>Isolated or cross.</summary>
    public static string ModeOf(in MarginPosition position) =>
        position.Collateral.Mode == MarginMode.Cross ? "cross" : "isolated";

    /// <summary>Health in a word.</summary>
    public static string Of(MarginHealth health) => health switch
    {
        MarginHealth.Healthy => "healthy",
        MarginHealth.Warning => "warning",
        MarginHealth.Danger => "danger",
        MarginHealth.Liquidatable => "liquidatable",
        _ => "unknown",
    };

    /// <summary>The kind of liquidation as a stable word.</summary>
    public static string Of(LiquidationKind kind) => kind switch
    {
        LiquidationKind.AtPrice => "at-price",
        LiquidationKind.Never => "never",
        LiquidationKind.Always => "always",
        LiquidationKind.BeyondRange => "beyond-range",
        _ => "none",
    };

    /// <summary>
    /// How far a price is from the mark price, as a fraction of it with four places: rounded toward it, so
    /// that the way is never told longer than it is. Null without a price, or where the way is beyond
    /// telling.
    /// </summary>
    public static decimal? Distance(decimal? price, decimal markPrice)
    {
        return price is { } known && MarginCalculator.Quotient(known, markPrice) is { } share
            ? decimal.Round(share - 1m, DistancePlaces, MidpointRounding.ToZero)
            : null;
    }

    /// <summary>The distance in words: <c>4.28 % below the mark price</c>.</summary>
    public static string DistanceInWords(decimal? price, decimal markPrice) =>
        Distance(price, markPrice) switch
    {
        null => "farther from the mark price than can be told",
        0m => "at the mark price",
        { } way => $"{MarginFormat.RatioUp(Math.Abs(way))} {(way > 0m ? "above" : "below")} the mark price",
    };

    /// <summary>Whether an order for the position would keep the limits of the tiers.</summary>
    public static bool IsWithinLimits(in MarginResult result) =>
        !result.IsBeyondLastCap && result.Notional <= result.MaxNotional;

    /// <summary>What is wrong with the position, a line each.</summary>
    public static IEnumerable<string> Limits(
        TierTable table, Leverage leverage, MarginResult result, MarginFormat format)
    {
        if (result.IsLiquidatable)
        {
            yield return "the margin balance does not exceed the maintenance margin: the position is "
                + "liquidated";
        }

        if (result.IsBeyondLastCap)
        {
            yield return $"the notional is beyond the last cap {format.Exactly(table.LastCap)}: maintenance "
                + "goes on at the last rate, and orders that add to it are refused";
        }
        else if (result.MaxNotional == 0m)
        {
            yield return $"{leverage} is above what any tier allows; the most is "
                + $"{table.Tiers[0].MaxLeverage}, and such an order is refused";
        }
        else if (result.Notional > result.MaxNotional)
        {
            yield return $"{leverage} allows up to {format.Exactly(result.MaxNotional)} and tier "
                + $"{result.Tier} up to {result.MaxLeverage}: an order for this position is refused";
        }
    }
}
