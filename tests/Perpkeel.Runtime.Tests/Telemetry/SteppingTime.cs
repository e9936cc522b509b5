namespace Perpkeel.Runtime.Tests.Telemetry;

/// <summary>A wall clock that goes on by a step whenever somebody looks at it.</summary>
internal sealed class SteppingTime(TimeSpan step) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan span) => _ticks += span.Ticks;

    public override long GetTimestamp()
    {
        _ticks += step.Ticks;
        return _ticks;
    }
}
