using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Runtime.Accounts;

/// <summary>How a cache gets what it keeps.</summary>
internal sealed record CacheSource<TKey, TValue, TError>
    where TKey : notnull
    where TValue : notnull
    where TError : notnull
{
    /// <summary>
    /// Asks for a key's value, which must not be from before a time. Ends with its token at the latest.
    /// </summary>
    public required Func<TKey, DateTimeOffset, CancellationToken, Task<Result<TValue, TError>>> Fetch
    {
        get; init;
    }

    /// <summary>When a value was true, by its origin's clock.</summary>
    public required Func<TValue, DateTimeOffset> AsOf { get; init; }

    /// <summary>The stable code of an error.</summary>
    public required Func<TError, string> CodeOf { get; init; }
}

/// <summary>
/// Keeps values for a while; who asks for one that is not there or too old waits for the one fetch that is
/// under way, whoever began it.
/// </summary>
/// <remarks>
/// One lock guards the table and what hangs on it. It is held for a few steps of bookkeeping, never while
/// something is awaited, a fetch is begun or a waiter goes on, so that no key waits for another and nobody
/// can wait for it in a circle. A semaphore would not do: it wakes its waiters on the thread pool, and on the
/// virtual clock nothing may leave the thread. For the same reason a fetch ends its waiters in place: each
/// goes on in its own context, on the clock's thread, or where the fetch ended.
/// </remarks>
internal sealed class SingleFlightCache<TKey, TValue, TError>(
    CacheSource<TKey, TValue, TError> source, ConfirmationRules rules, CacheMeters meters, TimeProvider time,
    CancellationToken stopping)
    where TKey : notnull
    where TValue : notnull
    where TError : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _flights;

    /// <summary>Keys that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>
    /// The kept value while it is fresh; else the outcome of the one fetch that is under way.
    /// </summary>
    public async Task<Result<TValue, TError>> GetAsync(TKey key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Flight flight;
        var isMine = false;
        lock (_gate)
        {
            var entry = Touch(key);
            if (entry.Kept is { } kept && IsFresh(kept))
            {
                meters.Hit();
                return kept.Value;
            }

            isMine = entry.Flight is null;
            flight = entry.Flight ??= new Flight(entry, ++_flights);
        }

        meters.Miss();
        if (isMine) _ = FlyAsync(flight);
        return await flight.Landed.Task.WaitAsync(cancellation);
    }

    /// <summary>
    /// The outcome of a fetch that begins now. When it fails, what is kept stays as old as it is.
    /// </summary>
    public async Task<Result<TValue, TError>> RefreshAsync(TKey key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Flight flight;
        lock (_gate)
        {
            // Who asks from now on may wait for this one: it is the youngest.
            var entry = Touch(key);
            flight = entry.Flight = new Flight(entry, ++_flights);
        }

        _ = FlyAsync(flight);
        return await flight.Landed.Task.WaitAsync(cancellation);
    }

    /// <summary>
    /// Forgets a key's value. Fetches under way answer those who wait for them and nobody else.
    /// </summary>
    /// <param name="key">Which.</param>
    /// <param name="since">Values from before this are not wanted any more.</param>
    public void Invalidate(TKey key, DateTimeOffset since = default)
    {
        lock (_gate)
        {
            var notBefore = since;
            if (_entries.TryGetValue(key, out var entry))
            {
                if (entry.NotBefore > notBefore) notBefore = entry.NotBefore;
                Forget(entry);
            }

            if (notBefore > DateTimeOffset.MinValue) Touch(key).NotBefore = notBefore;
            MakeRoom();
        }
    }

    /// <summary>Forgets all values.</summary>
    public void InvalidateAll()
    {
        lock (_gate)
        {
            foreach (var key in _entries.Keys.ToList()) Invalidate(key);
        }
    }

    /// <summary>
    /// Young by its origin's clock and by ours: neither a clock that was set nor an answer that was old when
    /// it came keeps a value alive.
    /// </summary>
    private bool IsFresh(Kept kept) =>
        (time.GetUtcNow() - source.AsOf(kept.Value)).Duration() < rules.TimeToLive
        && time.GetElapsedTime(kept.AskedAt) < rules.TimeToLive;

    [SuppressMessage("Design", "CA1031", Justification =
        "Whatever ends a fetch is handed to all who wait for it; none of them may wait forever.")]
    private async Task FlyAsync(Flight flight)
    {
        var began = time.GetTimestamp();
        try
        {
            var result = await source.Fetch(flight.Entry.Key, flight.Entry.NotBefore, stopping);
            var isOk = result.TryGet(out var value, out var error);
            meters.Fetched(time.GetElapsedTime(began), isOk ? "ok" : source.CodeOf(error!));
            Land(flight, isOk ? new Kept(value!, began) : null);
            flight.Landed.SetResult(result);
        }
        catch (OperationCanceledException cancelled)
        {
            meters.Fetched(time.GetElapsedTime(began), "cancelled");
            Land(flight, null);
            flight.Landed.SetCanceled(cancelled.CancellationToken);
        }
        catch (Exception bug)
        {
            meters.Fetched(time.GetElapsedTime(began), "fault");
            Land(flight, null);
            flight.Landed.SetException(bug);
        }
    }

    private void Land(Flight flight, Kept? kept)
    {
        lock (_gate)
        {
            var entry = flight.Entry;
            if (entry.Flight == flight) entry.Flight = null;

            // A fetch that began earlier may end later; what it brings is the older.
            if (kept is not null && flight.Number > entry.KeptBy)
            {
                (entry.Kept, entry.KeptBy) = (kept, flight.Number);
            }

            if (entry.IsEmpty) Forget(entry);
            MakeRoom();
        }
    }

    private Entry Touch(TKey key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            _byUse.Remove(entry.Place);
        }
        else
        {
            entry = new Entry(key);
            _entries.Add(key, entry);
        }

        _byUse.AddLast(entry.Place);
        return entry;
    }

    private void Forget(Entry entry)
    {
        if (entry.Place.List is null) return;
        _byUse.Remove(entry.Place);
        _entries.Remove(entry.Key);
    }

    /// <summary>Forgets those that were asked for least lately; who is waited for stays.</summary>
    private void MakeRoom()
    {
        var next = _byUse.First;
        while (_entries.Count > rules.MostAccounts && next is not null)
        {
            var entry = next.Value;
            next = next.Next;
            if (entry.Flight is not null) continue;
            Forget(entry);
            meters.Evicted();
        }
    }

    /// <summary>What is known of a key. One that was forgotten is never used again.</summary>
    private sealed class Entry
    {
        public Entry(TKey key)
        {
            Key = key;
            Place = new LinkedListNode<Entry>(this);
        }

        public TKey Key { get; }

        public LinkedListNode<Entry> Place { get; }

        public Kept? Kept { get; set; }

        /// <summary>The fetch that brought what is kept.</summary>
        public long KeptBy { get; set; }

        /// <summary>The youngest fetch under way.</summary>
        public Flight? Flight { get; set; }

        /// <summary>Values from before this are not wanted.</summary>
        public DateTimeOffset NotBefore { get; set; }

        public bool IsEmpty => Kept is null && Flight is null && NotBefore == default;
    }

    /// <summary>A value, and when it was asked for: it can be no younger.</summary>
    private sealed record Kept(TValue Value, long AskedAt);

    private sealed record Flight(Entry Entry, long Number)
    {
        public TaskCompletionSource<Result<TValue, TError>> Landed { get; } = new();
    }
}
