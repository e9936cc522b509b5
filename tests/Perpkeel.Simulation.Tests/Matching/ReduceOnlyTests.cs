using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

[Trait("Req", "PAP-1")]
public sealed class ReduceOnlyTests
{
    private readonly VenueBench _venue = new VenueBench().Deep(49_999m, 50_001m, 50_000m);

    [Fact]
    public void Spec_7_7_a_reduce_only_order_is_cut_to_the_position()
    {
        _venue.Market(Side.Buy, 0.3m, 51_000m);

        var heard = _venue.Market(Side.Sell, 1m, 49_000m, reduceOnly: true);

        Assert.Equal([(49_999m, 0.3m)], heard.Fills());
        Assert.Equal(OrderEnding.ReduceOnly, heard.Ending());
        Assert.Equal(0m, _venue.Position);
    }

    [Fact]
    public void Spec_7_7_a_reduce_only_order_is_cut_again_when_the_position_has_shrunk_under_way()
    {
        var venue = new VenueBench().Deep(49_999m, 50_001m, 50_000m);
        venue.Market(Side.Sell, 0.3m, 49_000m);
        venue.Level(Side.Sell, 50_001m, 0.2m).Level(Side.Sell, 50_002m, 5m);

        var heard = venue.Market(Side.Buy, 2m, 51_000m, reduceOnly: true);

        Assert.Equal([(50_001m, 0.2m), (50_002m, 0.1m)], heard.Fills());
        Assert.Equal(0m, venue.Position);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Spec_7_7_a_reduce_only_order_that_rests_not_is_refused_without_a_position(Side side)
    {
        Assert.Equal(
            "clob/2001",
            _venue.Market(side, 1m, side == Side.Buy ? 51_000m : 49_000m, reduceOnly: true).Code());
    }

    [Fact]
    public void Spec_7_7_a_reduce_only_order_on_the_side_of_the_position_is_refused()
    {
        _venue.Market(Side.Buy, 0.1m, 51_000m);

        Assert.Equal("clob/2001", _venue.Market(Side.Buy, 1m, 51_000m, reduceOnly: true).Code());
    }

    [Fact]
    public void Spec_7_7_a_conditional_reduce_only_order_rests_without_a_position()
    {
        var heard = _venue.Place(_venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m));

        Assert.IsType<VenueReport.Opened>(Assert.Single(heard));
        Assert.Single(_venue.Exchange.Account.Orders);
    }

    [Fact]
    public void Spec_7_7_a_conditional_reduce_only_order_that_wakes_without_a_position_ends()
    {
        var stop = _venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m);
        _venue.Place(stop);

        _venue.Deep(48_999m, 49_001m, 48_999m);

        Assert.Equal([stop.ClientId], _venue.Reports.Woken());
        Assert.Empty(_venue.Reports.Fills());
        Assert.Equal(OrderEnding.ReduceOnly, _venue.Reports.Ending());
    }
}
