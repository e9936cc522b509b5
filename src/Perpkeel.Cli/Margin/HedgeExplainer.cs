using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>Tells where the figures of both legs of hedge mode come from.</summary>
internal sealed class HedgeExplainer(
    Surroundings surroundings, TierConfiguration tiers, PositionRequest request)
{
    /// <summary>Tells it.</summary>
    public void Tell(HedgeExplanation explained)
    {
        var format = QuoteAsset.FormatOf(tiers);
        var (hedge, result) = (explained.Position, explained.Result);
        var money = hedge.Collateral;
        var text = new ExplainedText(surroundings.Out);
        text.Begin(
            PositionWords.Of(tiers.Symbol, hedge, request.Position.Leverage, format), tiers, request);
        text.Heading("What follows from what");
        text.Term(
            "maintenance",
            $"that of the long + that of the short = {format.Exactly(result.LongMaintenance)} + "
            + format.Exactly(result.ShortMaintenance),
            format.Exactly(result.LongMaintenance + result.ShortMaintenance));
        text.Term(
            "profit", "long x (mark - its entry) - short x (mark - its entry)",
            format.Exactly(result.UnrealizedPnl));
        text.Term(
            "collateral", "wallet + profit of others - maintenance of others",
            format.Exactly(money.Wallet + money.OtherUnrealizedPnl - money.OtherMaintenance));
        text.Heading("Equity less maintenance is a + b x price, the smallest over all pairs of tiers");
        text.Line("a = collateral - long x entry + short x entry + both amounts");
        text.Line("b = long x (1 - its rate) - short x (1 + its rate)");
        text.Heading("The position is liquidated where that is zero");
        if (result.IsLostEverywhere)
        {
            text.Line("at every price: what backs the legs is gone");
            return;
        }

        var table = new TextTable("<", "price", "long in tier", "short in tier", "a", "b");
        Add(table, "below", explained.Lower, format);
        Add(table, "above", explained.Upper, format);
        table.Write(surroundings);
    }

    private static void Add(TextTable table, string where, HedgeLine? line, MarginFormat format)
    {
        if (line is { } found)
        {
            table.Add(
                isMarked: false, where, format.LiquidationPrice(found.Bound.Price, found.Bound.Side),
                $"{found.Bound.LongTier}", $"{found.Bound.ShortTier}", format.Exactly(found.Constant),
                MarginFormat.Size(found.Slope));
        }
        else
        {
            table.Add(isMarked: false, where, "none", "", "", "", "");
        }
    }
}
