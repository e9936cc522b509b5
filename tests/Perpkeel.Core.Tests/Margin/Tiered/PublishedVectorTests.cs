using System.Text.Json;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// Figures and tables that an exchange or others published, to the last digit that was published. Where only
/// a rate and an amount are given, a table is made whose last line they are.
/// </summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-3")]
public sealed class PublishedVectorTests
{
    /// <summary>Caps by which the exchange's documents answer for a leverage (BTC, 2020).</summary>
    private const string Older =
        """
        0 50000 0.004 125
        50000 250000 0.005 100
        250000 1000000 0.01 50
        1000000 5000000 0.025 20
        5000000 20000000 0.05 10
        """;

    [Fact]
    public void Published_figures_to_the_last_digit()
    {
        JsonElement[] figures = [.. Entries().Where(entry => !entry.Is("kind", "publishedTable"))];
        Assert.SkipWhen(figures.Length == 0, "Vectors: needs published figures.");

        Assert.All(figures, entry =>
            Assert.Equal(entry.GetProperty("match").GetBoolean(), Agrees(entry)));
    }

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Published_tables_are_accepted_or_refused_with_what_is_wrong()
    {
        JsonElement[] tables = [.. Entries().Where(entry => entry.Is("kind", "publishedTable"))];
        Assert.SkipWhen(tables.Length == 0, "Vectors: needs published tables.");

        Assert.All(tables, entry =>
        {
            var findings = TierTable.Create(entry.Text("name"), Rows(entry)).Findings();
            Assert.Equal(entry.GetProperty("match").GetBoolean(), findings.Count == 0);
            if (entry.Each("brokenRows").ToList() is [var first, ..])
                Assert.Contains(findings, finding => Tells(finding, first));
        });
    }

    /// <summary>Whether a finding is about a row; one about its amount names the right one.</summary>
    private static bool Tells(TierFinding finding, JsonElement broken) =>
        finding.Tier == broken.Whole("bracket")
        && (finding.Fault != TierFault.WrongAmount || !broken.Has("recurrence")
            || finding.Mend.Contains(
                $"Write {Text(broken.Number("recurrence"))} ", StringComparison.Ordinal));

    private static JsonElement[] Entries() =>
        [.. TieredVectors.Read("published.json").Each("vectors")];

    /// <summary>Published rows have no floors and often no leverages: both follow from their order.</summary>
    private static TierDraft[] Rows(JsonElement entry)
    {
        JsonElement[] rows = [.. entry.Each("rows")];
        return [.. rows.Select((row, i) => new TierDraft
        {
            Floor = i == 0 ? 0m : rows[i - 1].Number("notionalCap"),
            Cap = row.Number("notionalCap"),
            Rate = row.Number("maintMarginRatio"),
            Amount = row.Has("cum") ? row.Number("cum") : null,
            MaxLeverage = rows.Length - i,
        })];
    }

    private static bool Agrees(JsonElement entry)
    {
        switch (entry.Text("kind"))
        {
            case "bracketLookup":
                var tier = SampleTables.Classic.TierFor(entry.Number("notional")).Tier;
                var expected = entry.GetProperty("expected");
                return expected.Number("maintMarginRatio") == tier.Rate
                    && expected.Number("maintAmount") == tier.Amount;
            case "maxNotionalAtLeverage":
                var leverage = new Leverage(entry.Number("leverage"));
                return SampleTables.Read("older", Older).MaxNotionalAt(leverage) == entry.Number("expected");
            default:
                return IsShown(entry, Figure(entry));
        }
    }

    /// <summary>Whether a value is the published one, rounded as the entry says.</summary>
    private static bool IsShown(JsonElement entry, decimal value)
    {
        var places = entry.Whole("places");
        return entry.Number("expected") == (entry.Text("rounding") switch
        {
            "trunc" => MarginRounding.Shown(value, places),
            "round" => decimal.Round(value, places, MidpointRounding.AwayFromZero),
            var other => throw new NotSupportedException(other),
        });
    }

    private static decimal Figure(JsonElement entry)
    {
        if (entry.Is("kind", "liquidationPrice")) return LiquidationPrice(entry);
        var inputs = entry.GetProperty("inputs");
        return entry.Text("kind") switch
        {
            "isolatedMargin" => MarginBalance(inputs),
            "unrealizedPnl" => Pnl(inputs),
            "initialMargin" => Unit(inputs.Number("notional"), inputs.Number("leverage")).Initial,
            "maintMargin" => Maintenance(inputs),
            "maintAmount" => Amount(inputs),
            "orderInitialMargin" => Cost(inputs, inputs.Number("leverage"), 1, "price").Initial,
            "openLoss" => Cost(inputs, 1m, inputs.Whole("direction"), "orderPrice").OpenLoss,
            var other => throw new NotSupportedException(other),
        };
    }

