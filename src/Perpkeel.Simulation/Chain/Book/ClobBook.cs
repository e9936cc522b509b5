using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// The order book of one pair: orders meet by price, then by time, at the price of the one that rests. It
/// knows nothing of accounts: a judge is asked before each fill. After every operation the book is not
/// crossed, and no order was filled for more than it asked.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, <c>x/clob/memclob</c>: makers that are not fit are removed and matching goes on;
/// a taker that is not fit ends matching and does not rest; an order that replaces another is matched after
/// that one is gone; a post-only order is refused when anything would be filled, though makers found unfit
/// on the way are removed. In memory an order has 32 bytes, a level 48, the window of prices 17 KiB; nothing
/// is allocated for an order while there is room.
/// </remarks>
internal sealed class ClobBook
{
    private const int FirstCapacity = 64;

    private readonly BookLadder _ladder;
    private MatchEvent[] _events = new MatchEvent[FirstCapacity];
    private int _eventCount;

    /// <summary>An empty book.</summary>
    /// <param name="capacity">Orders before their pool first grows.</param>
    public ClobBook(int capacity = FirstCapacity) => _ladder = new BookLadder(capacity);

    /// <summary>How many orders rest.</summary>
    public int Count => _ladder.Count;

    /// <summary>Bytes of the pools; they grow with the most orders there ever were at once.</summary>
    public long PooledBytes => _ladder.PooledBytes;

    /// <summary>
    /// What the last placement or replacement did to makers, in order; overwritten by the next.
    /// </summary>
    public ReadOnlySpan<MatchEvent> Events => _events.AsSpan(0, _eventCount);

    /// <summary>Counts the operations that may have changed the book.</summary>
    internal long Changes { get; private set; }

    /// <summary>The resting orders.</summary>
    internal BookLadder Ladder => _ladder;

    /// <summary>The best price of a side; null when the side is empty.</summary>
    public Ticks? Best(Side side)
    {
        var level = _ladder.Best(side);
        return level != LevelPool.None ? new Ticks(_ladder.Level(level).Price) : null;
    }

    /// <summary>The levels of a side from the best price on. The book must not change meanwhile.</summary>
    public BookLevels Levels(Side side) => new(this, side);

    /// <summary>
    /// The orders of a side in the order in which they would be filled. The book must not change meanwhile.
    /// </summary>
    public BookOrders Orders(Side side) => new(this, side);

    /// <summary>An order that still rests.</summary>
    public bool TryFind(OrderHandle handle, out RestingOrder order)
    {
        var isThere = _ladder.TryFind(handle, out var slot);
        order = isThere ? _ladder.View(slot) : default;
        return isThere;
    }

    /// <summary>
    /// Matches an order with those that rest, and rests what is left where its time in force allows.
    /// <see cref="Events"/> tells what happened to makers.
    /// </summary>
    /// <exception cref="ArgumentException">No side, price or size, or an unknown time in force.</exception>
    /// <exception cref="InvalidOperationException">The judge's verdict does not fit the offer.</exception>
    public Placement Place<TJudge>(in IncomingOrder order, ref TJudge judge)
        where TJudge : struct, IMatchJudge
    {
        ThrowIfMalformed(order);
        Begin();
        var left = order.Quantums;
        var wouldTake = false;
        var reason = order.Force == TimeInForce.PostOnly
            ? Try(order, ref judge, out wouldTake)
            : Match(order, ref left, ref judge);
        var filled = order.Quantums - left;
        if (wouldTake) return new Placement(PlaceOutcome.WouldTake, default, default, 0, left);
        if (left == 0) return new Placement(PlaceOutcome.Filled, default, default, filled, 0);
        if (reason != MatchRefusal.None)
            return new Placement(PlaceOutcome.Stopped, reason, default, filled, left);
        if (order.Force == TimeInForce.ImmediateOrCancel)
            return new Placement(PlaceOutcome.RestDropped, default, default, filled, left);

        var handle = _ladder.Append(order.Side, order.Price.Value, left, order.Tag);
        return new Placement(PlaceOutcome.Resting, default, handle, filled, left);
    }

    /// <summary>
    /// Removes an order, if it still rests, and places another, which comes last at its price even where
    /// only the size is new.
    /// </summary>
    /// <remarks>Whether the old order was there is not told; <see cref="TryFind"/> knows it before.</remarks>
    public Placement Replace<TJudge>(OrderHandle old, in IncomingOrder order, ref TJudge judge)
        where TJudge : struct, IMatchJudge
    {
        ThrowIfMalformed(order);
        _ = Cancel(old, out _);
        return Place(order, ref judge);
    }

    /// <summary>Removes an order.</summary>
    /// <param name="handle">Finds it.</param>
    /// <param name="order">The order as it stood.</param>
    /// <returns>Whether it was still there.</returns>
    public bool Cancel(OrderHandle handle, out RestingOrder order)
    {
        if (!_ladder.TryFind(handle, out var slot))
        {
            order = default;
            return false;
        }

        Changes++;
        order = _ladder.View(slot);
        _ladder.Remove(slot);
        return true;
    }

