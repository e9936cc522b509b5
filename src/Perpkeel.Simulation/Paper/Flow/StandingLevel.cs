using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>An order of another participant that stands in the chain's book.</summary>
/// <param name="Order">The order.</param>
/// <param name="Known">What was left of it when it was last looked at, in base quantums.</param>
internal readonly record struct StandingOrder(LiveOrder Order, long Known);

/// <summary>All orders of others at one price, the oldest first.</summary>
internal sealed class StandingLevel(OrderBooks books)
{
    private readonly List<StandingOrder> _orders = [];

    /// <summary>Whether nobody is left.</summary>
    public bool IsEmpty => _orders.Count == 0;

    /// <summary>The place in time of the oldest; only where somebody is left.</summary>
    public long OldestSequence => _orders[0].Order.Sequence;

    /// <summary>What was left of them together when they were last looked at, in base quantums.</summary>
    public long Known
    {
        get
        {
            var sum = 0L;
            foreach (var order in _orders) sum += order.Known;
            return sum;
        }
    }

    /// <summary>One more stands at the end, if it stands at all.</summary>
    public void Add(LiveOrder order)
    {
        var left = books.LeftOf(order);
        if (left > 0) _orders.Add(new(order, left));
    }

    /// <summary>Takes note of what is left; gives what was taken since the last time.</summary>
    public long Absorb()
    {
        var taken = 0L;
        for (var i = _orders.Count - 1; i >= 0; i--)
        {
            var (order, known) = _orders[i];
            var left = books.LeftOf(order);
            if (left == known) continue;
            taken += known - left;
            if (left == 0) _orders.RemoveAt(i);
            else _orders[i] = new(order, left);
        }

        return taken;
    }

    /// <summary>So much leaves, from behind.</summary>
    public void LeaveFromBehind(long quantums)
    {
        for (var i = _orders.Count - 1; i >= 0 && quantums > 0; i--) quantums -= Leave(i, quantums);
    }

    /// <summary>
    /// So much leaves: of every order the same share in whole steps, and the rest from behind.
    /// </summary>
    public void LeaveEvenly(long quantums, long step)
    {
        var all = Known;
        var rest = quantums;
        for (var i = _orders.Count - 1; i >= 0; i--)
        {
            var share = (long)((Int128)_orders[i].Known * quantums / all / step) * step;
            if (share > 0) rest -= Leave(i, share);
        }

        LeaveFromBehind(rest);
    }

    /// <summary>Everybody leaves.</summary>
    public void Clear()
    {
        foreach (var (order, _) in _orders) books.Leave(order);
        _orders.Clear();
    }

    private long Leave(int at, long most)
    {
        var (order, known) = _orders[at];
        if (known <= most)
        {
            books.Leave(order);
            _orders.RemoveAt(at);
            return known;
        }

        books.Reduce(order, most);
        _orders[at] = new(order, known - most);
        return most;
    }
}
