using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>Carries out <c>perpkeel margin compare</c>.</summary>
internal sealed class CompareCommand(Surroundings surroundings)
{
    /// <summary>Compares; gives the exit code.</summary>
    public int Execute(
        string? symbol, PositionRequest? position, (string? Before, string After) tiers, bool json)
    {
        if (!TierChoice.Open(tiers.Before).TryGet(out var before, out var wrong)
            || !TierChoice.Open(tiers.After).TryGet(out var after, out wrong))
        {
            return Fail(wrong);
        }

        if (symbol is null)
        {
            var books = TierBookComparison.Of(before, after);
            var answer = CompareBooksAnswer.Of(before, after, books);
            if (json) WriteJson(answer, MarginJson.Default.CompareBooksAnswer);
            else TellBooks(before, after, books);
            return ExitCode.Ok;
        }

        if (!TierChoice.Find(before, symbol).TryGet(out var old, out wrong)
            || !TierChoice.Find(after, symbol).TryGet(out var now, out wrong))
        {
            return Fail(wrong);
        }

        var comparison = TierComparison.Of(old, now);
        if (json)
        {
            WriteJson(CompareAnswer.Of(comparison, position), MarginJson.Default.CompareAnswer);
            return ExitCode.Ok;
        }

        TellSymbol(comparison);
        if (position is not null) TellEffect(comparison, position);
        return ExitCode.Ok;
    }

    private void TellBooks(TierBook before, TierBook after, TierBookComparison books)
    {
        surroundings.Out.WriteLine($"{TierChoice.SourceOf(before)} -> {TierChoice.SourceOf(after)}: "
            + $"{books.Changed.Length} changed, {books.Added.Length} added, {books.Removed.Length} removed, "
            + $"{books.Unchanged.Length} the same");
        if (books.IsSame) return;
        surroundings.Out.WriteLine();
        var table = new TextTable("<symbol", "<what", "tiers", "first cap", "first rate", "leverage");
        foreach (var comparison in books.Changed)
        {
            var (old, now) = (comparison.Before.Table.Tiers, comparison.After.Table.Tiers);
            var format = QuoteAsset.FormatOf(comparison.After);
            table.Add(
                isMarked: false, comparison.Symbol, "changed", Both($"{old.Length}", $"{now.Length}"),
                Both(format.Exactly(old[0].Cap), format.Exactly(now[0].Cap)),
                Both(MarginFormat.Rate(old[0].Rate), MarginFormat.Rate(now[0].Rate)),
                Both($"{old[0].MaxLeverage}", $"{now[0].MaxLeverage}"));
        }

        foreach (var (symbol, word, book) in books.Added.Select(symbol => (symbol, "added", after))
            .Concat(books.Removed.Select(symbol => (symbol, "removed", before))))
        {
            _ = book.TryFind(symbol, out var found);
            var first = found!.Table.Tiers[0];
            table.Add(
                isMarked: false, symbol, word, $"{found.Table.Tiers.Length}",
                QuoteAsset.FormatOf(found).Exactly(first.Cap), MarginFormat.Rate(first.Rate),
                $"{first.MaxLeverage}");
        }

        table.Write(surroundings);
    }

    private void TellSymbol(TierComparison comparison)
    {
        surroundings.Out.WriteLine(
            $"{comparison.Symbol}: {comparison.Before.Version} -> {comparison.After.Version}"
            + (comparison.IsChanged ? "" : ": the same"));
        surroundings.Out.WriteLine();
        var format = QuoteAsset.FormatOf(comparison.After);
        var table = new TextTable("above", "up to", "rate", "amount", "leverage");
        foreach (var row in comparison.Rows)
        {
            table.Add(
                row.IsRateChanged || row.IsAmountChanged || row.IsLeverageChanged,
                format.Exactly(row.From), format.Exactly(row.To),
                Both(RateOf(row.Before), RateOf(row.After)),
                Both(AmountOf(row.Before, format), AmountOf(row.After, format)),
                Both(LeverageOf(row.Before), LeverageOf(row.After)));
        }

        table.Write(surroundings);
    }

    private void TellEffect(TierComparison comparison, PositionRequest request)
    {
        var format = QuoteAsset.FormatOf(comparison.After);
        var position = request.Position;
        var effect = comparison.EffectOn(position);
        surroundings.Out.WriteLine();
        surroundings.Out.WriteLine(PositionWords.Of(comparison.Symbol, position, format));
        surroundings.Out.WriteLine();
        var table = new TextTable("<", "before", "after", "change");
        table.Add(
            isMarked: false, "maintenance", format.Requirement(effect.Before.Maintenance),
            format.Requirement(effect.After.Maintenance), format.RequirementChange(effect.Maintenance));
        table.Add(
            isMarked: false, "margin ratio", MarginFormat.RatioUp(effect.Before.MarginRatio),
            MarginFormat.RatioUp(effect.After.MarginRatio), "");
        table.Add(
            isMarked: false, "liquidation", Liquidation(effect.Before, position, format),
            Liquidation(effect.After, position, format),
            effect.LiquidationPrice is { } moved
                ? $"{(moved > 0m ? "+" : "")}{Decimals.Text(MarginRounding.Shown(moved))}" : "");
        table.Add(
            isMarked: false, "most at " + position.Leverage, format.Exactly(effect.Before.MaxNotional),
            format.Exactly(effect.After.MaxNotional), "");
        table.Write(surroundings);
        if (effect.BecomesLiquidatable)
        {
            surroundings.Out.WriteLine();
            surroundings.Out.WriteLine("note: the change alone liquidates this position");
        }
    }

    private static string Liquidation(
        in MarginResult result, in MarginPosition position, MarginFormat format) =>
        result.Liquidation switch
        {
            LiquidationKind.AtPrice => format.LiquidationPrice(result.LiquidationPrice, position.Size),
            LiquidationKind.Always => "at every price",
            _ => MarginFormat.None,
        };

    private static string RateOf(MarginTier? tier) =>
        tier is null ? MarginFormat.None : MarginFormat.Rate(tier.Rate);

    private static string AmountOf(MarginTier? tier, MarginFormat format) =>
        tier is null ? MarginFormat.None : format.Exactly(tier.Amount);

    private static string LeverageOf(MarginTier? tier) =>
        tier is null ? MarginFormat.None : $"{tier.MaxLeverage}";

    private static string Both(string before, string after) =>
        before.Equals(after, StringComparison.Ordinal) ? before : $"{before} -> {after}";

    private void WriteJson<T>(T answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        surroundings.Out.WriteLine(JsonSerializer.Serialize(answer, type));

    private int Fail(UserError error)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Failed;
    }
}
