using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>One price level of a book.</summary>
/// <param name="Price">The price.</param>
/// <param name="Size">What rests there, positive.</param>
public readonly record struct BookLevel(Ticks Price, Steps Size);

/// <summary>
/// The resting orders of one market by price, best first: a fold over quotes and level changes. Immutable.
/// </summary>
public readonly record struct OrderBook
{
    private readonly ImmutableArray<BookLevel> _bids;
    private readonly ImmutableArray<BookLevel> _asks;

    private OrderBook(ImmutableArray<BookLevel> bids, ImmutableArray<BookLevel> asks)
    {
        _bids = bids;
        _asks = asks;
    }

    /// <summary>Bids, highest first.</summary>
    public ImmutableArray<BookLevel> Bids => _bids.IsDefault ? [] : _bids;

    /// <summary>Asks, lowest first.</summary>
    public ImmutableArray<BookLevel> Asks => _asks.IsDefault ? [] : _asks;

    /// <summary>The highest bid; zero when nobody bids.</summary>
    public BookLevel BestBid => Bids.IsEmpty ? default : Bids[0];

    /// <summary>The lowest ask; zero when nobody asks.</summary>
    public BookLevel BestAsk => Asks.IsEmpty ? default : Asks[0];

    /// <summary>What an order of a side would take from: the asks for a buy, the bids for a sell.</summary>
    public ImmutableArray<BookLevel> Against(Side side) => side == Side.Buy ? Asks : Bids;

    /// <summary>The book after one more event of its market; other kinds leave it as it is.</summary>
    public OrderBook Step(in MarketEvent next) => next.Kind switch
    {
        MarketEventKind.Quote => new(
            next.BidSize.Value > 0 ? [new(next.Bid, next.BidSize)] : [],
            next.AskSize.Value > 0 ? [new(next.Ask, next.AskSize)] : []),
        MarketEventKind.Level => With(next.Side, next.Last, next.Volume),
        _ => this,
    };

    /// <summary>The book with one level at a new size; zero removes it.</summary>
    public OrderBook With(Side side, Ticks price, Steps size) => side switch
    {
        Side.Buy => new(Set(Bids, price, size, ascending: false), _asks),
        Side.Sell => new(_bids, Set(Asks, price, size, ascending: true)),
        _ => this,
    };

    private static ImmutableArray<BookLevel> Set(
        ImmutableArray<BookLevel> levels, Ticks price, Steps size, bool ascending)
    {
        var at = 0;
        while (at < levels.Length && IsBefore(levels[at].Price, price, ascending)) at++;
        var exists = at < levels.Length && levels[at].Price == price;
        if (size.Value <= 0) return exists ? levels.RemoveAt(at) : levels;
        var level = new BookLevel(price, size);
        return exists ? levels.SetItem(at, level) : levels.Insert(at, level);
    }

    private static bool IsBefore(Ticks left, Ticks right, bool ascending) =>
        ascending ? left < right : left > right;
}
