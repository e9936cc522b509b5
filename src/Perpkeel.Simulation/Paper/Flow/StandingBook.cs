using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>
/// The market around the paper account, as orders of other participants in the chain's own book: makers
/// whose levels follow what the source tells, takers who trade what it tells.
/// </summary>
internal sealed class StandingBook(VenueState state, int index, FlowAccounts accounts, QueueRule rule)
{
    /// <summary>
    /// How many single lots stand before the rest of a maker's order, while lots are offered.
    /// </summary>
    private const int MostLots = 20;

    private readonly Market _market = state.Markets[index].Market;
    private readonly SortedDictionary<long, StandingLevel> _bids = [];
    private readonly SortedDictionary<long, StandingLevel> _asks = [];
    private readonly List<long> _gone = [];
    private readonly List<(Side Side, long Ticks, long Steps)> _met = [];
    private uint _lastId;

    /// <summary>Whether makers offer single lots.</summary>
    public bool OffersSingleLots { get; set; }

    /// <summary>
    /// Brings the makers' orders to the levels of a book; who leaves goes before who comes. Who comes across
    /// an order of ours fills it: what he brought for that is taken off the book, so that he comes once.
    /// </summary>
    public void Follow(DepthBook book)
    {
        Shrink(_bids, book.Bids);
        Shrink(_asks, book.Asks);
        Grow(Side.Buy, book.Bids);
        Grow(Side.Sell, book.Asks);
        foreach (var (side, ticks, steps) in _met) book[side].Set(ticks, book[side].SizeAt(ticks) - steps);
        _met.Clear();
        if (rule == QueueRule.First) StepBack();
    }

    /// <summary>A taker of the market takes so much, at a price or better; the rest is dropped.</summary>
    public void Take(Side side, long ticks, long steps)
    {
        if (rule == QueueRule.Through && OursAt(side.Opposite(), ticks)) ticks -= side.Sign();
        if (ticks <= 0 || steps <= 0) return;
        var order = OrderOf(accounts.Takers, side, ticks, steps) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
        };
        _ = state.Books.Enter(Live(order, accounts.TakersIndex));
        Absorb(reduced: null);
    }

    /// <summary>
    /// Takes note of what was filled of the makers' orders. Where a book is given it was orders of ours that
    /// did it: what they took is taken off its levels, so that it is not there a second time.
    /// </summary>
    public void Absorb(DepthBook? reduced)
    {
        Absorb(_bids, reduced?.Bids);
        Absorb(_asks, reduced?.Asks);
    }

    /// <summary>Everybody leaves.</summary>
    public void Clear()
    {
        foreach (var level in _bids.Values) level.Clear();
        foreach (var level in _asks.Values) level.Clear();
        _bids.Clear();
        _asks.Clear();
    }

    private void Shrink(SortedDictionary<long, StandingLevel> levels, DepthSide target)
    {
        _gone.Clear();
        foreach (var (ticks, level) in levels)
        {
            var surplus = level.Known - (target.SizeAt(ticks) * _market.StepBaseQuantums);
            if (surplus > 0 && rule == QueueRule.LeaveEvenly)
            {
                level.LeaveEvenly(surplus, _market.StepBaseQuantums);
            }
            else if (surplus > 0)
            {
                level.LeaveFromBehind(surplus);
            }

            if (level.IsEmpty) _gone.Add(ticks);
        }

        foreach (var ticks in _gone) levels.Remove(ticks);
    }

    private void Grow(Side side, DepthSide target)
    {
        foreach (var (ticks, size) in target.Levels)
        {
            if (rule == QueueRule.Through && OursAt(side.Opposite(), ticks)) continue;
            var level = LevelAt(side, ticks);
            var missing = (size * _market.StepBaseQuantums) - level.Known;
            if (missing > 0) Place(side, ticks, missing / _market.StepBaseQuantums, level);
        }
    }

    private void Place(Side side, long ticks, long steps, StandingLevel level)
    {
        for (var lot = 0; OffersSingleLots && lot < MostLots && steps > 1; lot++, steps--)
        {
            Stand(side, ticks, 1, level);
        }

        if (steps > 0) Stand(side, ticks, steps, level);
    }

    private void Stand(Side side, long ticks, long steps, StandingLevel level)
    {
        var live = Live(OrderOf(accounts.Makers, side, ticks, steps), accounts.MakersIndex);
        var placement = state.Books.Enter(live);

        // Who came to meet an order of ours has traded: what it took is not offered again.
        if (placement.Filled > 0) _met.Add((side, ticks, placement.Filled / _market.StepBaseQuantums));
        level.Add(live);
    }

    /// <summary>Where an order of ours stands behind others they go and come again behind it.</summary>
    private void StepBack()
    {
        foreach (var ours in Ours())
        {
            var ticks = ours.Order.Subticks / _market.SubticksPerTick;
            var levels = ours.Side == Side.Buy ? _bids : _asks;
            if (!levels.TryGetValue(ticks, out var level) || level.IsEmpty) continue;
            if (level.OldestSequence > ours.Sequence) continue;
            var steps = level.Known / _market.StepBaseQuantums;
            level.Clear();
            Place(ours.Side, ticks, steps, level);
        }
    }

    private bool OursAt(Side side, long ticks) => Ours().Any(order =>
        order.Side == side && order.Order.Subticks == ticks * _market.SubticksPerTick);

    /// <summary>Orders in this book that belong to accounts that are watched.</summary>
    private IEnumerable<LiveOrder> Ours() => state.Stateful.All.Concat(state.ShortTerm.Open())
        .Where(order => order.Market == index && order.Slot != LiveOrder.NoSlot)
        .OrderBy(order => order.Sequence);

    private void Absorb(SortedDictionary<long, StandingLevel> levels, DepthSide? reduced)
    {
        _gone.Clear();
        foreach (var (ticks, level) in levels)
        {
            var taken = level.Absorb();
            if (taken > 0) reduced?.Set(ticks, reduced.SizeAt(ticks) - (taken / _market.StepBaseQuantums));
            if (level.IsEmpty) _gone.Add(ticks);
        }

        foreach (var ticks in _gone) levels.Remove(ticks);
    }

    private StandingLevel LevelAt(Side side, long ticks)
    {
        var levels = side == Side.Buy ? _bids : _asks;
        if (!levels.TryGetValue(ticks, out var level))
        {
            level = new StandingLevel(state.Books);
            levels.Add(ticks, level);
        }

        return level;
    }

    private ChainOrder OrderOf(SubaccountKey account, Side side, long ticks, long steps) => new()
    {
        Id = new ChainOrderId(account, ++_lastId, OrderFlags.ShortTerm, index),
        Side = side,
        Quantums = steps * _market.StepBaseQuantums,
        Subticks = ticks * _market.SubticksPerTick,
    };

    private LiveOrder Live(ChainOrder order, int account) => new()
    {
        Order = order,
        Account = account,
        Sequence = state.Stateful.NextSequence(),
        IsStanding = true,
    };
}
