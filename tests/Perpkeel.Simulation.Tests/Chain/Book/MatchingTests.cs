using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

[Trait("Req", "PAP-1")]
public sealed class MatchingTests
{
    private readonly BookScene _scene = new();

    [Fact]
    public void An_order_that_meets_nobody_rests()
    {
        var placed = _scene.Buy(5, 100, tag: 1);

        Assert.Equal((PlaceOutcome.Resting, 0L, 5L), (placed.Outcome, placed.Filled, placed.Left));
        Assert.Equal("5@100 #1", _scene.Orders(Side.Buy));
        Assert.Equal(string.Empty, _scene.Events());
        Assert.Equal(new Ticks(100), _scene.Book.Best(Side.Buy));
        Assert.Null(_scene.Book.Best(Side.Sell));
    }

    [Fact]
    public void Orders_a_tick_apart_do_not_meet()
    {
        _ = _scene.Sell(5, 101, tag: 1);

        var placed = _scene.Buy(5, 100, tag: 2);

        Assert.Equal(PlaceOutcome.Resting, placed.Outcome);
        Assert.Equal("5@101 #1", _scene.Orders(Side.Sell));
    }

    [Theory]
    [InlineData(Side.Buy, 100)]
    [InlineData(Side.Buy, 130)]
    [InlineData(Side.Sell, 100)]
    [InlineData(Side.Sell, 70)]
    public void A_fill_is_made_at_the_makers_price(Side taker, long limit)
    {
        _ = _scene.Place(new IncomingOrder(taker.Opposite(), new Ticks(100), 5, Tag: 1));

        var placed = _scene.Place(new IncomingOrder(taker, new Ticks(limit), 5, Tag: 2));

        Assert.Equal(new Placement(PlaceOutcome.Filled, default, default, Filled: 5, Left: 0), placed);
        Assert.Equal("5@100 #1 left 0", _scene.Events());
        Assert.Equal(0, _scene.Book.Count);
    }

    [Fact]
    public void Tx_7_1_the_better_price_is_filled_first_and_at_one_price_the_earlier_order()
    {
        _ = _scene.Sell(2, 102, tag: 1);
        _ = _scene.Sell(2, 101, tag: 2);
        _ = _scene.Sell(2, 101, tag: 3);
        _ = _scene.Sell(2, 100, tag: 4);

        _ = _scene.Buy(7, 105, tag: 5);

        Assert.Equal("2@100 #4 left 0, 2@101 #2 left 0, 2@101 #3 left 0, 1@102 #1 left 1", _scene.Events());
        Assert.Equal("1@102 #1", _scene.Orders(Side.Sell));
    }

    [Fact]
    public void The_highest_bid_is_sold_to_first()
    {
        _ = _scene.Buy(2, 98, tag: 1);
        _ = _scene.Buy(2, 99, tag: 2);

        _ = _scene.Sell(3, 90, tag: 3);

        Assert.Equal("2@99 #2 left 0, 1@98 #1 left 1", _scene.Events());
    }

    [Fact]
    public void Tx_7_4_without_a_time_in_force_what_crosses_is_filled_and_the_remainder_rests()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(9, 102, tag: 2);

        var placed = _scene.Buy(10, 101, tag: 3);

        Assert.Equal((PlaceOutcome.Resting, 3L, 7L), (placed.Outcome, placed.Filled, placed.Left));
        Assert.Equal("7@101 #3", _scene.Orders(Side.Buy));
        Assert.Equal("9@102 #2", _scene.Orders(Side.Sell));
    }

    [Fact]
    public void A_partly_filled_maker_keeps_its_place()
    {
        _ = _scene.Sell(5, 100, tag: 1);
        _ = _scene.Sell(5, 100, tag: 2);
        _ = _scene.Buy(2, 100, tag: 3);

        _ = _scene.Buy(4, 100, tag: 4);

        Assert.Equal("3@100 #1 left 0, 1@100 #2 left 4", _scene.Events());
    }

    [Fact]
    public void Tx_7_4_the_rest_of_an_ioc_order_is_dropped()
    {
        _ = _scene.Sell(3, 100, tag: 1);

        var placed = _scene.Buy(10, 101, tag: 2, TimeInForce.ImmediateOrCancel);

        Assert.Equal(new Placement(PlaceOutcome.RestDropped, default, default, Filled: 3, Left: 7), placed);
        Assert.Equal(0, _scene.Book.Count);
    }

    [Fact]
    public void Tx_7_4_an_ioc_order_that_is_filled_whole_has_no_rest()
    {
        _ = _scene.Sell(3, 100, tag: 1);

        var placed = _scene.Buy(3, 101, tag: 2, TimeInForce.ImmediateOrCancel);

        Assert.Equal((PlaceOutcome.Filled, 3L, 0L), (placed.Outcome, placed.Filled, placed.Left));
    }

    [Theory]
    [InlineData(Side.None, 1, 1, 0)]
    [InlineData(Side.Buy, 0, 1, 0)]
    [InlineData(Side.Buy, -1, 1, 0)]
    [InlineData(Side.Buy, 1, 0, 0)]
    [InlineData(Side.Sell, 1, -1, 0)]
    [InlineData(Side.Sell, 1, 1, 3)]
    public void What_is_not_an_order_is_a_bug_of_the_caller(Side side, long price, long quantums, int force)
    {
        var order = new IncomingOrder(side, new Ticks(price), quantums, Tag: 1, (TimeInForce)force);

        Assert.Throws<ArgumentException>(() => _scene.Place(order));
        Assert.Equal(0, _scene.Book.Count);
    }

    [Fact]
    public void More_makers_than_ever_before_are_all_told()
    {
        for (var tag = 0; tag < 200; tag++) _ = _scene.Sell(1, 100 + tag, tag);

        var placed = _scene.Buy(200, 400, tag: 1_000);

        Assert.Equal(200, placed.Filled);
        Assert.Equal(200, _scene.Book.Events.Length);
        Assert.Equal(199, _scene.Book.Events[199].MakerTag);
    }
}
