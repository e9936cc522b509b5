using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Matching;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

[Trait("Req", "PAP-1")]
public sealed class RefusalTests
{
    private readonly VenueBench _venue = new VenueBench().Deep(49_999m, 50_001m, 50_000m);

    [Fact]
    public void Spec_7_2_orders_that_are_no_orders_are_refused_with_the_chains_codes()
    {
        var order = _venue.Order(OrderKind.Market, Side.Buy, 1m, 50_000m);
        var stop = _venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m);
        Assert.Equal("clob/3", CodeOf(order with { Side = Side.None }));
        Assert.Equal("clob/4", CodeOf(order with { Size = Size.Zero }));
        Assert.Equal("clob/4", CodeOf(order with { Size = new Size(-1m) }));
        Assert.Equal("clob/6", CodeOf(order with { Limit = new Price(0m) }));
        Assert.Equal("clob/9003", CodeOf(order with { Kind = OrderKind.Limit, ReduceOnly = true }));
        Assert.Equal("clob/6001", CodeOf(stop with { Trigger = new Price(0m) }));
        Assert.Equal("clob/6001", CodeOf(stop with { Trigger = null }));
    }

    [Fact]
    public void Spec_7_3_orders_off_the_market_or_its_grid_are_refused_with_the_chains_codes()
    {
        var order = _venue.Order(OrderKind.Market, Side.Buy, 1m, 50_000m);
        var stop = _venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m);
        Assert.Equal("clob/8", CodeOf(order with { Market = new MarketId("GOLD-USD") }));
        Assert.Equal("clob/12", CodeOf(order with { Size = new Size(0.00015m) }));
        Assert.Equal("clob/12", CodeOf(order with { Limit = new Price(50_000.5m) }));
        Assert.Equal("clob/12", CodeOf(stop with { Trigger = new Price(49_000.5m) }));
        Assert.Equal("taken", CodeOf(stop));
    }

    [Fact]
    public void A_refused_order_leaves_nothing_behind_but_its_id()
    {
        var order = _venue.Order(OrderKind.Market, Side.Buy, 0.00015m, 50_000m);

        var heard = _venue.Place(order);
        var again = _venue.Place(order with { Size = new Size(1m) });

        Assert.Equal(order.ClientId, Assert.IsType<VenueReport.Rejected>(Assert.Single(heard)).ClientId);
        Assert.Empty(again);
        Assert.Empty(_venue.Exchange.Account.Orders);
        Assert.Equal(10_000m, _venue.Usdc);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void Spec_7_10_the_same_order_sent_again_is_at_the_venue_once()
    {
        var done = _venue.Order(OrderKind.Market, Side.Buy, 0.1m, 51_000m);
        var resting = _venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m);
        _venue.Place(done);
        _venue.Place(resting);

        Assert.Empty(_venue.Place(done));
        Assert.Empty(_venue.Place(resting));
        Assert.Equal(0.1m, _venue.Position);
        Assert.Single(_venue.Exchange.Account.Orders);
    }

    [Fact]
    public void A_live_order_is_cancelled_with_what_it_had_filled()
    {
        var order = _venue.Order(OrderKind.Limit, Side.Buy, 1m, 49_000m);
        _venue.Place(order);
        _venue.Trade(48_000m, 0.1m);

        var ended = Assert.IsType<VenueReport.Ended>(Assert.Single(_venue.Cancel(order.ClientId)));

        Assert.Equal((OrderEnding.Cancelled, 0.1m), (ended.Ending, ended.FilledSize.Value));
        Assert.Empty(_venue.Exchange.Account.Orders);
    }

    [Fact]
    public void Cancelling_an_order_that_is_over_is_harmless()
    {
        var order = _venue.Order(OrderKind.Market, Side.Buy, 0.1m, 51_000m);
        _venue.Place(order);

        Assert.Empty(_venue.Cancel(order.ClientId));
    }

    [Fact]
    public void Cancelling_an_order_that_never_came_is_refused()
    {
        var heard = _venue.Cancel(new ClientOrderId(77));

        Assert.Equal(77u, Assert.IsType<VenueReport.CancelRefused>(Assert.Single(heard)).ClientId.Value);
    }

    [Fact]
    public void Spec_12_2_two_resting_placements_a_block()
    {
        Assert.Equal("taken", Rest());
        Assert.Equal("taken", Rest());
        Assert.Equal("clob/5001", Rest());

        _venue.Wait(0.999);
        Assert.Equal("clob/5001", Rest());
        _venue.Wait(0.001);
        Assert.Equal("taken", Rest());
    }

    [Fact]
    public void Spec_12_2_twenty_resting_placements_in_a_hundred_blocks()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("taken", Rest());
            _venue.Wait(1);
        }

        Assert.Equal("clob/5001", Rest());
        _venue.Wait(79.999);
        Assert.Equal("clob/5001", Rest());
        _venue.Wait(0.001);
        Assert.Equal("taken", Rest());
    }

    [Fact]
    public void Spec_12_2_orders_that_do_not_rest_do_not_count()
    {
        for (var i = 0; i < 30; i++) Assert.Equal("taken", _venue.Market(Side.Buy, 0.001m, 51_000m).Code());

        Assert.Equal("taken", Rest());
    }

    [Fact]
    public void Spec_12_1_a_poor_account_may_not_rest_any_order()
    {
        var venue = new VenueBench(19.99m).Deep(49_999m, 50_001m, 50_000m);

        Assert.Equal(
            "clob/10001", venue.Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m)).Code());
    }

    [Fact]
    public void Spec_12_1_the_tier_counts_what_rests_now()
    {
        var venue = new VenueBench(50m).Deep(49_999m, 50_001m, 50_000m);
        var first = venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m);
        venue.Place(first);
        for (var i = 1; i < 10; i++)
        {
            venue.Wait(1).Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m));
        }

        var full = venue.Wait(1).Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m));
        venue.Cancel(first.ClientId);
        var free = venue.Wait(1).Place(venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m));

        Assert.Equal(("clob/10001", "taken"), (full.Code(), free.Code()));
    }

    [Fact]
    public void Books_refuse_a_report_that_does_not_follow_or_names_no_live_order()
    {
        var account = new VenueAccount([VenueBench.Btc]);
        var ended = new VenueReport.Ended
        {
            Sequence = 1,
            At = VenueBench.Start,
            ClientId = new ClientOrderId(1),
            Ending = OrderEnding.Filled,
            FilledSize = Size.Zero,
        };

        Assert.Throws<InvalidDataException>(() => account.Apply(ended with { Sequence = 2 }));
        Assert.Throws<InvalidDataException>(() => account.Apply(ended));
    }

    private string Rest() => _venue.Place(_venue.Protection(OrderKind.StopMarket, Side.Sell, 49_000m)).Code();

    /// <summary>Each under an id of its own: one that was seen is the same order.</summary>
    private string CodeOf(OrderIntent order) =>
        _venue.Place(order with { ClientId = new ClientOrderId(1_000u + (uint)_venue.Reports.Count) }).Code();
}
