using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Xunit;

namespace Perpkeel.Core.Tests.MarketData;

[Trait("Req", "RX-2")]
public sealed class OrderBookTests
{
    [Fact]
    public void Levels_are_kept_best_first_whatever_their_order_of_arrival()
    {
        var book = Book((Side.Buy, 98, 1), (Side.Buy, 99, 2), (Side.Buy, 97, 3),
            (Side.Sell, 102, 1), (Side.Sell, 101, 2), (Side.Sell, 103, 3));

        Assert.Equal([99, 98, 97], book.Bids.Select(level => level.Price.Value));
        Assert.Equal([101, 102, 103], book.Asks.Select(level => level.Price.Value));
        Assert.Equal(new BookLevel(new(99), new(2)), book.BestBid);
        Assert.Equal(new BookLevel(new(101), new(2)), book.BestAsk);
    }

    [Fact]
    public void A_level_is_replaced_and_removed_by_its_price()
    {
        var replaced = Book((Side.Buy, 99, 2), (Side.Buy, 98, 1), (Side.Buy, 99, 7));
        var removed = Book((Side.Buy, 99, 2), (Side.Buy, 98, 1), (Side.Buy, 99, 0), (Side.Buy, 50, 0));

        Assert.Equal([new(new(99), new(7)), new(new(98), new(1))], replaced.Bids);
        Assert.Equal([new(new(98), new(1))], removed.Bids);
    }

    [Fact]
    public void A_quote_replaces_everything()
    {
        var book = Book((Side.Buy, 99, 2), (Side.Buy, 98, 1), (Side.Sell, 101, 1));

        var quoted = book.Step(Quote(95, 1, 96, 2));
        var oneSided = book.Step(Quote(95, 1, 96, 0));

        Assert.Equal([new(new(95), new(1))], quoted.Bids);
        Assert.Equal([new(new(96), new(2))], quoted.Asks);
        Assert.Empty(oneSided.Asks);
    }

    [Fact]
    public void Other_events_and_no_side_leave_the_book_as_it_is()
    {
        var book = Book((Side.Buy, 99, 2));

        Assert.Equal(book, book.Step(MarketEvent.Trade(0, default, new(99), new(1))));
        Assert.Equal(book, book.With(Side.None, new(99), new(1)));
    }

    [Fact]
    public void An_empty_book_has_no_best_and_nothing_to_take()
    {
        var book = default(OrderBook);

        Assert.Equal(default, book.BestBid);
        Assert.Equal(default, book.BestAsk);
        Assert.Empty(book.Against(Side.Buy));
    }

    [Fact]
    public void A_buy_takes_the_asks_and_a_sell_the_bids()
    {
        var book = Book((Side.Buy, 99, 2), (Side.Sell, 101, 1));

        Assert.Equal(book.Asks, book.Against(Side.Buy));
        Assert.Equal(book.Bids, book.Against(Side.Sell));
    }

    private static OrderBook Book(params (Side Side, long Price, long Size)[] levels) => levels.Aggregate(
        default(OrderBook),
        (book, level) => book.Step(
            MarketEvent.Level(0, default, level.Side, new(level.Price), new(level.Size))));

    private static MarketEvent Quote(long bid, long bidSize, long ask, long askSize) =>
        MarketEvent.Quote(0, default, new(bid), new(bidSize), new(ask), new(askSize));
}
