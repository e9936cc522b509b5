using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A position and its figures in words.</summary>
internal static class PositionWords
{
    private const int DistancePlaces = 8;
    private const int PercentPlaces = 4;

    /// <summary>From ten times the mark price on, times are told instead of percent.</summary>
    private const decimal Multiple = 9m;

    /// <summary>From a million times the mark price on, no figure is told.</summary>
    private const decimal Far = 999_999m;

    /// <summary>The position in one line: <c>BTCUSDT long 100 at $50,000, 20x isolated</c>.</summary>
    public static string Of(string symbol, in MarginPosition position, MarginFormat format) =>
        $"{symbol} {SideOf(position)} {MarginFormat.Size(Math.Abs(position.Size))} at "
        + $"{format.Exactly(position.EntryPrice)}, {position.Leverage} {ModeOf(position)}"
        + (position.MarkPrice == position.EntryPrice ? "" : $", mark {format.Exactly(position.MarkPrice)}");

    /// <summary>
    /// Both legs of hedge mode: <c>BTCUSDT long 4 at $50,000, short 3 at $51,000, 20x cross, mark …</c>.
    /// </summary>
    public static string Of(string symbol, in HedgePosition hedge, Leverage leverage, MarginFormat format) =>
        $"{symbol} long {MarginFormat.Size(hedge.LongSize)} at {format.Exactly(hedge.LongEntry)}, short "
        + $"{MarginFormat.Size(hedge.ShortSize)} at {format.Exactly(hedge.ShortEntry)}, {leverage} cross, "
        + $"mark {format.Exactly(hedge.MarkPrice)}";

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
    /// Whether there is a bankruptcy price, in the words of liquidation: a long's may lie below zero, and
    /// nothing may be left to a short at any price.
    /// </summary>
    public static LiquidationKind BankruptcyOf(in MarginPosition position, in MarginResult result) =>
        result.BankruptcyPrice switch
        {
            null => LiquidationKind.BeyondRange,
            > 0m => LiquidationKind.AtPrice,
            _ => position.Size > 0m ? LiquidationKind.Never : LiquidationKind.Always,
        };

    /// <summary>
    /// How far a price is from the mark price, as a fraction of it with eight places: rounded toward it, so
    /// that the way is never told longer than it is. Null without a price, or where the way is beyond
    /// telling.
    /// </summary>
    public static decimal? Distance(decimal? price, decimal markPrice)
    {
        return price is { } known && MarginCalculator.Quotient(known, markPrice) is { } share
            ? decimal.Round(share - 1m, DistancePlaces, MidpointRounding.ToZero)
            : null;
    }

    /// <summary>A distance without its sign, in percent with two places, never longer than it is.</summary>
    public static string Percent(decimal distance)
    {
        var shown = decimal.Round(Math.Abs(distance), PercentPlaces, MidpointRounding.ToZero);
        return shown == 0m && distance != 0m ? "less than 0.01 %" : MarginFormat.RatioUp(shown);
    }

    /// <summary>
    /// The distance in words: <c>4.28 % below the mark price</c>, or <c>10.9 times the mark price</c>.
    /// </summary>
    public static string DistanceInWords(decimal price, decimal markPrice)
    {
        if (price == markPrice) return "at the mark price";
        var side = price > markPrice ? "above" : "below";
        return Distance(price, markPrice) switch
        {
            null or >= Far => $"far {side} the mark price",
            0m => $"less than 0.01 % {side} the mark price",
            >= Multiple => $"{Times(price / markPrice)} times the mark price",
            { } way => $"{Percent(way)} {side} the mark price",
        };
    }

    /// <summary>All digits of a price, where it is shown with fewer.</summary>
    public static (string Name, string Value)? ExactRow(decimal price, MarginFormat format) =>
        format.PriceUp(price).Equals(format.PriceDown(price), StringComparison.Ordinal)
            ? null
            : ("  exactly", format.Exactly(price));

    private static string Times(decimal ratio) =>
        MarginFormat.Size(decimal.Round(ratio, 1, MidpointRounding.ToZero));
}