    private static decimal LiquidationPrice(JsonElement entry)
    {
        var table = EndingIn(
            entry.Number("maintMarginRatio"), entry.NumberOrZero("maintAmount"),
            LiquidationNotional(entry));
        var size = entry.Signed();
        var wallet = entry.Number("walletBalance");
        var collateral = entry.Is("marginMode", "isolated")
            ? MarginCollateral.Isolated(wallet)
            : MarginCollateral.Cross(
                wallet, entry.NumberOrZero("otherMaintMargin"), entry.NumberOrZero("otherUnrealizedPnl"));
        var entryPrice = entry.Number("entryPrice");
        var result = MarginCalculator.Calculate(
            table, MarginPosition.Create(size, entryPrice, entryPrice, 1m, collateral).Value());
        Assert.Equal(table.Tiers.Length, result.LiquidationTier);
        return result.LiquidationPrice!.Value;
    }

    /// <summary>Where it is not said, the published price gives it nearly enough to find the tier.</summary>
    private static decimal LiquidationNotional(JsonElement entry) => entry.Has("liquidationNotional")
        ? entry.Exact("liquidationNotional").Floor(10).Nearest()!.Value
        : entry.Number("quantity") * entry.Number("expected");

    private static decimal Maintenance(JsonElement inputs)
    {
        var notional = inputs.Has("notional")
            ? inputs.Number("notional")
            : inputs.Number("quantity") * inputs.Number("markPrice");
        var amount = inputs.NumberOrZero("maintAmount");
        var table = EndingIn(inputs.Number("maintMarginRatio"), amount, notional);
        Assert.Equal(table.Tiers.Length, table.TierFor(notional).Tier.Number);
        return MarginCalculator.Maintenance(table, notional);
    }

    private static decimal Amount(JsonElement inputs)
    {
        var (floor, rate) = (inputs.Number("floor"), inputs.Number("prevMmr"));
        var drafts = EndingIn(rate, inputs.Number("prevCum"), floor).Tiers
            .Select(tier => new TierDraft
            {
                Floor = tier.Floor,
                Cap = Math.Min(tier.Cap, floor),
                Rate = tier.Rate,
                MaxLeverage = tier.MaxLeverage.Value + 1m,
            });
        var last = new TierDraft
        {
            Floor = floor,
            Cap = 2m * floor,
            Rate = inputs.Number("mmr"),
            MaxLeverage = 1m,
        };
        return TierTable.Create("published", [.. drafts, last]).Value().Tiers[^1].Amount;
    }

    private static decimal MarginBalance(JsonElement inputs)
    {
        var (wallet, pnl) = (inputs.Number("isolatedWallet"), inputs.Number("unrealizedPnl"));
        var position = MarginPosition.Create(
            pnl < 0m ? -1m : 1m, 1m, 1m + Math.Abs(pnl), 1m, MarginCollateral.Isolated(wallet)).Value();
        return MarginCalculator.Calculate(SampleTables.Classic, position).MarginBalance;
    }

    private static decimal Pnl(JsonElement inputs) => MarginCalculator.Calculate(
        SampleTables.Classic, MarginPosition.Create(
            inputs.Number("quantity"), inputs.Number("entryPrice"), inputs.Number("markPrice"), 1m,
            MarginCollateral.Isolated(0m)).Value()).UnrealizedPnl;

    private static MarginResult Unit(decimal notional, decimal leverage) => MarginCalculator.Calculate(
        SampleTables.Classic,
        MarginPosition.Create(1m, notional, notional, leverage, MarginCollateral.Isolated(0m)).Value());

    private static OrderCost Cost(JsonElement inputs, decimal leverage, int direction, string price) =>
        OrderCost.Of(
            SampleTables.Classic, direction * inputs.Number("quantity"), inputs.Number(price),
            inputs.Has("markPrice") ? inputs.Number("markPrice") : inputs.Number(price),
            leverage).Value();

    /// <summary>
    /// A table whose last line has this rate and amount and begins below a notional: its floor is a round
    /// number by which the amount can be divided, and the tier before has what is then left of the rate.
    /// </summary>
    private static TierTable EndingIn(decimal rate, decimal amount, decimal below)
    {
        if (amount == 0m) return SampleTables.Read("one line", $"0 {Text(2m * below)} {Text(rate)} 1");
        var floor = RoundNumbers().First(number => number * rate > amount && number < below);
        var before = rate - (amount / floor);
        var table = SampleTables.Read(
            "two lines",
            $"0 {Text(floor)} {Text(before)} 2\n{Text(floor)} {Text(2m * below)} {Text(rate)} 1");
        Assert.Equal(amount, table.Tiers[^1].Amount);
        return table;
    }

    /// <summary>
    /// Products of twos, fives and a power of ten, by which decimals divide without a rest.
    /// </summary>
    private static IEnumerable<decimal> RoundNumbers() =>
        from fives in Enumerable.Range(0, 5)
        from twos in Enumerable.Range(0, 10)
        from tens in Enumerable.Range(-8, 20)
        select Power(5m, fives) * Power(2m, twos) * Decimals.PowerOfTen(tens);

    private static decimal Power(decimal value, int times) =>
        Enumerable.Repeat(value, times).Aggregate(1m, (product, factor) => product * factor);

    private static string Text(decimal value) => Decimals.Text(value);
}
