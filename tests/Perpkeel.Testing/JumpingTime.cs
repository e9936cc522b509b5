namespace Perpkeel.Testing;

/// <summary>
/// A clock that stands until it is moved, and whose wall clock can be set without time going by: what a time
/// server or an operator does.
/// </summary>
public sealed class JumpingTime(DateTimeOffset start) : TimeProvider
{
    private long _wall = start.UtcTicks;
    private long _elapsed;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time goes by.</summary>
    public void Advance(TimeSpan span)
    {
        Interlocked.Add(ref _elapsed, span.Ticks);
        Jump(span);
    }

    /// <summary>The wall clock is set; no time goes by.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _wall, by.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _wall), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);
}