    /// <summary>
    /// Takes so much from an order, which keeps its place in the queue; it is removed when nothing is left.
    /// </summary>
    /// <param name="handle">Finds it.</param>
    /// <param name="quantums">How much, in base quantums; positive. More than it has is all of it.</param>
    /// <param name="left">What is left of it.</param>
    /// <returns>Whether it was still there.</returns>
    public bool Reduce(OrderHandle handle, long quantums, out long left)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantums);
        left = 0;
        if (!_ladder.TryFind(handle, out var slot)) return false;
        Changes++;
        left = _ladder.Shrink(slot, quantums);
        return true;
    }

    /// <summary>
    /// A number of the whole book: sides, prices, sizes, tags and their order; not of handles and history.
    /// </summary>
    public ulong StateHash()
    {
        var hash = default(BookHash);
        foreach (var order in Orders(Side.Buy)) hash.Add(order);
        foreach (var order in Orders(Side.Sell)) hash.Add(order);
        return hash.Value;
    }

    private static void ThrowIfMalformed(in IncomingOrder order)
    {
        if (!order.IsWellFormed) throw new ArgumentException($"No book takes {order}.", nameof(order));
    }

    private void Begin()
    {
        Changes++;
        _eventCount = 0;
    }

    private MatchRefusal Match<TJudge>(in IncomingOrder taker, ref long left, ref TJudge judge)
        where TJudge : struct, IMatchJudge
    {
        var side = taker.Side.Opposite();
        while (left > 0)
        {
            var level = _ladder.Best(side);
            if (level == LevelPool.None || !Crosses(taker, _ladder.Level(level).Price)) break;
            var slot = _ladder.Level(level).Head;
            var most = Math.Min(left, _ladder.Order(slot).Quantums);
            var verdict = judge.Judge(OfferOf(taker, slot, most, isTrial: false));
            verdict.ThrowIfUnfit(most);
            if (verdict.Quantums > 0)
            {
                left -= verdict.Quantums;
                if (Fill(slot, verdict.Quantums) && verdict.Maker != MatchRefusal.None)
                    RemoveMaker(slot, verdict.Maker);
            }
            else if (verdict.Maker != MatchRefusal.None)
            {
                RemoveMaker(slot, verdict.Maker);
            }

            if (verdict.Taker != MatchRefusal.None) return verdict.Taker;
        }

        return MatchRefusal.None;
    }

    /// <summary>Walks what a post-only order would take; fills nothing, removes the unfit.</summary>
    private MatchRefusal Try<TJudge>(in IncomingOrder taker, ref TJudge judge, out bool wouldTake)
        where TJudge : struct, IMatchJudge
    {
        wouldTake = false;
        var left = taker.Quantums;
        var best = _ladder.Best(taker.Side.Opposite());
        var slot = best != LevelPool.None ? _ladder.Level(best).Head : OrderPool.None;
        while (left > 0 && slot != OrderPool.None && Crosses(taker, PriceOf(slot)))
        {
            var next = _ladder.After(slot);
            for (var rest = _ladder.Order(slot).Quantums; left > 0 && rest > 0;)
            {
                var most = Math.Min(left, rest);
                var verdict = judge.Judge(OfferOf(taker, slot, most, isTrial: true));
                verdict.ThrowIfUnfit(most);
                wouldTake |= verdict.Quantums > 0;
                left -= verdict.Quantums;
                rest -= verdict.Quantums;
                if (verdict.Maker != MatchRefusal.None && rest > 0)
                {
                    RemoveMaker(slot, verdict.Maker);
                    rest = 0;
                }

                if (verdict.Taker != MatchRefusal.None) return verdict.Taker;
            }

            slot = next;
        }

        return MatchRefusal.None;
    }

    private static bool Crosses(in IncomingOrder taker, long price) =>
        taker.Side == Side.Buy ? price <= taker.Price.Value : price >= taker.Price.Value;

    private long PriceOf(int slot) => _ladder.Level(_ladder.Order(slot).Level).Price;

    private MatchOffer OfferOf(in IncomingOrder taker, int maker, long quantums, bool isTrial) => new()
    {
        TakerTag = taker.Tag,
        MakerTag = _ladder.Order(maker).Tag,
        Price = new Ticks(PriceOf(maker)),
        Quantums = quantums,
        TakerSide = taker.Side,
        IsTrial = isTrial,
    };

    /// <summary>Fills a maker; says whether something is left of it.</summary>
    private bool Fill(int slot, long quantums)
    {
        var left = _ladder.Order(slot).Quantums - quantums;
        Tell(slot, quantums, left, MatchRefusal.None);
        return _ladder.Shrink(slot, quantums) > 0;
    }

    private void RemoveMaker(int slot, MatchRefusal reason)
    {
        Tell(slot, _ladder.Order(slot).Quantums, 0, reason);
        _ladder.Remove(slot);
    }

    private void Tell(int slot, long quantums, long left, MatchRefusal removal)
    {
        if (_eventCount == _events.Length) Array.Resize(ref _events, _events.Length * 2);
        _events[_eventCount++] = new MatchEvent
        {
            Maker = _ladder.HandleOf(slot),
            MakerTag = _ladder.Order(slot).Tag,
            Price = new Ticks(PriceOf(slot)),
            Quantums = quantums,
            Left = left,
            Removal = removal,
        };
    }
}
