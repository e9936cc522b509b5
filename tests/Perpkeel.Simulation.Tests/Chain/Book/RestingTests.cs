using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>What is done to orders that rest: cancel, reduce, replace, look.</summary>
[Trait("Req", "PAP-1")]
public sealed class RestingTests
{
    private readonly BookScene _scene = new();

    [Fact]
    public void A_cancelled_order_is_told_as_it_stood_and_is_gone()
    {
        var handle = _scene.Buy(5, 100, tag: 1).Handle;
        _ = _scene.Sell(2, 100, tag: 2);

        var isCancelled = _scene.Book.Cancel(handle, out var order);

        Assert.True(isCancelled);
        Assert.Equal((1L, 3L, 100L), (order.Tag, order.Quantums, order.Price.Value));
        Assert.Equal((handle, Side.Buy), (order.Handle, order.Side));
        Assert.Equal(0, _scene.Book.Count);
        Assert.False(_scene.Book.Cancel(handle, out _));
        Assert.False(_scene.Book.TryFind(handle, out _));
    }

    [Fact]
    public void Orders_between_others_are_cancelled_without_disturbing_them()
    {
        _ = _scene.Buy(1, 100, tag: 1);
        var middle = _scene.Buy(2, 100, tag: 2).Handle;
        var last = _scene.Buy(3, 100, tag: 3).Handle;

        _ = _scene.Book.Cancel(middle, out _);
        _ = _scene.Book.Cancel(last, out _);
        _ = _scene.Buy(4, 100, tag: 4);

        Assert.Equal("1@100 #1, 4@100 #4", _scene.Orders(Side.Buy));
        Assert.Equal("5@100 x2", _scene.Levels(Side.Buy));
    }

    [Fact]
    public void A_handle_finds_nothing_when_its_place_is_taken_by_another_order()
    {
        var old = _scene.Buy(5, 100, tag: 1).Handle;
        _ = _scene.Book.Cancel(old, out _);

        var next = _scene.Buy(6, 100, tag: 2).Handle;

        Assert.Equal(old.Slot, next.Slot);
        Assert.False(_scene.Book.TryFind(old, out _));
        Assert.False(_scene.Book.Reduce(old, 1, out _));
        Assert.Equal("6@100 #2", _scene.Orders(Side.Buy));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(1L << 32)]
    [InlineData(7L)]
    [InlineData((1L << 32) + 7)]
    [InlineData((1L << 32) + 1_000_000)]
    public void A_handle_that_no_order_was_given_finds_nothing(long value)
    {
        Assert.False(_scene.Book.Cancel(new OrderHandle(value), out _));

        _ = _scene.Buy(1, 100, tag: 1);
        _ = _scene.Sell(1, 100, tag: 2);

        Assert.False(_scene.Book.Cancel(new OrderHandle(value), out _));
    }

    [Fact]
    public void A_reduced_order_keeps_its_place_in_the_queue()
    {
        var first = _scene.Buy(5, 100, tag: 1).Handle;
        _ = _scene.Buy(5, 100, tag: 2);

        var isThere = _scene.Book.Reduce(first, 4, out var left);

        Assert.True(isThere);
        Assert.Equal(1, left);
        Assert.Equal("1@100 #1, 5@100 #2", _scene.Orders(Side.Buy));
        Assert.Equal("6@100 x2", _scene.Levels(Side.Buy));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(long.MaxValue)]
    public void An_order_reduced_by_all_it_has_is_gone(long by)
    {
        var handle = _scene.Buy(5, 100, tag: 1).Handle;

        Assert.True(_scene.Book.Reduce(handle, by, out var left));
        Assert.Equal((0L, 0), (left, _scene.Book.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => _scene.Book.Reduce(handle, 0, out _));
    }

    [Fact]
    public void A_replaced_order_comes_last_at_its_price()
    {
        var first = _scene.Buy(5, 100, tag: 1).Handle;
        _ = _scene.Buy(5, 100, tag: 2);

        var placed = Replace(first, Buy(4, 100, tag: 3));

        Assert.Equal(PlaceOutcome.Resting, placed.Outcome);
        Assert.Equal("5@100 #2, 4@100 #3", _scene.Orders(Side.Buy));
    }

    [Fact]
    public void An_order_does_not_meet_the_one_that_it_replaces()
    {
        var old = _scene.Sell(5, 100, tag: 1).Handle;
        _ = _scene.Sell(2, 101, tag: 2);

        var placed = Replace(old, Buy(4, 101, tag: 3));

        Assert.Equal((PlaceOutcome.Resting, 2L, 2L), (placed.Outcome, placed.Filled, placed.Left));
        Assert.Equal("2@101 #2 left 0", _scene.Events());
    }

    [Fact]
    public void An_order_is_placed_also_when_the_one_to_replace_is_gone()
    {
        var placed = Replace(default, Buy(4, 100, tag: 3));

        Assert.True(_scene.Book.TryFind(placed.Handle, out var order));
        Assert.Equal(3, order.Tag);
    }

    [Fact]
    public void What_is_not_an_order_replaces_nothing()
    {
        var old = _scene.Buy(5, 100, tag: 1).Handle;

        Assert.Throws<ArgumentException>(() => Replace(old, Buy(0, 100, tag: 2)));
        Assert.Equal("5@100 #1", _scene.Orders(Side.Buy));
    }

    [Fact]
    public void A_level_tells_the_sum_and_the_number_of_its_orders()
    {
        _ = _scene.Sell(5, 102, tag: 1);
        _ = _scene.Sell(2, 100, tag: 2);
        _ = _scene.Sell(3, 100, tag: 3);
        _ = _scene.Buy(7, 99, tag: 4);
        _ = _scene.Buy(7, 12, tag: 5);

        Assert.Equal("5@100 x2, 5@102 x1", _scene.Levels(Side.Sell));
        Assert.Equal("7@99 x1, 7@12 x1", _scene.Levels(Side.Buy));
    }

    [Fact]
    public void The_sum_of_a_level_may_be_wider_than_64_bits()
    {
        for (var tag = 0; tag < 4; tag++) _ = _scene.Sell(long.MaxValue, 100, tag);

        Assert.Equal($"{4 * (UInt128)long.MaxValue}@100 x4", _scene.Levels(Side.Sell));
    }

    [Fact]
    public void A_walk_ends_when_the_book_changes_under_it()
    {
        _ = _scene.Buy(5, 100, tag: 1);
        var levels = _scene.Book.Levels(Side.Buy);
        var orders = _scene.Book.Orders(Side.Buy);

        _ = _scene.Buy(5, 99, tag: 2);

        Assert.Throws<InvalidOperationException>(() => levels.MoveNext());
        Assert.Throws<InvalidOperationException>(() => orders.MoveNext());
    }

    [Fact]
    public void Cancelling_and_reducing_change_the_book_too()
    {
        var handle = _scene.Buy(5, 100, tag: 1).Handle;
        var orders = _scene.Book.Orders(Side.Buy);
        _ = _scene.Book.Reduce(handle, 1, out _);
        Assert.Throws<InvalidOperationException>(() => orders.MoveNext());

        var levels = _scene.Book.Levels(Side.Buy);
        _ = _scene.Book.Cancel(handle, out _);
        Assert.Throws<InvalidOperationException>(() => levels.MoveNext());
    }

    private Placement Replace(OrderHandle old, IncomingOrder order)
    {
        var judge = default(AgreeingJudge);
        return _scene.Book.Replace(old, order, ref judge);
    }

    private static IncomingOrder Buy(long quantums, long price, long tag) =>
        new(Side.Buy, new Ticks(price), quantums, tag);
}
