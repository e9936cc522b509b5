using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Recorded positions with every figure, reckoned elsewhere in rationals.</summary>
[Trait("Category", "Vectors")]
public sealed class TieredVectorTests
{
    private static readonly Fraction Near = Fraction.Parse("1e-20");

    [Fact]
    [Trait("Req", "MAR-1")]
    [Trait("Req", "MAR-2")]
    public void Margin() => Check((table, source, result) =>
    {
        var expected = source.GetProperty("expected");
        Same(expected, "notional", result.Notional);
        Same(expected, "maintMarginRatio", result.Rate);
        Same(expected, "maintAmount", result.Amount);
        Same(expected, "maintMargin", result.Maintenance);
        SameWhereGiven(expected, "maintMargin8Trunc", MarginRounding.Shown(result.Maintenance));
        Close(expected, "initialMargin", result.Initial);
        Assert.Equal(
            (Fraction.Of(result.Notional) / source.Exact("leverage")).Nearest(), result.Initial);
        SameWhereGiven(expected, "initialMargin8Trunc", MarginRounding.Shown(result.Initial));
        Same(expected, "unrealizedPnl", result.UnrealizedPnl);
        Same(expected, "marginBalance", result.MarginBalance);
        Assert.Equal(expected.Has("marginRatio"), result.MarginRatio is not null);
        if (result.MarginRatio is { } ratio) Close(expected, "marginRatio", ratio);
        else Assert.True(result.MarginBalance <= 0m);
    });

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Tiers_by_their_numbers() => Check((table, source, result) =>
    {
        var expected = source.GetProperty("expected");
        Assert.Equal(expected.Whole("bracket"), table.NumberOf(result.Tier));
        Assert.Equal(
            Fraction.Of(table.Table.LastCap) < expected.Exact("notional"), result.IsBeyondLastCap);
        if (!expected.Has("bracketIfFloorInclusive")) return;
        var inclusive = table.Table.Tiers.Last(tier => tier.Floor <= result.Notional).Number;
        Assert.Equal(expected.Whole("bracketIfFloorInclusive"), table.NumberOf(inclusive));
    });

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Limits_of_leverage_and_notional() => Check((_, source, result) =>
    {
        var expected = source.GetProperty("expected");
        Same(expected, "maxLeverageAtNotional", result.MaxLeverage.Value);
        Same(expected, "maxNotionalAtLeverage", result.MaxNotional);
    });

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Liquidation_and_bankruptcy() => Check((table, source, result) =>
    {
        var expected = source.GetProperty("expected");
        Close(expected, "bankruptcyPrice", result.BankruptcyPrice!.Value);
        if (!expected.Has("liquidationPrice"))
        {
            Assert.Null(result.LiquidationPrice);
            Assert.Equal(0, result.LiquidationTier);
            Assert.Equal(
                source.Signed() > 0m ? LiquidationKind.Never : LiquidationKind.Always,
                result.Liquidation);
            return;
        }

        Assert.Equal(LiquidationKind.AtPrice, result.Liquidation);
        var price = result.LiquidationPrice!.Value;
        Close(expected, "liquidationPrice", price);
        Assert.Equal(expected.Whole("liquidationBracket"), table.NumberOf(result.LiquidationTier));
        if (expected.Has("liquidationPriceExact"))
            Assert.Equal(expected.Exact("liquidationPriceExact").Nearest(), price);
        SameWhereGiven(
            expected, "liquidationPrice8Conservative",
            MarginRounding.Alert(price, Sides.Of(source.Signed())));
    });

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Other_positions_of_the_same_wallet()
    {
        var (tables, cases) = Read();

        var listed = cases.Where(source => source.Has("otherPositions")).ToList();
        Assert.SkipWhen(listed.Count == 0, "Vectors: needs cases that list other positions.");
        Assert.All(listed, source =>
        {
            var (maintenance, pnl) = (Fraction.Zero, Fraction.Zero);
            foreach (var other in source.Each("otherPositions"))
            {
                var result = Alone(tables, other);
                SameWhereGiven(other, "maintMargin", result.Maintenance);
                SameWhereGiven(other, "unrealizedPnl", result.UnrealizedPnl);
                maintenance += Fraction.Of(result.Maintenance);
                pnl += Fraction.Of(result.UnrealizedPnl);
            }

            Assert.Equal(Fraction.Of(source.NumberOrZero("otherMaintMargin")), maintenance);
            Assert.Equal(Fraction.Of(source.NumberOrZero("otherUnrealizedPnl")), pnl);
        });
    }

    private static void Check(Action<VectorTable, JsonElement, MarginResult> check)
    {
        var (tables, cases) = Read();

        Assert.All(cases, source =>
        {
            var table = tables[source.Text("symbol")];
            var position = MarginPosition.Create(
                source.Signed(), source.Number("entryPrice"), source.Number("markPrice"),
                source.Number("leverage"), Collateral(tables, source)).Value();
            check(table, source, MarginCalculator.Calculate(table.Table, position));
        });
    }

    private static (IReadOnlyDictionary<string, VectorTable> Tables, IReadOnlyList<JsonElement> Cases) Read()
    {
        var file = TieredVectors.Read("vectors.json");
        JsonElement[] cases = [.. file.Each("cases")];
        Assert.NotEmpty(cases);
        return (TieredVectors.Tables(file), cases);
    }

    /// <summary>
    /// The money behind a case. Other positions are reckoned by the calculator; where a case lists none, what
    /// it says of them counts.
    /// </summary>
    private static MarginCollateral Collateral(
        IReadOnlyDictionary<string, VectorTable> tables, JsonElement source)
    {
        var wallet = source.Number("walletBalance");
        if (source.Is("marginMode", "isolated")) return MarginCollateral.Isolated(wallet);
        Assert.Equal("cross", source.Text("marginMode"));
        MarginResult[] others = [.. source.Each("otherPositions").Select(other => Alone(tables, other))];
        return others.Length == 0
            ? MarginCollateral.Cross(
                wallet, source.NumberOrZero("otherMaintMargin"), source.NumberOrZero("otherUnrealizedPnl"))
            : MarginCollateral.Cross(
                wallet, others.Sum(other => other.Maintenance), others.Sum(other => other.UnrealizedPnl));
    }

    private static MarginResult Alone(
        IReadOnlyDictionary<string, VectorTable> tables, JsonElement source) =>
        MarginCalculator.Calculate(tables[source.Text("symbol")].Table, MarginPosition.Create(
            source.Signed(), source.Number("entryPrice"), source.Number("markPrice"), 1m,
            MarginCollateral.Isolated(0m)).Value());

    /// <summary>A figure that follows from others; some files leave it out.</summary>
    private static void SameWhereGiven(JsonElement expected, string name, decimal value)
    {
        if (expected.Has(name)) Same(expected, name, value);
    }

    private static void Same(JsonElement expected, string name, decimal value) =>
        Assert.Equal(expected.Exact(name), Fraction.Of(value));

    /// <summary>Equal to twenty digits; below that the decimal nearest, which has only 28 places.</summary>
    private static void Close(JsonElement expected, string name, decimal value)
    {
        var exact = expected.Exact(name);
        Assert.True(
            exact.IsNear(value, Near) || exact.Nearest() == value,
            $"{name} is {value}, not {expected.GetProperty(name)}");
    }
}
