using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Matching;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

[Trait("Req", "PAP-1")]
public sealed class TakingOrderTests
{
    private readonly VenueBench _venue = new VenueBench(fees: VenueBench.NoFees)
        .Level(Side.Sell, 50_001m, 0.1m).Level(Side.Sell, 50_002m, 0.2m).Level(Side.Sell, 50_010m, 5m)
        .Level(Side.Buy, 49_999m, 0.1m).Level(Side.Buy, 49_990m, 0.3m)
        .Oracle(50_000m);

    [Fact]
    public void A_market_order_walks_the_levels_within_its_limit_and_drops_the_rest()
    {
        var heard = _venue.Market(Side.Buy, 1m, limit: 50_005m);

        Assert.IsType<VenueReport.Opened>(heard[0]);
        Assert.Equal([(50_001m, 0.1m), (50_002m, 0.2m)], heard.Fills());
        Assert.Equal(OrderEnding.RestDropped, heard.Ending());
        Assert.Equal(0.3m, ((VenueReport.Ended)heard[^1]).FilledSize.Value);
        Assert.Equal(0.3m, _venue.Position);
    }

    [Fact]
    public void A_sell_walks_the_bids_from_the_highest()
    {
        var heard = _venue.Market(Side.Sell, 0.2m, limit: 49_000m);

        Assert.Equal([(49_999m, 0.1m), (49_990m, 0.1m)], heard.Fills());
        Assert.Equal(OrderEnding.Filled, heard.Ending());
        Assert.Equal(-0.2m, _venue.Position);
    }

    [Fact]
    public void A_limit_that_equals_a_level_is_within()
    {
        Assert.Equal([(50_001m, 0.1m)], _venue.Market(Side.Buy, 0.5m, limit: 50_001m).Fills());
    }

    [Fact]
    public void What_was_taken_is_not_there_twice()
    {
        _venue.Market(Side.Buy, 0.15m, limit: 50_005m);

        var second = _venue.Market(Side.Buy, 1m, limit: 50_005m);

        Assert.Equal([(50_002m, 0.15m)], second.Fills());
    }

    [Fact]
    public void A_level_that_is_told_anew_is_there_again()
    {
        _venue.Market(Side.Buy, 0.3m, limit: 50_005m);

        _venue.Level(Side.Sell, 50_001m, 0.4m);

        Assert.Equal([(50_001m, 0.4m)], _venue.Market(Side.Buy, 1m, limit: 50_001m).Fills());
    }

    [Fact]
    public void A_market_order_without_a_counterpart_ends_unfilled()
    {
        var heard = _venue.Market(Side.Buy, 1m, limit: 49_000m);

        Assert.Empty(heard.Fills());
        Assert.Equal(OrderEnding.RestDropped, heard.Ending());
        Assert.Empty(_venue.Exchange.Account.Orders);
    }

    [Fact]
    public void A_limit_order_takes_what_crosses_and_rests_at_its_limit()
    {
        var heard = _venue.Place(_venue.Order(OrderKind.Limit, Side.Buy, 0.5m, 50_001m));

        var fill = heard.Fill();
        Assert.Equal((50_001m, 0.1m, FillKind.Taker), (fill.Price.Value, fill.Size.Value, fill.Kind));
        Assert.Equal(OrderEnding.None, heard.Ending());
        Assert.Equal(0.4m, Assert.Single(_venue.Exchange.Account.Orders).Remaining.Value);
    }

    [Theory]
    [InlineData(50_000, false)]
    [InlineData(49_990, false)]
    [InlineData(49_989, true)]
    public void A_resting_bid_fills_only_when_the_market_trades_through_it_by_a_tick(
        int traded, bool isFilled)
    {
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Buy, 0.5m, 49_990m));

        Assert.Equal(isFilled, _venue.Trade(traded, 1m).Fills() is [(49_990m, 0.5m)]);
    }

    [Theory]
    [InlineData(50_000, false)]
    [InlineData(50_001, true)]
    public void A_resting_ask_fills_only_when_the_market_trades_through_it_by_a_tick(
        int traded, bool isFilled)
    {
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Sell, 0.5m, 50_000m));

        Assert.Equal(isFilled, _venue.Trade(traded, 1m).Fills() is [(50_000m, 0.5m)]);
    }

    [Fact]
    public void A_resting_order_fills_no_more_than_was_traded_and_orders_share_it_in_their_turn()
    {
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Buy, 0.3m, 49_000m));
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Buy, 0.5m, 49_000m));

        var first = _venue.Trade(48_999m, 0.4m);
        var second = _venue.Trade(48_999m, 9m);

        Assert.Equal([(49_000m, 0.3m), (49_000m, 0.1m)], first.Fills());
        Assert.Equal([(49_000m, 0.4m)], second.Fills());
        Assert.Empty(_venue.Trade(48_999m, 9m));
    }

    [Fact]
    public void Spec_13_takers_and_makers_pay_their_own_rate()
    {
        var venue = new VenueBench(fees: new VenueFees(new Ppm(500), new Ppm(100)))
            .Level(Side.Sell, 50_000m, 0.1m).Oracle(50_000m);

        var taken = venue.Market(Side.Buy, 0.1m, 50_000m);
        venue.Place(venue.Order(OrderKind.Limit, Side.Buy, 0.1m, 49_000m));
        var made = venue.Trade(48_000m, 1m);

        Assert.Equal((2.5m, FillKind.Taker), (taken.Fill().Fee.Value, taken.Fill().Kind));
        Assert.Equal((0.49m, FillKind.Maker), (made.Fill().Fee.Value, made.Fill().Kind));
        Assert.Equal(10_000m - 5_000m - 4_900m - 2.99m, venue.Usdc);
    }

    [Fact]
    public void Spec_13_a_fee_rounds_up_and_a_rebate_toward_zero()
    {
        // 0.0001 at 50,001 is 5,000,100 quantums: 333 ppm of it are 1,665.03 and 111 ppm are 555.01.
        var venue = new VenueBench(fees: new VenueFees(new Ppm(333), new Ppm(-111)))
            .Level(Side.Sell, 50_001m, 1m).Oracle(50_000m);

        var taken = venue.Market(Side.Buy, 0.0001m, 50_001m);
        venue.Place(venue.Order(OrderKind.Limit, Side.Sell, 0.0001m, 50_001m));
        var made = venue.Trade(50_002m, 1m);

        Assert.Equal(0.001666m, taken.Fill().Fee.Value);
        Assert.Equal(-0.000555m, made.Fill().Fee.Value);
    }
}
