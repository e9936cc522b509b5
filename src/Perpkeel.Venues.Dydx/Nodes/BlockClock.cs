using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>
/// The last block of the chain as far as is known, and how fast blocks come. It never goes back. Safe to
/// share between threads.
/// </summary>
public sealed class BlockClock
{
    /// <summary>The part of a new measurement in the smoothed interval.</summary>
    private const double Weight = 0.1;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, uint> _waiting = new();
    private BlockFacts? _last;
    private DateTimeOffset _heardAt;
    private double? _intervalMs;

    /// <summary>How long a height is used after it was heard.</summary>
    public static TimeSpan MostSilence => TimeSpan.FromSeconds(15);

    /// <summary>The last block; null before the first.</summary>
    public BlockFacts? Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>The last block and when it was heard of; null before the first.</summary>
    internal (BlockFacts Block, DateTimeOffset At)? Heard
    {
        get
        {
            lock (_gate) return _last is { } last ? (last, _heardAt) : null;
        }
    }

    /// <summary>How long a block takes, smoothed over what was heard; null before two were.</summary>
    public TimeSpan? Interval
    {
        get
        {
            lock (_gate) return _intervalMs is { } known ? TimeSpan.FromMilliseconds(known) : null;
        }
    }

    /// <summary>A block was heard of. One that is not higher than the last changes nothing.</summary>
    /// <returns>Whether it was news.</returns>
    public bool Advance(BlockFacts block, DateTimeOffset heardAt)
    {
        ArgumentNullException.ThrowIfNull(block);
        var due = new List<TaskCompletionSource>();
        lock (_gate)
        {
            if (_last is { } last)
            {
                if (block.Height <= last.Height) return false;
                var each = (block.Time - last.Time).TotalMilliseconds / (block.Height - last.Height);
                _intervalMs = _intervalMs is { } before ? before + (Weight * (each - before)) : each;
            }

            _last = block;
            _heardAt = heardAt;
            while (_waiting.TryPeek(out _, out var height) && height <= block.Height)
            {
                due.Add(_waiting.Dequeue());
            }
        }

        foreach (var waiting in due) waiting.TrySetResult();
        return true;
    }

    /// <summary>
    /// The last block, unless nothing was heard for too long: an old height makes bad orders.
    /// </summary>
    public Result<BlockFacts, TimingError> Now(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_last is not { } last) return TimingError.ClockNotMeasured;
            return now - _heardAt > MostSilence ? TimingError.Silent(now - _heardAt) : last;
        }
    }

    /// <summary>Waits until a block was heard of.</summary>
    public async Task WaitForAsync(uint height, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_last is { } last && last.Height >= height) return;
            _waiting.Enqueue(source, height);
        }

        await using var given = cancellation.Register(() => source.TrySetCanceled(cancellation));
        await source.Task;
    }
}
