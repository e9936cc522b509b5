using System.Text.Json;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Recorded hedges with both ends of the prices that they survive.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-3")]
public sealed class HedgeVectorTests
{
    private static readonly Fraction Near = Fraction.Parse("1e-20");

    [Fact]
    public void Margin_of_both_legs_and_both_prices()
    {
        var file = TieredVectors.Read("hedge.json");
        var tables = TieredVectors.Tables(file);
        JsonElement[] cases = [.. file.Each("cases")];

        Assert.NotEmpty(cases);
        Assert.All(cases, source =>
        {
            var bought = source.GetProperty("long");
            var sold = source.GetProperty("short");
            var expected = source.GetProperty("expected");
            var position = HedgePosition.Create(
                bought.Number("quantity"), bought.Number("entryPrice"),
                sold.Number("quantity"), sold.Number("entryPrice"),
                source.Number("markPrice"), source.Number("walletMinusOthers")).Value();

            var result = HedgeCalculator.Calculate(tables[source.Text("symbol")].Table, position);

            Assert.Equal(expected.Exact("maintMarginLong"), Fraction.Of(result.LongMaintenance));
            Assert.Equal(expected.Exact("maintMarginShort"), Fraction.Of(result.ShortMaintenance));
            Same(expected, "lowerLiquidationPrice", result.Lower);
            Same(expected, "upperLiquidationPrice", result.Upper);
        });
    }

    private static void Same(JsonElement expected, string name, HedgeBound? bound)
    {
        if (!expected.Has(name))
        {
            Assert.Null(bound);
            return;
        }

        Assert.NotNull(bound);
        Assert.True(
            expected.Exact(name).IsNear(bound.Value.Price, Near),
            $"{name} is {bound.Value.Price}, not {expected.GetProperty(name)}");
    }
}
