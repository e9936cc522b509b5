using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Matching;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

[Trait("Req", "PAP-1")]
public sealed class CollateralTests
{
    [Theory]
    [InlineData(2_500, OrderEnding.Filled)]
    [InlineData(2_499.999999, OrderEnding.Undercollateralized)]
    public void Spec_8_a_fill_needs_the_initial_margin_to_the_last_quantum(
        double deposit, OrderEnding ending)
    {
        var venue = new VenueBench((decimal)deposit, VenueBench.NoFees).Deep(49_999m, 50_000m, 50_000m);

        Assert.Equal(ending, venue.Market(Side.Buy, 1m, 50_000m).Ending());
    }

    [Fact]
    public void Spec_8_the_fee_counts_in_the_margin_check()
    {
        var venue = new VenueBench(2_500m).Deep(49_999m, 50_000m, 50_000m);

        Assert.Equal(OrderEnding.Undercollateralized, venue.Market(Side.Buy, 1m, 50_000m).Ending());
    }

    [Fact]
    public void Spec_13_a_resting_order_is_checked_with_the_makers_fee()
    {
        // 1 BTC at 50,000 asks for 2,500; the maker pays 5, a taker would pay 25.
        var venue = new VenueBench(2_505m).Deep(50_001m, 50_003m, 50_000m);
        venue.Place(venue.Order(OrderKind.Limit, Side.Buy, 1m, 50_000m));

        var heard = venue.Trade(49_999m, 2m);

        Assert.Equal(OrderEnding.Filled, heard.Ending());
        Assert.Equal(-47_500m, venue.Usdc);
    }

    [Fact]
    public void A_resting_order_that_the_account_cannot_carry_ends_unfilled()
    {
        var venue = new VenueBench(1_000m).Deep(50_001m, 50_003m, 50_000m);
        venue.Place(venue.Order(OrderKind.Limit, Side.Buy, 1m, 50_000m));

        Assert.Equal(OrderEnding.Undercollateralized, venue.Trade(49_999m, 2m).Ending());
    }

    [Fact]
    public void Levels_before_the_one_that_cannot_be_carried_stay_filled()
    {
        var venue = new VenueBench(2_600m, VenueBench.NoFees)
            .Level(Side.Sell, 50_000m, 0.9m).Level(Side.Sell, 50_400m, 5m).Oracle(50_000m);

        var heard = venue.Market(Side.Buy, 2m, 51_000m);

        Assert.Equal([(50_000m, 0.9m)], heard.Fills());
        Assert.Equal(OrderEnding.Undercollateralized, heard.Ending());
    }

    [Fact]
    public void Spec_8_below_the_initial_margin_reducing_is_allowed_and_adding_is_not()
    {
        var venue = new VenueBench(2_500m, VenueBench.NoFees).Deep(49_999m, 50_000m, 50_000m);
        venue.Market(Side.Buy, 1m, 50_000m);
        venue.Deep(49_500m, 49_500m, 49_500m);
        Assert.False(venue.Risk.IsInitiallyCollateralized);

        var more = venue.Market(Side.Buy, 0.1m, 50_000m);
        var less = venue.Market(Side.Sell, 0.1m, 49_000m);

        Assert.Equal(OrderEnding.Undercollateralized, more.Ending());
        Assert.Equal(OrderEnding.Filled, less.Ending());
        Assert.Equal(0.9m, venue.Position);
    }

    [Fact]
    public void Spec_8_another_markets_position_counts_in_the_same_account()
    {
        var venue = new VenueBench(2_500m, VenueBench.NoFees).Deep(49_999m, 50_000m, 50_000m);
        var eth = VenueBench.Eth;
        venue.Tell(MarketEvent.Quote(
            1, venue.Now, new Ticks(29_999), new Steps(9_000), new Ticks(30_000), new Steps(9_000)));
        venue.Tell(MarketEvent.Oracle(1, venue.Now, 3_000_000_000));
        var bought =
            venue.Place(venue.Order(OrderKind.Market, Side.Buy, 5m, 3_000m) with { Market = eth.Id });

        Assert.Equal(OrderEnding.Filled, bought.Ending());
        Assert.Equal(OrderEnding.Undercollateralized, venue.Market(Side.Buy, 0.7001m, 50_000m).Ending());
        Assert.Equal(OrderEnding.Filled, venue.Market(Side.Buy, 0.7m, 50_000m).Ending());
    }

    [Theory]
    [InlineData(Side.Buy, -6.25)]
    [InlineData(Side.Sell, 6.25)]
    public void Spec_12_one_coin_at_50000_pays_6_25_an_hour_at_1000_ppm_in_eight_hours(
        Side side, double payment)
    {
        var venue = new VenueBench(fees: VenueBench.NoFees).Deep(50_000m, 50_000m, 50_000m);
        venue.Market(side, 1m, 50_000m);
        var before = venue.Usdc;

        var heard = venue.Funding(0.000125m);

        var paid = Assert.IsType<VenueReport.FundingPaid>(Assert.Single(heard));
        Assert.Equal(((decimal)payment, 0.000125m), (paid.Payment.Value, paid.HourlyRate));
        Assert.Equal(before + (decimal)payment, venue.Usdc);
    }

    [Fact]
    public void Spec_12_a_negative_rate_is_paid_by_shorts()
    {
        var venue = new VenueBench(fees: VenueBench.NoFees).Deep(50_000m, 50_000m, 50_000m);
        venue.Market(Side.Sell, 0.5m, 50_000m);

        Assert.Equal(-3.125m, ((VenueReport.FundingPaid)venue.Funding(-0.000125m)[0]).Payment.Value);
    }

    [Fact]
    public void Spec_12_settlement_rounds_toward_minus_infinity()
    {
        // The index delta is 625 at 50,000 and 1,000 ppm: at 40,000 and 1 ppm trunc(0.5) = 0, at 2 ppm 1.
        var venue = new VenueBench(fees: VenueBench.NoFees).Deep(40_000m, 40_000m, 40_000m);
        venue.Market(Side.Sell, 0.0001m, 40_000m);

        var none = ((VenueReport.FundingPaid)venue.Funding(0.000000125m)[0]).Payment.Value;
        var least = ((VenueReport.FundingPaid)venue.Funding(0.00000025m)[0]).Payment.Value;
        venue.Market(Side.Buy, 0.0002m, 40_000m);
        var paid = ((VenueReport.FundingPaid)venue.Funding(0.00000025m)[0]).Payment.Value;

        Assert.Equal((0m, 0.000001m, -0.000001m), (none, least, paid));
    }

    [Fact]
    public void Without_a_position_or_an_oracle_price_nobody_pays_funding()
    {
        var venue = new VenueBench().Deep(50_000m, 50_000m, 50_000m);

        Assert.Empty(venue.Funding(0.001m));
        venue.Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 40_000m));
        Assert.Empty(venue.Funding(0.001m));
    }

    [Theory]
    [InlineData(19.999999, 0)]
    [InlineData(20, 10)]
    [InlineData(99.99, 10)]
    [InlineData(100, 20)]
    [InlineData(999.99, 20)]
    [InlineData(1_000, 40)]
    [InlineData(9_999.99, 40)]
    [InlineData(10_000, 100)]
    [InlineData(99_999.99, 100)]
    [InlineData(100_000, 200)]
    [InlineData(-5, 0)]
    public void Spec_12_1_equity_tiers_bound_the_orders_that_rest(double equity, int orders)
    {
        var collateral = QuoteQuantums.FromUsdRoundingDown(new Usd((decimal)equity));

        Assert.Equal(orders, EquityTier.MostResting(collateral));
    }
}
