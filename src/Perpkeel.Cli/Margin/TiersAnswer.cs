using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A tier for programs: amounts are exact texts.</summary>
internal sealed record TierAnswer(
    int Tier, string Floor, string Cap, string Rate, string Amount, string MaxLeverage)
{
    /// <summary>The answer for a tier.</summary>
    public static TierAnswer Of(MarginTier tier) => new(
        tier.Number, Decimals.Text(tier.Floor), Decimals.Text(tier.Cap), Decimals.Text(tier.Rate),
        Decimals.Text(tier.Amount), Decimals.Text(tier.MaxLeverage.Value));
}

/// <summary>The way from a notional to a boundary, for programs.</summary>
internal sealed record ThresholdAnswer(string Boundary, int? Tier, string Notional, string? Size);

/// <summary>A notional in its table, for programs.</summary>
internal sealed record NotionalAnswer(
    string Notional, int Tier, bool IsBeyondLastCap, string Maintenance, ThresholdAnswer? Below,
    ThresholdAnswer? Above);

/// <summary>The tiers of a symbol for programs.</summary>
internal sealed record TiersAnswer(
    string Symbol, string TierVersion, string Source, string? AsOf, string QuoteAsset, string Fingerprint,
    IReadOnlyList<TierAnswer> Tiers, NotionalAnswer? At)
{
    /// <summary>The answer for a symbol.</summary>
    public static TiersAnswer Of(TierConfiguration found, TiersRequest request) => new(
        found.Symbol, found.Version, found.Source.Name, found.Source.AsOf?.ToString("O"),
        Margin.QuoteAsset.Of(found), found.Table.Fingerprint, [.. found.Table.Tiers.Select(TierAnswer.Of)],
        request.At is { } notional ? AtOf(found, notional, request.Price) : null);

    private static NotionalAnswer AtOf(TierConfiguration found, decimal notional, decimal? price)
    {
        var next = NextThreshold.Of(found.Table, 1m, notional);
        return new NotionalAnswer(
            Decimals.Text(notional), next.Tier.Tier.Number, next.Tier.IsBeyondLastCap,
            Decimals.Text(MarginCalculator.Maintenance(found.Table, notional)),
            ThresholdOf(next.Down, price), ThresholdOf(next.Up, price));
    }

    private static ThresholdAnswer? ThresholdOf(TierDistance? to, decimal? price) => to is null
        ? null
        : new ThresholdAnswer(
            Decimals.Text(to.Boundary), to.Tier?.Number, Decimals.Text(to.Notional),
            price is { } mark && MarginCalculator.Quotient(to.Notional, mark) is { } size
                ? Decimals.Text(size) : null);
}

/// <summary>One symbol of a list, for programs.</summary>
internal sealed record SymbolAnswer(
    string Symbol, string TierVersion, int TierCount, string MaxLeverage, string FirstRate, string FirstCap,
    string LastCap);

/// <summary>All symbols of a book for programs.</summary>
internal sealed record SymbolsAnswer(string Source, int TableCount, IReadOnlyList<SymbolAnswer> Symbols)
{
    /// <summary>The answer for a book.</summary>
    public static SymbolsAnswer Of(TierBook book) => new(
        TierChoice.SourceOf(book), book.TableCount, [.. book.Symbols.Select(symbol => Of(book, symbol))]);

    private static SymbolAnswer Of(TierBook book, string symbol)
    {
        _ = book.TryFind(symbol, out var found);
        var rows = found!.Table.Tiers;
        return new SymbolAnswer(
            symbol, found.Version, rows.Length, Decimals.Text(rows[0].MaxLeverage.Value),
            Decimals.Text(rows[0].Rate), Decimals.Text(rows[0].Cap), Decimals.Text(rows[^1].Cap));
    }
}
