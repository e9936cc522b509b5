using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Figures worked out by hand on the well-known table of BTC in 2021.</summary>
public sealed class ClassicTableTests
{
    [Theory]
    [Trait("Req", "MAR-1")]
    [Trait("Req", "MAR-2")]
    [InlineData("49999.99", 1, "199.99996")]
    [InlineData("50000", 1, "200")]
    [InlineData("50000.01", 2, "200.00005")]
    [InlineData("249999.99", 2, "1199.99995")]
    [InlineData("250000", 2, "1200")]
    [InlineData("250000.01", 3, "1200.0001")]
    [InlineData("999999.99", 3, "8699.9999")]
    [InlineData("1000000", 3, "8700")]
    [InlineData("1000000.01", 4, "8700.00025")]
    [InlineData("9999999.99", 4, "233699.99975")]
    [InlineData("10000000", 4, "233700")]
    [InlineData("10000000.01", 5, "233700.0005")]
    [InlineData("1", 1, "0.004")]
    [InlineData("5000000", 4, "108700")]
    public void Maintenance_one_cent_under_at_and_over_each_boundary(
        string notional, int tier, string maintenance)
    {
        var result = Calculate(Number(notional), 1m);

        Assert.Equal(Number(maintenance), result.Maintenance);
        Assert.Equal(
            Number(maintenance), MarginCalculator.Maintenance(SampleTables.Classic, Number(notional)));
        Assert.Equal(tier, result.Tier);
        Assert.False(result.IsBeyondLastCap);
    }

    [Fact]
    [Trait("Req", "MAR-4")]
    public void Fifty_thousand_still_belongs_to_the_first_tier()
    {
        var result = Calculate(50_000m, 125m);

        Assert.Equal((1, 0.004m, 0m), (result.Tier, result.Rate, result.Amount));
        Assert.Equal(125m, result.MaxLeverage.Value);
        Assert.Equal(50_000m, result.MaxNotional);
    }

    [Fact]
    [Trait("Req", "MAR-1")]
    public void A_step_over_a_million_costs_no_more_than_its_own_share()
    {
        var under = Calculate(999_000m, 20m);
        var over = Calculate(1_001_000m, 20m);

        Assert.Equal((3, 8_690m), (under.Tier, under.Maintenance));
        Assert.Equal((4, 8_725m), (over.Tier, over.Maintenance));
        Assert.Equal(
            (1_000m * under.Rate) + (1_000m * over.Rate), over.Maintenance - under.Maintenance);
    }

    [Fact]
    [Trait("Req", "MAR-4")]
    public void A_billion_is_reckoned_by_the_last_tier_and_marked()
    {
        var result = Calculate(1_000_000_000m, 1m);

        Assert.Equal(399_983_700m, result.Maintenance);
        Assert.Equal(10, result.Tier);
        Assert.True(result.IsBeyondLastCap);
        Assert.True(SampleTables.Classic.TierFor(500_000_000.01m).IsBeyondLastCap);
        Assert.False(SampleTables.Classic.TierFor(500_000_000m).IsBeyondLastCap);
    }

    [Theory]
    [Trait("Req", "MAR-3")]
    [InlineData(Side.Buy, "100", 20, 4, 4, "48550.769230769")]
    [InlineData(Side.Sell, "100", 20, 4, 4, "51378.536585365")]
    [InlineData(Side.Buy, "20.4", 20, 4, 3, "47915.428797781")]
    [InlineData(Side.Sell, "19.8", 50, 3, 4, "50559.251047055")]
    [InlineData(Side.Buy, "208", 10, 5, 4, "46073.471400394")]
    [InlineData(Side.Sell, "4.98", 50, 2, 3, "50753.509085848")]
    public void Liquidation_by_the_tier_of_the_notional_there(
        Side side, string size, int leverage, int tierAtEntry, int tierAtLiquidation, string price)
    {
        var notional = Number(size) * 50_000m;
        var position = MarginPosition.Create(
            Number(size) * side.Sign(), 50_000m, 50_000m, leverage,
            MarginCollateral.Isolated(notional / leverage)).Value();

        var result = MarginCalculator.Calculate(SampleTables.Classic, position);

        Assert.Equal(LiquidationKind.AtPrice, result.Liquidation);
        Assert.Equal(Number(price), MarginRounding.Shown(result.LiquidationPrice!.Value, places: 9));
        Assert.Equal(tierAtEntry, result.Tier);
        Assert.Equal(tierAtLiquidation, result.LiquidationTier);
        Assert.Equal(
            tierAtLiquidation,
            SampleTables.Classic.TierFor(Number(size) * result.LiquidationPrice.Value).Tier.Number);
    }

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Five_millions_long_at_twenty()
    {
        var position = MarginPosition.Create(
            100m, 50_000m, 50_000m, 20m, MarginCollateral.Isolated(250_000m)).Value();

        var result = MarginCalculator.Calculate(SampleTables.Classic, position);

        Assert.Equal(108_700m, result.Maintenance);
        Assert.Equal(250_000m, result.Initial);
        Assert.Equal(0.4348m, result.MarginRatio);
        Assert.Equal(48_550.769230769230769230769231m, result.LiquidationPrice);
        Assert.Equal(47_500m, result.BankruptcyPrice);
        Assert.Equal(10_000_000m, result.MaxNotional);
        Assert.False(result.IsLiquidatable);
    }

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Five_millions_long_at_twenty_beside_others_on_one_wallet()
    {
        // What the others need and have lost comes off the wallet before anything else.
        var alone = Cross(MarginCollateral.Cross(250_000m));
        var beside = Cross(MarginCollateral.Cross(280_000m, 20_000m, -10_000m));

        Assert.Equal(48_550.769230769230769230769231m, alone.LiquidationPrice);
        Assert.Equal(alone.LiquidationPrice, beside.LiquidationPrice);
        Assert.Equal(128_700m, beside.TotalMaintenance);
        Assert.Equal(270_000m, beside.MarginBalance);
        Assert.Equal(47_300m, beside.BankruptcyPrice);
    }

    [Fact]
    [Trait("Req", "MAR-3")]
    public void A_hedge_may_be_liquidated_on_both_sides()
    {
        var position = HedgePosition.Create(
            0.625m, 101_562.5m, 0.46875m, 93_750m, 100_000m, 4_806.25m).Value();

        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);

        Assert.Equal(97_024.79338842m, MarginRounding.Shown(result.Lower!.Value.Price));
        Assert.Equal(426_819_200m, result.Upper!.Value.Price);
        Assert.Equal((262.5m, 187.5m), (result.LongMaintenance, result.ShortMaintenance));
        Assert.Equal(result.Lower, result.Nearest(100_000m));
        Assert.False(result.IsLostEverywhere);
    }

    private static MarginResult Cross(MarginCollateral collateral) => MarginCalculator.Calculate(
        SampleTables.Classic, MarginPosition.Create(100m, 50_000m, 50_000m, 20m, collateral).Value());

    private static MarginResult Calculate(decimal notional, decimal leverage) => MarginCalculator.Calculate(
        SampleTables.Classic, MarginPosition.Create(
            1m, notional, notional, leverage, MarginCollateral.Isolated(notional)).Value());

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
