using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// Explanations as lines of text. Prices are shown as the exchange does, to eight places, cut off.
/// </summary>
internal static class ExplanationText
{
    public static ImmutableArray<string> Of(MarginExplanation explained)
    {
        var (position, result) = (explained.Position, explained.Result);
        var isLong = position.Size > 0m;
        var size = Text(Math.Abs(position.Size));
        return
        [
            $"{explained.Symbol}, tiers of {explained.TierVersion}",
            $"{(isLong ? "long" : "short")} {size} at {Text(position.EntryPrice)}, mark "
                + $"{Text(position.MarkPrice)}, leverage {Text(position.Leverage.Value)}",
            Money(position.Collateral),
            $"notional = {size} x {Text(position.MarkPrice)} = {Text(result.Notional)}: tier {result.Tier}"
                + (result.IsBeyondLastCap ? ", beyond its cap" : string.Empty),
            $"maintenance = {Text(result.Notional)} x {Text(result.Rate)} - {Text(result.Amount)} = "
                + Text(result.Maintenance),
            $"initial = {Text(result.Notional)} / {Text(position.Leverage.Value)} = {Shown(result.Initial)}",
            $"profit = {Text(result.UnrealizedPnl)}, balance = {Text(result.MarginBalance)}, required = "
                + Text(result.TotalMaintenance),
            .. Search(explained, isLong, size),
            Outcome(explained, isLong),
        ];
    }

    public static ImmutableArray<string> Of(HedgeExplanation explained)
    {
        var (position, result) = (explained.Position, explained.Result);
        return
        [
            $"{explained.Symbol}, tiers of {explained.TierVersion}",
            $"long {Text(position.LongSize)} at {Text(position.LongEntry)}, short "
                + $"{Text(position.ShortSize)} at {Text(position.ShortEntry)}, mark "
                + $"{Text(position.MarkPrice)}, collateral {Text(position.Backing.RoundToNearest())}",
            $"maintenance = {Text(result.LongMaintenance)} + {Text(result.ShortMaintenance)}, profit = "
                + Text(result.UnrealizedPnl),
            "equity - maintenance = a + b x price, the smallest over all pairs of tiers:",
            "  a = collateral - long x entry + short x entry + amount + amount",
            "  b = long x (1 - rate) - short x (1 + rate)",
            .. Bounds(explained),
        ];
    }

    private static string Money(in MarginCollateral money) => money.Mode == MarginMode.Cross
        ? $"cross wallet {Text(money.Wallet)}, others need {Text(money.OtherMaintenance)} and have gained "
            + Text(money.OtherUnrealizedPnl)
        : $"isolated wallet {Text(money.Wallet)}";

    private static IEnumerable<string> Search(MarginExplanation explained, bool isLong, string size)
    {
        var term = explained.Terms[^1];
        var sign = isLong ? "-" : "+";
        var collateral = Text(explained.Terms[^2].Value);
        var cost = Text(explained.Terms.First(one => one.Name is "cost").Value);
        yield return $"{term.Name} = {term.Formula} = {cost} {sign} {Bracketed(collateral)} = "
            + Text(term.Value);
        yield return $"price by a tier's line = ({term.Name} {sign} amount) / (size x (1 {sign} rate)):";
        var places = explained.Candidates.Length > 9 ? 2 : 1;
        foreach (var candidate in explained.Candidates)
        {
            var number = Text(candidate.Tier.Number).PadLeft(places);
            var price = candidate.Price is { } known ? Shown(known) : "beyond all digits";
            yield return $"  tier {number}: ({Text(term.Value)} {sign} {Text(candidate.Tier.Amount)}) / "
                + $"({size} x (1 {sign} {Text(candidate.Tier.Rate)})) = {price}"
                + (candidate.Binds ? $" <- the {(isLong ? "highest" : "lowest")}" : string.Empty);
        }
    }

    private static string Outcome(MarginExplanation explained, bool isLong)
    {
        var result = explained.Result;
        return result.Liquidation switch
        {
            LiquidationKind.AtPrice =>
                $"liquidated at {Shown(result.LiquidationPrice!.Value)} or {(isLong ? "below" : "above")}, "
                + $"in tier {result.LiquidationTier}",
            LiquidationKind.Never => "never liquidated: the collateral covers a price of zero",
            LiquidationKind.Always => "liquidated at every price: the collateral is gone",
            LiquidationKind.BeyondRange => "liquidated at a price with more digits than can be shown",
            _ => "not reckoned",
        };
    }

    private static IEnumerable<string> Bounds(HedgeExplanation explained)
    {
        if (explained.Result.IsLostEverywhere)
        {
            yield return "liquidated at every price: the collateral is gone";
            yield break;
        }

        yield return Bound("below", explained.Lower) ?? "no price below liquidates it";
        yield return Bound("above", explained.Upper) ?? "no price above liquidates it";
    }

    private static string? Bound(string direction, HedgeLine? line) => line is { } found
        ? $"liquidated {direction} {Shown(found.Bound.Price)}: long in tier {found.Bound.LongTier}, short in "
            + $"tier {found.Bound.ShortTier}, a = {Text(found.Constant)}, b = {Text(found.Slope)}"
        : null;

    private static string Bracketed(string number) =>
        number.StartsWith('-') ? $"({number})" : number;

    private static string Text(decimal value) => Decimals.Text(value);

    private static string Shown(decimal value) => Decimals.Text(MarginRounding.Shown(value));
}
