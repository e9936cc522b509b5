using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>
/// Nonces of one owner for everything but short-term orders: Unix milliseconds, each greater than all before
/// it, so that hundreds can be under way without waiting for each other. Safe to share between threads.
/// </summary>
/// <remarks>
/// The chain takes a nonce within 30 s of its last block's time, once, and keeps the twenty largest of an
/// account: what is sent in order is taken. Source: dYdX v4-chain, <c>x/accountplus</c>.
/// </remarks>
public sealed class TimestampNonces
{
    /// <summary>Sequences from here on are timestamps.</summary>
    public const ulong Lowest = 1UL << 40;

    private readonly Lock _gate = new();
    private readonly long _offsetMs;
    private ulong _last;
    private TimeSpan? _skew;

    /// <summary>Begins after the last nonce that was ever used.</summary>
    /// <param name="offset">
    /// Added to the time. Two processes that sign for one owner take different offsets of less than a second.
    /// </param>
    /// <param name="after">The last nonce used, 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or a second or more.</exception>
    public TimestampNonces(TimeSpan offset, ulong after)
    {
        if (offset < TimeSpan.Zero || offset >= TimeSpan.FromSeconds(1))
        {
            throw new ArgumentOutOfRangeException(nameof(offset));
        }

        _offsetMs = (long)offset.TotalMilliseconds;
        _last = after;
    }

    /// <summary>How far from its last block's time the chain takes a nonce.</summary>
    public static TimeSpan Window => TimeSpan.FromSeconds(30);

    /// <summary>How far the local clock may be off before nothing is signed.</summary>
    public static TimeSpan MostSkew => TimeSpan.FromSeconds(10);

    /// <summary>
    /// What the chain's time is ahead of the local clock, as last measured; null before that.
    /// </summary>
    public TimeSpan? Skew
    {
        get
        {
            lock (_gate) return _skew;
        }
    }

    /// <summary>Compares the clocks: the time of a block, or of an answer, and when it was heard.</summary>
    public void Measure(DateTimeOffset chainTime, DateTimeOffset localTime)
    {
        lock (_gate) _skew = chainTime - localTime;
    }

    /// <summary>The next nonce.</summary>
    /// <param name="now">Local time.</param>
    public Result<ulong, TimingError> Next(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_skew is not { } skew) return TimingError.ClockNotMeasured;
            if (skew.Duration() > MostSkew) return TimingError.ClockSkew(skew);
            var next = Math.Max(_last + 1, (ulong)(now.ToUnixTimeMilliseconds() + _offsetMs));
            var ahead = TimeSpan.FromMilliseconds(
                (long)next - (now + skew).ToUnixTimeMilliseconds());
            if (ahead > Window) return TimingError.NonceAhead(ahead);
            _last = next;
            return next;
        }
    }

    /// <summary>
    /// Whether a transaction with a nonce can no longer be taken: the chain has come further than its window.
    /// </summary>
    public static bool IsOver(ulong nonce, DateTimeOffset blockTime) =>
        nonce >= Lowest
        && (ulong)blockTime.ToUnixTimeMilliseconds() > nonce + (ulong)Window.TotalMilliseconds;
}
