using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>The real book beside the naive one: what is done to both must do the same.</summary>
internal sealed class BookPair(PriceRegime regime, ulong seed, int moodPercent)
{
    private const int MostResting = 120;

    private readonly ClobBook _book = new(capacity: 1);
    private readonly NaiveBook _naive = new();
    private readonly List<OrderHandle> _handles = [];
    private readonly List<long> _unfilled = [];
    private MoodyJudge _judge = new(seed, moodPercent);
    private MoodyJudge _naiveJudge = new(seed, moodPercent);

    public int Fills { get; private set; }

    public int Removals { get; private set; }

    /// <summary>One operation by chance.</summary>
    public void Act()
    {
        var kind = regime.Next(100);
        if (_handles.Count == 0 || kind < (_book.Count < MostResting ? 62 : 20)) Place();
        else if (kind < 75) Cancel();
        else if (kind < 88) Reduce();
        else Replace();
        Assert.Equal(_naiveJudge.Asked, _judge.Asked);
        Assert.Equal(_naive.Bids.Count + _naive.Asks.Count, _book.Count);
        Assert.Equal(BestOf(_naive.Bids), _book.Best(Side.Buy)?.Value);
        Assert.Equal(BestOf(_naive.Asks), _book.Best(Side.Sell)?.Value);
        Assert.False(_book.Best(Side.Buy) >= _book.Best(Side.Sell), "The book is crossed.");
    }

    /// <summary>Compares both books, order by order and level by level.</summary>
    public void CompareWhole()
    {
        var hash = default(BookHash);
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            var naive = _naive.Of(side);
            var at = 0;
            foreach (var order in _book.Orders(side))
            {
                var other = naive[at++];
                Assert.Equal(
                    (other.Tag, other.Side, other.Price, other.Left),
                    (order.Tag, order.Side, order.Price.Value, order.Quantums));
                Assert.Equal(_handles[(int)order.Tag], order.Handle);
                hash.Add(order);
            }

            Assert.Equal(naive.Count, at);
            CompareLevels(side, naive);
        }

        Assert.Equal(hash.Value, _book.StateHash());
    }

    private void CompareLevels(Side side, List<NaiveOrder> naive)
    {
        var at = 0;
        foreach (var level in _book.Levels(side))
        {
            UInt128 sum = 0;
            for (var last = at + level.Orders; at < last; at++)
            {
                Assert.Equal(naive[at].Price, level.Price.Value);
                sum += (ulong)naive[at].Left;
            }

            Assert.Equal(sum, level.Quantums);
            Assert.True(at == naive.Count || naive[at].Price != level.Price.Value);
        }

        Assert.Equal(naive.Count, at);
    }

    private void Place()
    {
        var order = NextOrder();
        Compare(_book.Place(order, ref _judge), _naive.Place(order, ref _naiveJudge));
    }

    private void Replace()
    {
        var old = NextTag();
        var order = NextOrder();
        var real = _book.Replace(_handles[old], order, ref _judge);
        _ = _naive.Cancel(old);
        Compare(real, _naive.Place(order, ref _naiveJudge));
    }

    private void Cancel()
    {
        var tag = NextTag();
        var isKnown = _book.TryFind(_handles[tag], out var known);
        var isCancelled = _book.Cancel(_handles[tag], out var cancelled);
        Assert.Equal(_naive.Cancel(tag), isCancelled);
        Assert.Equal(isKnown, isCancelled);
        Assert.Equal(known, cancelled);
        Assert.Equal(isCancelled ? tag : 0, cancelled.Tag);
    }

    private void Reduce()
    {
        var tag = NextTag();
        var by = 1 + (regime.NextQuantums() / 3);
        var isThere = _naive.Reduce(tag, by, out var expected);
        Assert.Equal(isThere, _book.Reduce(_handles[tag], by, out var left));
        Assert.Equal(expected, left);
    }

    private void Compare(
        in Placement real, (PlaceOutcome Outcome, MatchRefusal Reason, long Filled, long Left) naive)
    {
        Assert.Equal(naive, (real.Outcome, real.Reason, real.Filled, real.Left));
        Assert.Equal(real.Outcome == PlaceOutcome.Resting, real.Handle != default);
        Fill(_handles.Count, real.Filled);
        _handles.Add(real.Handle);
        var events = _book.Events;
        Assert.Equal(_naive.Events.Count, events.Length);
        for (var i = 0; i < events.Length; i++)
        {
            var told = events[i];
            Assert.Equal(
                _naive.Events[i],
                new NaiveEvent(told.MakerTag, told.Price.Value, told.Quantums, told.Left, told.Removal));
            Assert.Equal(_handles[(int)told.MakerTag], told.Maker);
            if (told.IsFill) Fills++;
            else Removals++;
            if (told.IsFill) Fill((int)told.MakerTag, told.Quantums);
        }
    }

    /// <summary>No order is filled for more than it came with, as taker and as maker together.</summary>
    private void Fill(int tag, long quantums)
    {
        _unfilled[tag] -= quantums;
        Assert.True(_unfilled[tag] >= 0, $"Order {tag} was filled for more than it asked.");
    }

    private IncomingOrder NextOrder()
    {
        var isBuy = regime.NextIsBuy();
        var quantums = regime.NextQuantums();
        _unfilled.Add(quantums);
        return new IncomingOrder(
            isBuy ? Side.Buy : Side.Sell,
            new Ticks(regime.NextPrice(isBuy)),
            quantums,
            _handles.Count,
            (TimeInForce)Math.Max(0, regime.Next(6) - 3));
    }

    /// <summary>An order of the past; most that are asked for still rest.</summary>
    private int NextTag()
    {
        var resting = regime.Happens(50) ? _naive.Bids : _naive.Asks;
        return resting.Count > 0 && regime.Happens(80)
            ? (int)resting[(int)regime.Next(resting.Count)].Tag
            : (int)regime.Next(_handles.Count);
    }

    private static long? BestOf(List<NaiveOrder> side) => side.Count > 0 ? side[0].Price : null;
}
