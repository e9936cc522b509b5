using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

/// <summary>Recorded bars, whose path inside is unknown; the book is a tick on either side of the
/// open.</summary>
[Trait("Req", "PAP-2")]
public sealed class BarMatchingTests
{
    private readonly VenueBench _venue = new VenueBench(fees: VenueBench.NoFees).OpenBar(50_000m, budget: 1m);

    [Fact]
    public void A_market_order_fills_at_the_quote_up_to_the_bars_budget_and_drops_the_rest()
    {
        var heard = _venue.Market(Side.Buy, 3m, 51_000m);

        Assert.Equal([(50_001m, 1m)], heard.Fills());
        Assert.Equal(OrderEnding.RestDropped, heard.Ending());
        Assert.Empty(_venue.Market(Side.Buy, 1m, 51_000m).Fills());
    }

    [Fact]
    public void Stops_and_resting_orders_share_the_bars_budget()
    {
        _venue.Market(Side.Buy, 0.7m, 51_000m);
        _venue.Place(_venue.Protection(OrderKind.StopMarket, Side.Sell, 49_500m));
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Sell, 0.5m, 50_900m));

        var heard = _venue.EndBar(50_000m, 51_000m, 49_000m, 49_600m);

        Assert.Equal([(49_499m, 0.3m)], heard.Fills());
        Assert.Equal(OrderEnding.RestDropped, heard.Ending());
        Assert.Equal(0.4m, _venue.Position);
    }

    [Fact]
    public void A_new_bar_brings_a_new_budget()
    {
        _venue.Market(Side.Buy, 1m, 51_000m);
        _venue.EndBar(50_000m, 50_000m, 50_000m, 50_000m);

        _venue.OpenBar(50_000m, budget: 0.4m);

        Assert.Equal([(49_999m, 0.4m)], _venue.Market(Side.Sell, 1m, 49_000m).Fills());
    }

    [Fact]
    public void Nothing_fills_in_a_gap_between_bars()
    {
        _venue.EndBar(50_000m, 50_000m, 50_000m, 50_000m);

        var heard = _venue.Market(Side.Buy, 1m, 51_000m);

        Assert.Empty(heard.Fills());
        Assert.Equal(OrderEnding.RestDropped, heard.Ending());
    }

    [Theory]
    [InlineData(Side.Buy, 49_500, 50_500)]
    [InlineData(Side.Sell, 50_500, 49_500)]
    public void A_bar_that_touches_stop_and_target_wakes_the_stop_only(Side side, int stop, int target)
    {
        _venue.Market(side, 0.1m, side == Side.Buy ? 51_000m : 49_000m);
        var closing = side.Opposite();
        var second = _venue.Protection(OrderKind.TakeProfitMarket, closing, target);
        var first = _venue.Protection(OrderKind.StopMarket, closing, stop);
        _venue.Place(second);
        _venue.Place(first);

        var heard = _venue.EndBar(50_000m, 50_600m, 49_400m, 50_000m);

        Assert.Equal([first.ClientId], heard.Woken());
        Assert.Equal([(stop + closing.Sign(), 0.1m)], heard.Fills());
        Assert.Equal(second.ClientId, Assert.Single(_venue.Exchange.Account.Orders).Intent.ClientId);
    }

    [Fact]
    public void A_bar_that_touches_the_target_alone_wakes_it_half_a_spread_worse()
    {
        _venue.Market(Side.Buy, 0.1m, 51_000m);
        _venue.Place(_venue.Protection(OrderKind.StopMarket, Side.Sell, 49_500m));
        var target = _venue.Protection(OrderKind.TakeProfitMarket, Side.Sell, 50_500m);
        _venue.Place(target);

        var heard = _venue.EndBar(50_000m, 50_500m, 49_501m, 50_400m);

        Assert.Equal([target.ClientId], heard.Woken());
        Assert.Equal([(50_499m, 0.1m)], heard.Fills());
    }

    [Theory]
    [InlineData(Side.Buy, 49_000, 48_500, 48_499)]
    [InlineData(Side.Sell, 51_000, 51_500, 51_501)]
    public void A_bar_that_opens_beyond_the_stop_fills_it_at_the_open(
        Side side, int trigger, int open, int filled)
    {
        _venue.Market(side, 0.1m, side == Side.Buy ? 51_000m : 49_000m);
        var stop = _venue.Protection(OrderKind.StopMarket, side.Opposite(), trigger);
        _venue.Place(stop);

        var heard = _venue.EndBar(open, open + 10m, open - 10m, open);

        Assert.Equal([stop.ClientId], heard.Woken());
        Assert.Equal([(filled, 0.1m)], heard.Fills());
        Assert.Equal(open, heard.OfType<VenueReport.Triggered>().Single().Oracle.Value);
    }

    [Theory]
    [InlineData(49_001, false)]
    [InlineData(49_000, false)]
    [InlineData(48_999, true)]
    public void A_bar_fills_a_resting_bid_only_when_its_low_lies_a_tick_below(int low, bool isFilled)
    {
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Buy, 0.5m, 49_000m));

        var heard = _venue.EndBar(50_000m, 50_000m, low, 49_500m);

        Assert.Equal(isFilled, heard.Fills() is [(49_000m, 0.5m)]);
    }

    [Fact]
    public void A_bar_fills_a_resting_order_up_to_the_budget_and_the_rest_rests_on()
    {
        _venue.Place(_venue.Order(OrderKind.Limit, Side.Buy, 3m, 49_000m));

        var heard = _venue.EndBar(50_000m, 50_000m, 48_000m, 49_500m);

        Assert.Equal([(49_000m, 1m)], heard.Fills());
        Assert.Equal(2m, Assert.Single(_venue.Exchange.Account.Orders).Remaining.Value);
    }

    [Fact]
    public void A_bar_without_a_budget_fills_no_more_than_its_volume()
    {
        var venue = new VenueBench().Deep(49_999m, 50_001m, 50_000m);
        venue.Market(Side.Buy, 0.3m, 51_000m);
        venue.Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 49_500m));

        var heard = venue.EndBar(50_000m, 50_000m, 49_000m, 49_500m, volume: 0.2m);

        Assert.Equal([(49_499m, 0.2m)], heard.Fills());
    }

    [Fact]
    public void A_stop_never_fills_below_one_tick()
    {
        var venue = new VenueBench().OpenBar(2m, budget: 2m);
        venue.Market(Side.Buy, 1m, 10m);
        venue.Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 1m));

        Assert.Equal([(1m, 1m)], venue.EndBar(2m, 2m, 1m, 1m).Fills());
    }
}
