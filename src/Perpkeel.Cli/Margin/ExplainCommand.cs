using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

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
                ExplainAnswer.Of(surroundings, found, request), MarginJson.Default.ExplainAnswer));
        }
        else if (request.Hedge is { } hedge)
        {
            foreach (var line in HedgeExplanation.Explain(found, hedge).Lines)
            {
                surroundings.Out.WriteLine(line);
            }
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
        surroundings.Out.WriteLine(PositionWords.Of(tiers.Symbol, request.Position, format));
        surroundings.Out.WriteLine($"tiers: {tiers.Version}");
        foreach (var remark in request.Remarks) surroundings.Out.WriteLine($"note: {remark}");
        Heading("What follows from what");
        foreach (var term in explained.Terms)
        {
            surroundings.Out.WriteLine($"{term.Name,-12} = {term.Formula} = {Decimals.Text(term.Value)}");
        }

        Heading("Maintenance margin, each tier's rate on the part of the notional in it");
        Maintenance(TierBreakdown.Of(tiers.Table, explained.Result.Notional), format).Write(surroundings);
        Heading(request.Position.Size > 0m
            ? "Liquidation price by each tier's line; the highest is where the position is liquidated"
            : "Liquidation price by each tier's line; the lowest is where the position is liquidated");
        Candidates(explained, format).Write(surroundings);
        Heading("In words");
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
                    { } price => Decimals.Text(MarginRounding.Shown(price)),
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

    private void Heading(string heading)
    {
        surroundings.Out.WriteLine();
        surroundings.Out.WriteLine($"{heading}:");
    }
}
