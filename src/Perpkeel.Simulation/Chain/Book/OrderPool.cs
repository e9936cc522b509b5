namespace Perpkeel.Simulation.Chain.Book;

/// <summary>A resting order in memory: 32 bytes. Price and side are its level's.</summary>
internal struct PooledOrder
{
    /// <summary>What it came with.</summary>
    public long Tag;

    /// <summary>What is left of it.</summary>
    public long Quantums;

    /// <summary>The order before it at its price.</summary>
    public int Previous;

    /// <summary>The order after it at its price; of a free place, the next free one.</summary>
    public int Next;

    /// <summary>Its level in the pool of levels.</summary>
    public int Level;

    /// <summary>How often the place was taken or given back: odd while an order is there.</summary>
    public int Generation;
}

/// <summary>
/// The places of all resting orders in one array that grows by doubling; places given back are taken again,
/// the latest first. It holds as many as were ever taken at once.
/// </summary>
/// <remarks>
/// A place whose generations are used up is not taken again: after 2^30 orders a handle would otherwise find
/// a stranger. That costs 32 bytes in 2^30 orders.
/// </remarks>
internal sealed class OrderPool
{
    /// <summary>No order.</summary>
    public const int None = -1;

    private const int RetiredGeneration = 0;

    private readonly int _lastGeneration;
    private PooledOrder[] _orders;
    private int _used;
    private int _free = None;

    /// <summary>Makes room for so many orders at first.</summary>
    /// <param name="capacity">Orders before the first growth.</param>
    /// <param name="lastGeneration">The generation after which a place is retired; odd.</param>
    public OrderPool(int capacity, int lastGeneration = int.MaxValue)
    {
        _orders = new PooledOrder[Math.Max(capacity, 1)];
        _lastGeneration = lastGeneration;
    }

    /// <summary>Orders in the pool.</summary>
    public int Count { get; private set; }

    /// <summary>Places in memory.</summary>
    public int Capacity => _orders.Length;

    /// <summary>A place; the reference holds until the next <see cref="Take"/>.</summary>
    public ref PooledOrder this[int slot] => ref _orders[slot];

    /// <summary>Takes a place for an order.</summary>
    public int Take()
    {
        var slot = _free;
        if (slot != None)
        {
            _free = _orders[slot].Next;
        }
        else
        {
            if (_used == _orders.Length) Array.Resize(ref _orders, _orders.Length * 2);
            slot = _used++;
        }

        _orders[slot].Generation++;
        Count++;
        return slot;
    }

    /// <summary>Gives a place back; its handles find nothing from now on.</summary>
    public void Give(int slot)
    {
        ref var order = ref _orders[slot];
        Count--;
        if (order.Generation == _lastGeneration)
        {
            order.Generation = RetiredGeneration;
            return;
        }

        order.Generation++;
        order.Next = _free;
        _free = slot;
    }

    /// <summary>The handle of the order in a place.</summary>
    public OrderHandle HandleOf(int slot) => new(slot, _orders[slot].Generation);

    /// <summary>The place of an order that is still there.</summary>
    public bool TryFind(OrderHandle handle, out int slot)
    {
        slot = handle.Slot;
        return slot >= 0 && slot < _orders.Length
            && _orders[slot].Generation == handle.Generation && (handle.Generation & 1) != 0;
    }
}
