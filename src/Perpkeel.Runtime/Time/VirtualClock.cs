using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Perpkeel.Runtime.Time;

/// <summary>
/// Time for one thread: the clock, the Rx scheduler and the home of all continuations in one. It advances
/// only when nothing is runnable, to the next instant for which something was scheduled; what is scheduled
/// for one instant runs in the order in which it was scheduled. The same program on it does the same thing
/// in the same order every time.
/// </summary>
/// <remarks>
/// Not safe for use from other threads. Make it current with <see cref="Enter"/> before any asynchronous
/// work is begun, so that awaits come back to it.
/// </remarks>
public sealed class VirtualClock(DateTimeOffset startsAt) : TimeProvider, IScheduler, IInstant
{
    private readonly PriorityQueue<Entry, (long DueTicks, long Order)> _timers = new();
    private readonly Queue<Action> _ready = new();
    private readonly Queue<Action> _atEnd = new();
    private readonly Home _home = new();
    private DateTimeOffset _now = startsAt.ToUniversalTime();
    private long _order;
    private long _atOnce;

    /// <summary>
    /// How much may be done at one instant; more is a circle, and <see cref="RunInstant"/> throws
    /// <see cref="InvalidOperationException"/>. No limit unless set.
    /// </summary>
    public long MostAtOnce { get; init; } = long.MaxValue;

    /// <summary>Engine time.</summary>
    public DateTimeOffset Now => _now;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <inheritdoc/>
    public override long GetTimestamp() => _now.UtcTicks;

    /// <summary>Makes this clock the home of continuations until the result is disposed.</summary>
    public IDisposable Enter()
    {
        var before = SynchronizationContext.Current;
        _home.Clock = this;
        SynchronizationContext.SetSynchronizationContext(_home);
        return Disposable.Create(before, SynchronizationContext.SetSynchronizationContext);
    }

    /// <summary>When the next instant is; null when nothing is scheduled.</summary>
    public DateTimeOffset? NextInstant()
    {
        if (_ready.Count > 0 || _atEnd.Count > 0) return _now;
        while (_timers.TryPeek(out var entry, out var due))
        {
            if (!entry.IsCancelled) return new DateTimeOffset(due.DueTicks, TimeSpan.Zero);
            _timers.Dequeue();
        }

        return null;
    }

    /// <summary>
    /// Advances to the next instant and does all of its work; false when nothing was scheduled.
    /// </summary>
    public bool RunInstant()
    {
        if (NextInstant() is not { } instant) return false;
        _now = instant;
        _atOnce = 0;
        do
        {
            RunReady();
            if (_atEnd.TryDequeue(out var last)) last();
        }
        while (_ready.Count > 0 || _atEnd.Count > 0 || IsTimerDue());

        return true;
    }

    /// <summary>Runs instants until one lies beyond a time, or none is left.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (NextInstant() is { } next && next <= until) RunInstant();
    }

    /// <inheritdoc/>
    public void AtEnd(Action action) => _atEnd.Enqueue(action);

    /// <inheritdoc/>
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        Schedule(state, _now, action);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(
        TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        Schedule(state, _now + dueTime, action);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(
        TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var inner = new SingleAssignmentDisposable();
        var entry = Add(dueTime, () => inner.Disposable = action(this, state));
        return new CompositeDisposable(Disposable.Create(entry, known => known.IsCancelled = true), inner);
    }

    private void RunReady()
    {
        while (true)
        {
            while (IsTimerDue()) _ready.Enqueue(_timers.Dequeue().Run);
            if (!_ready.TryDequeue(out var next)) return;
            if (++_atOnce > MostAtOnce)
            {
                throw new InvalidOperationException($"More than {MostAtOnce} actions at {_now:O}.");
            }

            next();
        }
    }

    private bool IsTimerDue()
    {
        while (_timers.TryPeek(out var entry, out var due) && due.DueTicks <= _now.UtcTicks)
        {
            if (!entry.IsCancelled) return true;
            _timers.Dequeue();
        }

        return false;
    }

    private Entry Add(DateTimeOffset due, Action action)
    {
        var entry = new Entry(action);
        _timers.Enqueue(entry, (Math.Max(due.UtcTicks, _now.UtcTicks), _order++));
        return entry;
    }

    private sealed class Entry(Action action)
    {
        public bool IsCancelled { get; set; }

        /// <summary>It may still be cancelled while it waits among the work of its own instant.</summary>
        public void Run()
        {
            if (!IsCancelled) action();
        }
    }

    private sealed class Timer(VirtualClock clock, Action callback) : ITimer
    {
        private Entry? _entry;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_entry is not null) _entry.IsCancelled = true;
            _entry = null;
            if (dueTime != Timeout.InfiniteTimeSpan) Set(dueTime, period);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan dueTime, TimeSpan period) => _entry = clock.Add(clock._now + dueTime, () =>
        {
            _entry = null;
            if (period > TimeSpan.Zero) Set(period, period);
            callback();
        });
    }

    /// <summary>Brings continuations back to the clock's thread.</summary>
    private sealed class Home : SynchronizationContext
    {
        public VirtualClock? Clock { get; set; }

        public override void Post(SendOrPostCallback d, object? state) =>
            Clock?._ready.Enqueue(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
