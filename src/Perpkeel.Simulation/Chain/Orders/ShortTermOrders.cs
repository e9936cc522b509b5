namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>What a node remembers of one short-term id.</summary>
internal sealed class ShortTermRecord
{
    private long _filled;

    /// <summary>The id.</summary>
    public required ChainOrderId Id { get; init; }

    /// <summary>The order that rests under it; null for none.</summary>
    public LiveOrder? Open { get; private set; }

    /// <summary>The block until which placements are refused; 0 without a cancel.</summary>
    public uint CancelledTil { get; set; }

    /// <summary>The greatest good-til block that an order of it had.</summary>
    public uint GoodTil { get; set; }

    /// <summary>Base quantums that were filled under it.</summary>
    public long Filled => Open?.Filled ?? _filled;

    /// <summary>An order of it lives from now on.</summary>
    public void Begin(LiveOrder order)
    {
        Open = order;
        GoodTil = Math.Max(GoodTil, order.Order.GoodTilBlock);
    }

    /// <summary>Its order has ended; what was filled stays.</summary>
    public void Close()
    {
        _filled = Filled;
        Open = null;
    }
}

/// <summary>Short-term orders in a node's memory: what rests, what was filled, what was cancelled.</summary>
/// <remarks>
/// Source: the protocol, sections 7.8 to 7.10: fills are kept until the good-til block and as many blocks as
/// the window has, cancels until their own good-til block.
/// </remarks>
internal sealed class ShortTermOrders(uint window)
{
    private readonly Dictionary<ChainOrderId, ShortTermRecord> _records = [];
    private readonly List<ShortTermRecord>[] _due =
        [.. Enumerable.Range(0, (int)(2 * window) + 2).Select(_ => new List<ShortTermRecord>())];

    /// <summary>How many ids are remembered.</summary>
    public int Count => _records.Count;

    /// <summary>What is remembered of an id; null for nothing.</summary>
    public ShortTermRecord? Find(in ChainOrderId id) => _records.GetValueOrDefault(id);

    /// <summary>What is remembered of an id, from now on at least an empty record.</summary>
    public ShortTermRecord Of(in ChainOrderId id)
    {
        if (!_records.TryGetValue(id, out var record))
        {
            record = new ShortTermRecord { Id = id };
            _records.Add(id, record);
        }

        return record;
    }

    /// <summary>Looks at a record again when a block is over.</summary>
    public void LookAgain(ShortTermRecord record, uint height) =>
        _due[height % (uint)_due.Length].Add(record);

    /// <summary>
    /// The orders whose good-til block is this one, now over, in the order in which they came to be looked
    /// at. Records that say nothing any more are forgotten when their orders have ended:
    /// <see cref="Forget"/>.
    /// </summary>
    public IReadOnlyList<ShortTermRecord> Due(uint height) => _due[height % (uint)_due.Length];

    /// <summary>Drops what says nothing any more after a block.</summary>
    public void Forget(uint height)
    {
        var due = _due[height % (uint)_due.Length];
        foreach (var record in due)
        {
            if (record.Open is not null || record.CancelledTil > height || record.GoodTil > height) continue;
            var keptTil = record.Filled > 0 ? record.GoodTil + window : height;
            if (keptTil > height) _due[keptTil % (uint)_due.Length].Add(record);
            else _ = _records.Remove(record.Id);
        }

        due.Clear();
    }

    /// <summary>All orders that rest, in no order that means anything.</summary>
    public IEnumerable<LiveOrder> Open()
    {
        foreach (var record in _records.Values)
        {
            if (record.Open is { } order) yield return order;
        }
    }

    /// <summary>Forgets everything, as a node does that starts anew.</summary>
    public void Clear()
    {
        _records.Clear();
        foreach (var due in _due) due.Clear();
    }
}
