namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>Orders in the chain's state: long-term, conditional, TWAP and its legs.</summary>
internal sealed class StatefulOrders
{
    private readonly Dictionary<ChainOrderId, LiveOrder> _orders = [];
    private readonly List<int> _counts = [];
    private readonly SortedSet<(uint GoodTil, long Sequence, LiveOrder Order)> _byTime =
        new(Comparer<(uint GoodTil, long Sequence, LiveOrder Order)>.Create(static (left, right) =>
            left.GoodTil != right.GoodTil
                ? left.GoodTil.CompareTo(right.GoodTil)
                : left.Sequence.CompareTo(right.Sequence)));

    private readonly Dictionary<ChainOrderId, uint> _pendingPlacements = [];
    private readonly HashSet<ChainOrderId> _pendingCancels = [];
    private readonly HashSet<ChainOrderId> _removedInBlock = [];
    private readonly HashSet<ChainOrderId> _cancelledInBlock = [];
    private readonly Dictionary<int, int> _pendingCounts = [];
    private long _sequence;

    /// <summary>How many there are.</summary>
    public int Count => _orders.Count;

    /// <summary>All of them, in no order that means anything.</summary>
    public IReadOnlyCollection<LiveOrder> All => _orders.Values;

    /// <summary>An order; null for none.</summary>
    public LiveOrder? Find(in ChainOrderId id) => _orders.GetValueOrDefault(id);

    /// <summary>The next place in time.</summary>
    public long NextSequence() => ++_sequence;

    /// <summary>What counts against the equity tier of a subaccount; legs of a TWAP do not.</summary>
    /// <param name="account">Index of the subaccount.</param>
    /// <param name="withPending">Whether what waits for its block counts.</param>
    public int CountOf(int account, bool withPending)
    {
        var open = account >= 0 && account < _counts.Count ? _counts[account] : 0;
        return withPending ? open + _pendingCounts.GetValueOrDefault(account) : open;
    }

    /// <summary>The good-til time of a placement of an id that waits for its block; null for none.</summary>
    public uint? PendingGoodTil(in ChainOrderId id) =>
        _pendingPlacements.TryGetValue(id, out var goodTil) ? goodTil : null;

    /// <summary>Whether a cancel of an id waits for its block.</summary>
    public bool IsCancelPending(in ChainOrderId id) => _pendingCancels.Contains(id);

    /// <summary>Whether an order of an id ended in this block other than by a cancel.</summary>
    public bool WasRemoved(in ChainOrderId id) => _removedInBlock.Contains(id);

    /// <summary>Whether an order of an id was cancelled in this block.</summary>
    public bool WasCancelled(in ChainOrderId id) => _cancelledInBlock.Contains(id);

    /// <summary>A placement waits for its block from now on.</summary>
    public void Await(ChainOrder placed, int account)
    {
        _pendingPlacements.Add(placed.Id, placed.GoodTilBlockTime);
        _pendingCounts[account] = _pendingCounts.GetValueOrDefault(account) + 1;
    }

    /// <summary>Takes <see cref="Await"/> back.</summary>
    public void Unawait(ChainOrder placed, int account)
    {
        _ = _pendingPlacements.Remove(placed.Id);
        _pendingCounts[account]--;
    }

    /// <summary>A cancel waits for its block from now on.</summary>
    public void AwaitCancel(in ChainOrderId id) => _ = _pendingCancels.Add(id);

    /// <summary>Takes <see cref="AwaitCancel"/> back.</summary>
    public void UnawaitCancel(in ChainOrderId id) => _ = _pendingCancels.Remove(id);

    /// <summary>Nothing waits for its block any more.</summary>
    public void ClearPending()
    {
        _pendingPlacements.Clear();
        _pendingCancels.Clear();
        _pendingCounts.Clear();
    }

    /// <summary>What ended in the last block says nothing any more.</summary>
    public void BeginBlock()
    {
        _removedInBlock.Clear();
        _cancelledInBlock.Clear();
    }

    /// <summary>Takes an order in.</summary>
    public void Add(LiveOrder order)
    {
        order.Sequence = NextSequence();
        _orders.Add(order.Order.Id, order);
        _ = _byTime.Add((order.Order.GoodTilBlockTime, order.Sequence, order));
        AddToCount(order, 1);
    }

    /// <summary>Gives an order another place in time: behind all that are there.</summary>
    public void MoveToEnd(LiveOrder order)
    {
        _ = _byTime.Remove((order.Order.GoodTilBlockTime, order.Sequence, order));
        order.Sequence = NextSequence();
        _ = _byTime.Add((order.Order.GoodTilBlockTime, order.Sequence, order));
    }

    /// <summary>Drops an order that has ended, or was never really there.</summary>
    public void Remove(LiveOrder order)
    {
        _ = _orders.Remove(order.Order.Id);
        _ = _byTime.Remove((order.Order.GoodTilBlockTime, order.Sequence, order));
        AddToCount(order, -1);
        if (order.End == RemovalReason.UserCanceled) _ = _cancelledInBlock.Add(order.Order.Id);
        else if (!order.IsLive) _ = _removedInBlock.Add(order.Order.Id);
    }

    /// <summary>When the next order's time is over; null when there is none.</summary>
    public DateTimeOffset? NextGoodTil => _byTime.Count > 0
        ? DateTimeOffset.FromUnixTimeSeconds(_byTime.Min.GoodTil)
        : null;

    /// <summary>The next order whose time is over; null when there is none. TWAPs have no such end.</summary>
    public LiveOrder? NextExpired(DateTimeOffset time)
    {
        foreach (var (goodTil, _, order) in _byTime)
        {
            if (goodTil > time.ToUnixTimeSeconds()) return null;
            if (order.Order.Id.Flags != OrderFlags.Twap) return order;
        }

        return null;
    }

    private void AddToCount(LiveOrder order, int change)
    {
        if (order.Order.Id.Flags == OrderFlags.TwapSuborder) return;
        while (_counts.Count <= order.Account) _counts.Add(0);
        _counts[order.Account] += change;
    }
}
