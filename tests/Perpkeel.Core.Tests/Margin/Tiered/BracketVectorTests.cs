using System.Text.Json;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Whole answers of an exchange: every table is accepted, every boundary without a step.</summary>
[Trait("Category", "Vectors")]
public sealed class BracketVectorTests
{
    private const decimal Cent = 0.01m;

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Every_table_is_accepted_with_its_own_amounts() => Check((symbol, table) =>
    {
        var drafts = TieredVectors.Drafts(symbol).OrderBy(draft => draft.Floor).ToList();
        Assert.Equal(drafts.Count, table.Tiers.Length);
        var amount = Fraction.Zero;
        foreach (var (draft, tier) in drafts.Zip(table.Tiers))
        {
            var before = tier.Number == 1 ? tier : table.Tiers[tier.Number - 2];
            amount += Fraction.Of(tier.Floor) * (Fraction.Of(tier.Rate) - Fraction.Of(before.Rate));
            Assert.Equal(draft.Floor, tier.Floor);
            Assert.Equal(draft.Cap, tier.Cap);
            Assert.Equal(draft.Rate, tier.Rate);
            Assert.Equal(draft.Amount, tier.Amount);
            Assert.Equal(draft.MaxLeverage, tier.MaxLeverage.Value);
            Assert.Equal(amount, Fraction.Of(tier.Amount));
        }

        var derived = TierTable.Create("derived", [.. drafts.Select(draft => draft with { Amount = null })]);
        Assert.Equal(table.Fingerprint, derived.Value().Fingerprint);
    });

    [Fact]
    [Trait("Req", "MAR-1")]
    [Trait("Req", "MAR-2")]
    public void Margin_has_no_step_at_any_boundary() => Check((_, table) =>
    {
        MarginTier[] filled = [.. table.Tiers.Where(tier => tier.Cap > tier.Floor)];
        foreach (var (tier, next) in filled.Zip(filled.Skip(1)))
        {
            var (under, at, over) = (tier.Cap - Cent, tier.Cap, tier.Cap + Cent);
            Assert.Equal(Line(tier, under), Margin(table, under));
            Assert.Equal(Line(tier, at), Margin(table, at));
            Assert.Equal(Line(next, at), Margin(table, at));
            Assert.Equal(Line(next, over), Margin(table, over));
            Assert.True(Line(tier, under) > Line(next, under));
            Assert.True(Line(tier, over) < Line(next, over));
            Assert.Equal(tier.Number, table.TierFor(under).Tier.Number);
            Assert.Equal(tier.Number, table.TierFor(at).Tier.Number);
            Assert.Equal(next.Number, table.TierFor(over).Tier.Number);
        }
    });

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Symbols_with_equal_rows_share_a_table_and_no_others() => Files(symbols =>
    {
        var source = new TierSource("exchange", null);
        var book = new TierBook(symbols.Select(symbol => new TierConfiguration
        {
            Symbol = symbol.Text("symbol"),
            Source = source,
            Table = TieredVectors.Table(symbol),
        }));

        foreach (var alike in symbols.GroupBy(Rows, StringComparer.Ordinal))
        {
            Assert.Single(alike.Select(symbol => TableOf(book, symbol)).Distinct());
        }

        var different = symbols.Select(Rows).Distinct(StringComparer.Ordinal).Count();
        Assert.Equal(different, book.TableCount);
        Assert.Equal(different, symbols.Select(symbol => TableOf(book, symbol)).Distinct().Count());
    });

    private static void Check(Action<JsonElement, TierTable> check) =>
        Files(symbols => Assert.All(symbols, symbol => check(symbol, TieredVectors.Table(symbol))));

    private static void Files(Action<IReadOnlyList<JsonElement>> check)
    {
        Assert.All(
            TieredVectors.BracketFiles(), file => check([.. TieredVectors.Read(file).EnumerateArray()]));
    }

    private static TierTable TableOf(TierBook book, JsonElement symbol)
    {
        Assert.True(book.TryFind(symbol.Text("symbol"), out var configuration));
        return configuration.Table;
    }

    private static string Rows(JsonElement symbol) => string.Join('\n', TieredVectors.Drafts(symbol)
        .OrderBy(draft => draft.Floor)
        .Select(draft => string.Join(' ', new[]
        {
            draft.Floor, draft.Cap, draft.Rate, draft.Amount!.Value, draft.MaxLeverage,
        }.Select(number => Fraction.Of(number).ToString()))));

    private static Fraction Margin(TierTable table, decimal notional) =>
        Fraction.Of(MarginCalculator.Maintenance(table, notional));

    private static Fraction Line(MarginTier tier, decimal notional) =>
        (Fraction.Of(notional) * Fraction.Of(tier.Rate)) - Fraction.Of(tier.Amount);
}
