using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
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
        Same(expected, "maintMargin8Trunc", MarginRounding.Shown(result.Maintenance));
        Close(expected, "initialMargin", result.Initial);
        Assert.Equal(
            (Fraction.Of(result.Notional) / source.Exact("leverage")).Nearest(), result.Initial);
        Same(expected, "initialMargin8Trunc", MarginRounding.Shown(result.Initial));
        Same(expected, "unrealizedPnl", result.UnrealizedPnl);
        Same(expected, "marginBalance", result.MarginBalance);
        if (expected.IsNull("marginRatio"))
        {
            Assert.Null(result.MarginRatio);
            Assert.True(result.MarginBalance <= 0m);
        }
        else
        {
            Close(expected, "marginRatio", result.MarginRatio!.Value);
        }
    });

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Tiers_and_their_limits() => Check((table, source, result) =>
    {
        var expected = source.GetProperty("expected");
        Assert.Equal(expected.Whole("bracket"), result.Tier);
        Assert.Equal(
            expected.Whole("bracketIfFloorInclusive"),
            table.Tiers.Last(tier => tier.Floor <= result.Notional).Number);
        Assert.Equal(
            Fraction.Of(table.LastCap) < expected.Exact("notional"), result.IsBeyondLastCap);
        Same(expected, "maxLeverageAtNotional", result.MaxLeverage.Value);
        Same(expected, "maxNotionalAtLeverage", result.MaxNotional);
    });

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Liquidation_and_bankruptcy() => Check((table, source, result) =>
    {
        var expected = source.GetProperty("expected");
        Close(expected, "bankruptcyPrice", result.BankruptcyPrice!.Value);
        if (expected.IsNull("liquidationPrice"))
        {
            Assert.Null(result.LiquidationPrice);
            Assert.Equal(0, result.LiquidationTier);
            Assert.Equal(
                source.Is("side", "LONG") ? LiquidationKind.Never : LiquidationKind.Always,
                result.Liquidation);
            return;
        }

        Assert.Equal(LiquidationKind.AtPrice, result.Liquidation);
        var price = result.LiquidationPrice!.Value;
        Close(expected, "liquidationPrice", price);
        Assert.Equal(expected.Exact("liquidationPriceExact").Nearest(), price);
        Assert.Equal(expected.Whole("liquidationBracket"), result.LiquidationTier);
        Same(
            expected, "liquidationPrice8Conservative",
            MarginRounding.Alert(price, Sides.Of(Signed(source))));
    });

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Other_positions_of_the_same_wallet()
    {
        var tables = TieredVectors.Tables();

        Assert.All(Cases(), source =>
        {
            var (maintenance, pnl) = (Fraction.Zero, Fraction.Zero);
            foreach (var other in source.GetProperty("otherPositions").EnumerateArray())
            {
                var result = Alone(tables, other);
                Same(other, "maintMargin", result.Maintenance);
                Same(other, "unrealizedPnl", result.UnrealizedPnl);
                maintenance += Fraction.Of(result.Maintenance);
                pnl += Fraction.Of(result.UnrealizedPnl);
            }

            Assert.Equal(source.Exact("otherMaintMargin"), maintenance);
            Assert.Equal(source.Exact("otherUnrealizedPnl"), pnl);
        });
    }

    private static void Check(Action<TierTable, JsonElement, MarginResult> check)
    {
        var tables = TieredVectors.Tables();

        Assert.All(Cases(), source =>
        {
            var table = tables[source.Text("symbol")];
            var position = MarginPosition.Create(
                Signed(source), source.Number("entryPrice"), source.Number("markPrice"),
                source.Number("leverage"), Collateral(tables, source)).Value();
            check(table, source, MarginCalculator.Calculate(table, position));
        });
    }

    private static JsonElement[] Cases()
    {
        JsonElement[] cases = [.. TieredVectors.Read("vectors.json").GetProperty("cases").EnumerateArray()];
        Assert.NotEmpty(cases);
        return cases;
    }

    /// <summary>The money behind a case, with the other positions reckoned by the calculator.</summary>
    private static MarginCollateral Collateral(
        IReadOnlyDictionary<string, TierTable> tables, JsonElement source)
    {
        var wallet = source.Number("walletBalance");
        if (source.Is("marginMode", "isolated")) return MarginCollateral.Isolated(wallet);
        Assert.Equal("cross", source.Text("marginMode"));
        MarginResult[] others = [.. source.GetProperty("otherPositions").EnumerateArray()
            .Select(other => Alone(tables, other))];
        return MarginCollateral.Cross(
            wallet, others.Sum(other => other.Maintenance), others.Sum(other => other.UnrealizedPnl));
    }

    private static MarginResult Alone(IReadOnlyDictionary<string, TierTable> tables, JsonElement source) =>
        MarginCalculator.Calculate(tables[source.Text("symbol")], MarginPosition.Create(
            Signed(source), source.Number("entryPrice"), source.Number("markPrice"), 1m,
            MarginCollateral.Isolated(0m)).Value());

    private static decimal Signed(JsonElement source) =>
        source.Is("side", "LONG") ? source.Number("quantity") : -source.Number("quantity");

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
