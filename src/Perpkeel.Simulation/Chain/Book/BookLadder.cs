using System.Runtime.CompilerServices;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// The resting orders of a book: by price, and at a price in order of their coming. Knows the best price of
/// each side; does not match.
/// </summary>
internal sealed class BookLadder
{
    private readonly OrderPool _orders;
    private readonly LevelPool _levels;
    private readonly LevelIndex _index;
    private int _bestBid = LevelPool.None;
    private int _bestAsk = LevelPool.None;

    /// <summary>Makes room for so many orders at first.</summary>
    public BookLadder(int capacity)
    {
        _orders = new OrderPool(capacity);
        _levels = new LevelPool();
        _index = new LevelIndex(_levels);
    }

    /// <summary>How many orders rest.</summary>
    public int Count => _orders.Count;

    /// <summary>Bytes of the pools; they grow with the most orders and levels at once.</summary>
    public long PooledBytes =>
        ((long)_orders.Capacity * Unsafe.SizeOf<PooledOrder>())
        + ((long)_levels.Capacity * Unsafe.SizeOf<PooledLevel>());

    /// <summary>An order in its place.</summary>
    public ref PooledOrder Order(int slot) => ref _orders[slot];

    /// <summary>A level in its place.</summary>
    public ref PooledLevel Level(int level) => ref _levels[level];

    /// <summary>The level of a side's best price, or none.</summary>
    public int Best(Side side) => side == Side.Buy ? _bestBid : _bestAsk;

    /// <summary>The level behind another of its side, or none.</summary>
    public int Behind(int level)
    {
        ref var at = ref _levels[level];
        return at.Side == Side.Buy ? _index.Below(at.Price) : _index.Above(at.Price);
    }

    /// <summary>The order that is filled after this one, or none.</summary>
    public int After(int slot)
    {
        ref var order = ref _orders[slot];
        if (order.Next != OrderPool.None) return order.Next;
        var level = Behind(order.Level);
        return level != LevelPool.None ? _levels[level].Head : OrderPool.None;
    }

    /// <summary>The place of an order that still rests.</summary>
    public bool TryFind(OrderHandle handle, out int slot) => _orders.TryFind(handle, out slot);

    /// <summary>The handle of the order in a place.</summary>
    public OrderHandle HandleOf(int slot) => _orders.HandleOf(slot);

    /// <summary>The order in a place, as others see it.</summary>
    public RestingOrder View(int slot)
    {
        ref var order = ref _orders[slot];
        ref var level = ref _levels[order.Level];
        return new RestingOrder
        {
            Handle = _orders.HandleOf(slot),
            Side = level.Side,
            Price = new Ticks(level.Price),
            Quantums = order.Quantums,
            Tag = order.Tag,
        };
    }

    /// <summary>Puts an order behind all others of its price. It must not cross the other side.</summary>
    public OrderHandle Append(Side side, long price, long quantums, long tag)
    {
        var at = LevelFor(side, price);
        var slot = _orders.Take();
        ref var level = ref _levels[at];
        ref var order = ref _orders[slot];
        order.Tag = tag;
        order.Quantums = quantums;
        order.Level = at;
        order.Previous = level.Tail;
        order.Next = OrderPool.None;
        if (level.Tail == OrderPool.None) level.Head = slot;
        else _orders[level.Tail].Next = slot;
        level.Tail = slot;
        level.Count++;
        unchecked
        {
            level.Quantums += (ulong)quantums;
        }

        return _orders.HandleOf(slot);
    }

    /// <summary>Takes so much from an order, which is removed when nothing is left of it.</summary>
    /// <returns>What is left.</returns>
    public long Shrink(int slot, long quantums)
    {
        ref var order = ref _orders[slot];
        if (quantums >= order.Quantums)
        {
            Remove(slot);
            return 0;
        }

        order.Quantums -= quantums;

        // Sums of fewer than 2^31 positive longs neither wrap nor fall below zero.
        unchecked
        {
            _levels[order.Level].Quantums -= (ulong)quantums;
        }

        return order.Quantums;
    }

    /// <summary>Removes an order, and its level with the last one.</summary>
    public void Remove(int slot)
    {
        ref var order = ref _orders[slot];
        ref var level = ref _levels[order.Level];
        if (order.Previous == OrderPool.None) level.Head = order.Next;
        else _orders[order.Previous].Next = order.Next;
        if (order.Next == OrderPool.None) level.Tail = order.Previous;
        else _orders[order.Next].Previous = order.Previous;
        level.Count--;
        unchecked
        {
            level.Quantums -= (ulong)order.Quantums;
        }

        if (level.Count == 0) RemoveLevel(order.Level);
        _orders.Give(slot);
    }

    private int LevelFor(Side side, long price)
    {
        ref var best = ref side == Side.Buy ? ref _bestBid : ref _bestAsk;
        if (!_index.IsNear(price)) Miss(side, price);
        var level = _index.Find(price);
        if (level != LevelPool.None) return level;

        level = _levels.Take(side, price);
        _index.Add(level);
        if (best == LevelPool.None || IsBetter(side, price, _levels[best].Price)) best = level;
        return level;
    }

    private void Miss(Side side, long price)
    {
        var own = Best(side);
        var other = Best(side.Opposite());
        var touch = own == LevelPool.None || IsBetter(side, price, _levels[own].Price)
            ? price
            : _levels[own].Price;
        _index.Miss(price, touch, other == LevelPool.None ? null : _levels[other].Price);
    }

    private void RemoveLevel(int level)
    {
        if (level == _bestBid) _bestBid = _index.Below(_levels[level].Price);
        else if (level == _bestAsk) _bestAsk = _index.Above(_levels[level].Price);
        _index.Remove(level);
        _levels.Give(level);
    }

    private static bool IsBetter(Side side, long price, long than) =>
        side == Side.Buy ? price > than : price < than;
}
