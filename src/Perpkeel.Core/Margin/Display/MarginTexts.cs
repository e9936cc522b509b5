using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Display;

/// <summary>
/// What each figure of a position's margin means, in a sentence or two with the position's own numbers; for
/// tooltips and for people who ask why.
/// </summary>
public sealed record MarginTexts
{
    private MarginTexts()
    {
    }

    /// <summary>Which tier the position is in, and what that tier covers.</summary>
    public required string Tier { get; init; }

    /// <summary>The maintenance margin rate.</summary>
    public required string Rate { get; init; }

    /// <summary>The maintenance amount.</summary>
    public required string Amount { get; init; }

    /// <summary>The maintenance margin, reckoned.</summary>
    public required string Maintenance { get; init; }

    /// <summary>The initial margin, reckoned.</summary>
    public required string Initial { get; init; }

    /// <summary>The margin ratio.</summary>
    public required string Ratio { get; init; }

    /// <summary>The liquidation price, or why there is none.</summary>
    public required string LiquidationPrice { get; init; }

    /// <summary>The bankruptcy price, or why there is none.</summary>
    public required string BankruptcyPrice { get; init; }

    /// <summary>How far the next tier is.</summary>
    public required string NextTier { get; init; }

    /// <summary>What it means to lie beyond the last cap; null within the table.</summary>
    public required string? BeyondLastCap { get; init; }

    /// <summary>The texts for a position.</summary>
    /// <param name="table">The tiers of its symbol.</param>
    /// <param name="position">The position.</param>
    /// <param name="format">How amounts are written.</param>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public static MarginTexts Of(TierTable table, in MarginPosition position, MarginFormat format)
    {
        var result = MarginCalculator.Calculate(table, position);
        var next = NextThreshold.Of(table, position.Size, position.MarkPrice);
        return new MarginTexts
        {
            Tier = TierText(table, next.Tier.Tier, format),
            Rate = $"Tier {result.Tier} asks for {MarginFormat.Rate(result.Rate)} of the notional as "
                + "maintenance margin, less the maintenance amount.",
            Amount = result.Amount == 0m
                ? "Nothing is taken off in the first tier."
                : $"{format.Exactly(result.Amount)} is taken off, because the part of the notional in lower "
                    + "tiers has lower rates. So the margin has no step where a tier begins.",
            Maintenance = MaintenanceText(position, result, format),
            Initial = $"{format.Requirement(result.Notional)} at {position.Leverage} ties up "
                + $"{format.Requirement(result.Initial)}.",
            Ratio = RatioText(result, format),
            LiquidationPrice = LiquidationText(position, result, format),
            BankruptcyPrice = BankruptcyText(position, result, format),
            NextTier = NextText(next, format),
            BeyondLastCap = result.IsBeyondLastCap ? BeyondText(table, next, format) : null,
        };
    }

    private static string TierText(TierTable table, MarginTier tier, MarginFormat format) =>
        $"Tier {tier.Number} of {table.Tiers.Length} is for notionals above {format.Exactly(tier.Floor)}, up "
        + $"to {format.Exactly(tier.Cap)}. Positions there may be opened with up to {tier.MaxLeverage}.";

    private static string MaintenanceText(
        in MarginPosition position, in MarginResult result, MarginFormat format)
    {
        var amount = result.Amount == 0m ? string.Empty : $" - {format.Exactly(result.Amount)}";
        var own = $"{format.Requirement(result.Notional)} x {MarginFormat.Rate(result.Rate)}{amount} = "
            + $"{format.Requirement(result.Maintenance)}.";
        return position.Collateral.Mode == MarginMode.Cross && result.TotalMaintenance != result.Maintenance
            ? $"{own} All cross positions together need {format.Requirement(result.TotalMaintenance)}."
            : $"{own} The position is liquidated when its margin balance is no more than that.";
    }

    private static string RatioText(in MarginResult result, MarginFormat format) =>
        result.MarginRatio is null
            ? $"The margin balance is {format.Collateral(result.MarginBalance)}: nothing covers the "
                + $"maintenance margin of {format.Requirement(result.TotalMaintenance)}. It is liquidated."
            : $"{format.Requirement(result.TotalMaintenance)} maintenance margin over "
                + $"{format.Collateral(result.MarginBalance)} margin balance is "
                + $"{MarginFormat.RatioUp(result.MarginRatio)}. It is liquidated at 100 %.";

    private static string LiquidationText(
        in MarginPosition position, in MarginResult result, MarginFormat format) =>
        result.Liquidation switch
        {
            LiquidationKind.AtPrice =>
                "At a mark price of "
                + $"{format.LiquidationPrice(result.LiquidationPrice, position.Size)} the margin balance is "
                + "no more than the maintenance margin, other prices unchanged. The notional lies in tier "
                + $"{result.LiquidationTier} there.",
            LiquidationKind.Never =>
                "There is none: what backs this long covers it down to a price of zero.",
            LiquidationKind.Always =>
                "There is none: what backs this short is gone at every price, and it is liquidated now.",
            _ => "There is one, but it has more digits than can be shown.",
        };

    private static string BankruptcyText(
        in MarginPosition position, in MarginResult result, MarginFormat format) =>
        result.BankruptcyPrice switch
        {
            null => "There is one, but it has more digits than can be shown.",
            > 0m => "At a mark price of "
                + $"{format.LiquidationPrice(result.BankruptcyPrice, position.Size)} nothing is left of the "
                + "margin balance.",
            _ => position.Size > 0m
                ? "There is none: no price above zero uses up the margin balance of this long."
                : "There is none: the margin balance of this short is gone at every price.",
        };

    private static string NextText(NextThreshold next, MarginFormat format)
    {
        if (next.Up is not { } up)
        {
            var back = next.Down!;
            return $"There is none: the table ends at {format.Exactly(back.Boundary)}.";
        }

        var way = $"{format.Collateral(up.Notional)} more notional, {MarginFormat.Size(Shown(up.Size))} more "
            + $"base units at this mark price, or a mark price of {format.PriceDown(up.Price)} at this size";
        return up.Tier is { } tier
            ? $"Tier {tier.Number} with {MarginFormat.Rate(tier.Rate)} and at most {tier.MaxLeverage} begins "
                + $"above {format.Exactly(up.Boundary)}: {way}."
            : $"This is the last tier. It ends at {format.Exactly(up.Boundary)}: {way}. New orders beyond "
                + "that are refused.";
    }

    private static string BeyondText(TierTable table, NextThreshold next, MarginFormat format) =>
        $"The notional is {format.Requirement(next.Down!.Notional)} beyond {format.Exactly(table.LastCap)}, "
        + "where the last tier ends. Margin goes on at "
        + $"{MarginFormat.Rate(table.Tiers[^1].Rate)}; orders that add to the position are refused.";

    /// <summary>A size with eight places, rounded down.</summary>
    private static decimal Shown(decimal size) => decimal.Round(size, 8, MidpointRounding.ToNegativeInfinity);
}
