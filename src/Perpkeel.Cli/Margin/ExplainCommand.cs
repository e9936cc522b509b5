using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>Carries out <c>perpkeel margin explain</c>.</summary>
internal sealed class ExplainCommand(Surroundings surroundings)
{
    /// <summary>Explains; gives the exit code.</summary>
    public int Execute(PositionRequest request, string? tiers, bool json)
    {
        if (!TierChoice.Open(tiers).TryGet(out var book, out var wrong)
            || !TierChoice.Find(book, request.Symbol).TryGet(out var found, out wrong))
        {
            surroundings.Complain(wrong.Lines);
            return ExitCode.Failed;
        }

        if (json)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(
                ExplainAnswer.Of(found, request), MarginJson.Default.ExplainAnswer));
        }
        else if (request.Hedge is { } hedge)
        {
            new HedgeExplainer(surroundings, found, request).Tell(HedgeExplanation.Explain(found, hedge));
        }
        else
        {
            Tell(found, request);
        }

        return ExitCode.Ok;
    }

    private void Tell(TierConfiguration tiers, PositionRequest request)
    {
        var format = QuoteAsset.FormatOf(tiers);
        var explained = MarginExplanation.Explain(tiers, request.Position);
        var text = new ExplainedText(surroundings.Out);
        text.Begin(PositionWords.Of(tiers.Symbol, request.Position, format), tiers, request);
        text.Heading("What follows from what");
        foreach (var term in explained.Terms)
        {
            text.Term(term.Name, term.Formula, format.Exactly(term.Value));
        }

        if (explained.Result.LiquidationPrice is { } price)
        {
            var formula = request.Position.Size > 0m
                ? "(debt - amount) / (size x (1 - rate))"
                : "(worth + amount) / (size x (1 + rate))";
            text.Term(
                "liquidation", $"{formula} of tier {explained.Result.LiquidationTier}",
                format.Exactly(price));
        }

        text.Heading("Maintenance margin, each tier's rate on the part of the notional in it");
        Maintenance(TierBreakdown.Of(tiers.Table, explained.Result.Notional), format).Write(surroundings);
        text.Heading(request.Position.Size > 0m
            ? "Liquidation price by each tier's line; the highest is where the position is liquidated"
            : "Liquidation price by each tier's line; the lowest is where the position is liquidated");
        Candidates(explained, format).Write(surroundings);
        text.Heading("In words");
        foreach (var line in Words(MarginTexts.Of(tiers.Table, request.Position, format)))
        {
            surroundings.Out.WriteLine(line);
        }
    }

    private static TextTable Maintenance(TierBreakdown breakdown, MarginFormat format)
    {
        var table = new TextTable("tier", "above", "up to", "part", "rate", "margin");
        foreach (var slice in breakdown.Slices)
        {
            table.Add(
                isMarked: false, $"{slice.Tier.Number}", format.Exactly(slice.Tier.Floor),
                format.Exactly(slice.Tier.Cap), format.Exactly(slice.Part),
                MarginFormat.Rate(slice.Tier.Rate), format.Exactly(slice.Maintenance));
        }

        table.Add(
            isMarked: false, "sum", "", "", format.Exactly(breakdown.Notional),
            $"{MarginFormat.RatioUp(breakdown.AverageRate)} on average",
            format.Exactly(breakdown.Maintenance));
        return table;
    }

    private static TextTable Candidates(MarginExplanation explained, MarginFormat format)
    {
        var table = new TextTable("tier", "above", "up to", "rate", "amount", "price");
        foreach (var candidate in explained.Candidates)
        {
            var tier = candidate.Tier;
            table.Add(
                candidate.Binds, $"{tier.Number}", format.Exactly(tier.Floor), format.Exactly(tier.Cap),
                MarginFormat.Rate(tier.Rate), format.Exactly(tier.Amount),
                candidate.Price switch
                {
                    null => "beyond all digits",
                    <= 0m => "none",
                    { } price => format.LiquidationPrice(price, explained.Position.Size),
                });
        }

        return table;
    }

    private static IEnumerable<string> Words(MarginTexts texts)
    {
        yield return texts.Tier;
        yield return $"{texts.Rate} {texts.Amount}";
        yield return texts.Maintenance;
        yield return texts.Initial;
        yield return texts.Ratio;
        yield return texts.LiquidationPrice;
        yield return texts.BankruptcyPrice;
        yield return texts.NextTier;
        if (texts.BeyondLastCap is { } beyond) yield return beyond;
    }
}
