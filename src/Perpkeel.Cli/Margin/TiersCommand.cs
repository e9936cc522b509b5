using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>What tiers are to be shown.</summary>
/// <param name="Symbol">Whose; null for a list of all.</param>
/// <param name="At">A notional whose tier is marked; null for none.</param>
/// <param name="Price">Mark price that turns notionals into base units; null for none.</param>
internal sealed record TiersRequest(string? Symbol, decimal? At, decimal? Price)
{
    /// <summary>What does not go together, in a line; null when all does.</summary>
    public string? Wrong() =>
        At is not null && Symbol is null ? "--at goes with a symbol. Name one, or leave it out."
        : Price is not null && At is null ? "--price goes with --at. Name a notional, or leave it out."
        : At > MarginPosition.MostMoney
            ? new MarginInputError.BeyondRange("notional", At.Value, MarginPosition.MostMoney).Message
        : Price > MarginPosition.MostPrice
            ? new MarginInputError.BeyondRange("mark price", Price.Value, MarginPosition.MostPrice).Message
        : null;
}

/// <summary>Carries out <c>perpkeel margin tiers</c>.</summary>
internal sealed class TiersCommand(Surroundings surroundings)
{
    /// <summary>A price that many times higher is not worth telling.</summary>
    private const decimal MostTimes = 1e12m;

    /// <summary>Shows the tiers; gives the exit code.</summary>
    public int Execute(TiersRequest request, string? tiers, bool json)
    {
        if (!TierChoice.Open(tiers).TryGet(out var book, out var wrong)) return Fail(wrong);
        if (request.Symbol is null)
        {
            if (json) WriteJson(SymbolsAnswer.Of(book), MarginJson.Default.SymbolsAnswer);
            else List(book);
            return ExitCode.Ok;
        }

        if (!TierChoice.Find(book, request.Symbol).TryGet(out var found, out wrong)) return Fail(wrong);
        if (json) WriteJson(TiersAnswer.Of(found, request), MarginJson.Default.TiersAnswer);
        else Show(found, request);
        return ExitCode.Ok;
    }

    private void List(TierBook book)
    {
        surroundings.Out.WriteLine(
            $"{TierChoice.SourceOf(book)}: {book.Symbols.Count} symbols, {book.TableCount} different tables");
        surroundings.Out.WriteLine();
        var table = new TextTable("<symbol", "tiers", "leverage", "first rate", "first cap", "last cap");
        foreach (var symbol in book.Symbols)
        {
            _ = book.TryFind(symbol, out var found);
            var format = QuoteAsset.FormatOf(found!);
            var rows = found!.Table.Tiers;
            table.Add(
                isMarked: false, symbol, $"{rows.Length}", $"{rows[0].MaxLeverage}",
                MarginFormat.Rate(rows[0].Rate), format.Exactly(rows[0].Cap), format.Exactly(rows[^1].Cap));
        }

        table.Write(surroundings);
    }

    private void Show(TierConfiguration found, TiersRequest request)
    {
        var format = QuoteAsset.FormatOf(found);
        var marked = request.At is { } at ? found.TierFor(at).Tier.Number : 0;
        surroundings.Out.WriteLine($"{found.Symbol}, {found.Version}");
        surroundings.Out.WriteLine();
        var table = new TextTable(
            "tier", "above", "up to", "rate", "amount", "leverage", "margin at its end");
        foreach (var tier in found.Table.Tiers)
        {
            table.Add(
                tier.Number == marked, $"{tier.Number}", format.Exactly(tier.Floor), format.Exactly(tier.Cap),
                MarginFormat.Rate(tier.Rate), format.Exactly(tier.Amount), $"{tier.MaxLeverage}",
                format.Exactly(MarginCalculator.Maintenance(found.Table, tier.Cap)));
        }

        table.Write(surroundings);
        if (request.At is not { } notional) return;
        surroundings.Out.WriteLine();
        NamedRows.Write(surroundings.Out, Threshold(found, notional, request.Price, format));
    }

    private static IEnumerable<(string Name, string Value)> Threshold(
        TierConfiguration found, decimal notional, decimal? price, MarginFormat format)
    {
        // One unit at a price of the notional has that notional, whatever is traded.
        var next = NextThreshold.Of(found.Table, 1m, notional);
        yield return ("notional", format.Exactly(notional)
            + (next.Tier.IsBeyondLastCap ? ", beyond the last cap: orders that add to it are refused" : ""));
        yield return ("tier", $"{next.Tier.Tier.Number}, up to {next.Tier.Tier.MaxLeverage}");
        yield return ("maintenance", format.Requirement(MarginCalculator.Maintenance(found.Table, notional)));
        if (next.Down is { } down) yield return ("tier below", Way(down, "less", notional, price, format));
        if (next.Up is { } up)
        {
            yield return (
                up.Tier is null ? "end of table" : "tier above", Way(up, "more", notional, price, format));
        }
    }

    private static string Way(
        TierDistance to, string more, decimal notional, decimal? price, MarginFormat format)
    {
        var share = PositionWords.Distance(to.Boundary, notional) is { } way
            ? PositionWords.Percent(way)
            : "many %";
        var sized = price is { } mark && MarginCalculator.Quotient(to.Notional, mark) is { } size
            ? $", {MarginFormat.Size(decimal.Round(size, 8, MidpointRounding.ToZero))} base units"
            : "";
        return $"at {format.Exactly(to.Boundary)}: {format.Collateral(to.Notional)} {more}{sized}, or a "
            + $"price {share} {(more is "more" ? "higher" : "lower")}"
            + (price is { } now
                && MarginCalculator.Quotient(to.Boundary, notional) is { } times and < MostTimes
                ? $" ({format.PriceDown(times * now)})"
                : "");
    }

    private void WriteJson<T>(T answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        surroundings.Out.WriteLine(JsonSerializer.Serialize(answer, type));

    private int Fail(UserError error)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Failed;
    }
}
