using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

[Trait("Req", "PAP-1")]
public sealed class TriggerTests
{
    private readonly VenueBench _venue = new VenueBench().Deep(49_999m, 50_001m, 50_000m);

    [Theory]
    [InlineData(OrderKind.StopMarket, Side.Sell, 49_000, 49_001, 49_000)]
    [InlineData(OrderKind.StopMarket, Side.Buy, 51_000, 50_999, 51_000)]
    [InlineData(OrderKind.TakeProfitMarket, Side.Sell, 51_000, 50_999, 51_000)]
    [InlineData(OrderKind.TakeProfitMarket, Side.Buy, 49_000, 49_001, 49_000)]
    public void Spec_7_6_a_trigger_is_reached_at_its_price_and_not_before(
        OrderKind kind, Side side, int trigger, int before, int reached)
    {
        Open(side.Opposite());
        var order = _venue.Protection(kind, side, trigger, 0.1m);
        _venue.Place(order);

        _venue.Deep(before - 1m, before + 1m, before);
        var early = _venue.Reports.Woken();
        _venue.Deep(reached - 1m, reached + 1m, reached);

        Assert.Empty(early);
        Assert.Equal([order.ClientId], _venue.Reports.Woken());
        Assert.Equal(OrderEnding.Filled, _venue.Reports.Ending());
        Assert.Equal(side == Side.Sell ? reached - 1m : reached + 1m, Fills()[^1].Price);
        Assert.Equal(0m, _venue.Position);
    }

    [Theory]
    [InlineData(OrderKind.StopMarket, Side.Sell, 50_500)]
    [InlineData(OrderKind.StopMarket, Side.Buy, 49_500)]
    [InlineData(OrderKind.TakeProfitMarket, Side.Sell, 49_500)]
    [InlineData(OrderKind.TakeProfitMarket, Side.Buy, 50_500)]
    public void A_trigger_that_is_reached_already_fires_on_arrival(OrderKind kind, Side side, int trigger)
    {
        Open(side.Opposite());

        var heard = _venue.Place(_venue.Protection(kind, side, trigger, 0.1m));

        Assert.Collection(
            heard,
            report => Assert.IsType<VenueReport.Opened>(report),
            report => Assert.Equal(50_000m, Assert.IsType<VenueReport.Triggered>(report).Oracle.Value),
            report => Assert.IsType<VenueReport.Filled>(report),
            report => Assert.IsType<VenueReport.Ended>(report));
    }

    [Fact]
    public void Nothing_fires_before_there_is_an_oracle_price()
    {
        var venue = new VenueBench();

        var heard = venue.Place(venue.Protection(OrderKind.TakeProfitMarket, Side.Buy, 60_000m));

        Assert.IsType<VenueReport.Opened>(Assert.Single(heard));
    }

    [Fact]
    public void Trades_alone_fire_nothing_and_fill_no_order_that_waits_for_its_trigger()
    {
        Open(Side.Buy);
        _venue.Place(_venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m));

        Assert.Empty(_venue.Trade(40_000m, 5m));
    }

    [Fact]
    public void Spec_7_6_a_stop_whose_limit_the_market_has_passed_fills_nothing_and_is_gone()
    {
        Open(Side.Buy);
        _venue.Place(_venue.Order(
            OrderKind.StopMarket, Side.Sell, 0.1m, limit: 48_000m, trigger: 49_000m, reduceOnly: true));

        _venue.Deep(47_000m, 47_002m, 47_001m);

        Assert.Equal(OrderEnding.RestDropped, _venue.Reports.Ending());
        Assert.Equal(0.1m, _venue.Position);
    }

    private void Open(Side side) => _venue.Market(side, 0.1m, side == Side.Buy ? 51_000m : 49_000m);

    private (decimal Price, decimal Size)[] Fills() => _venue.Reports.Fills();
}
