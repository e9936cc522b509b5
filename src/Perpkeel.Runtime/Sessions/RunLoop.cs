using Perpkeel.Runtime.Telemetry;
using Perpkeel.Runtime.Time;

namespace Perpkeel.Runtime.Sessions;

/// <summary>How a run's loop ends, and how fast it goes.</summary>
public sealed record LoopSettings
{
    /// <summary>
    /// Seconds of engine time in a second of the wall clock; null: as fast as the machine can.
    /// </summary>
    public required decimal? Speed { get; init; }

    /// <summary>From here on the loop is paced; what comes earlier runs as fast as it can.</summary>
    public required DateTimeOffset PacedFrom { get; init; }

    /// <summary>Engine time after which it ends; null: when nothing is left to do.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>
    /// Called after every instant; what it throws ends the loop before anything more happens.
    /// </summary>
    public Action EachInstant { get; init; } = static () => { };

    /// <summary>
    /// Called between two instants, on the loop's thread: what others ask of the run is done here. What it
    /// leaves for the clock is done at the present instant.
    /// </summary>
    public Action Between { get; init; } = static () => { };

    /// <summary>
    /// Set when <see cref="Between"/> has something to do; ends the wait for the next instant.
    /// </summary>
    public WaitHandle? Wake { get; init; }

    /// <summary>Time between two calls of the surface, by the wall clock.</summary>
    public TimeSpan FrameEvery { get; init; } = TimeSpan.FromMilliseconds(150);
}

/// <summary>Why a loop ended.</summary>
public enum LoopEnd
{
    /// <summary>Nothing was left to do.</summary>
    Finished = 0,

    /// <summary>The time that it was to run for is over.</summary>
    TimeIsUp,

    /// <summary>The user asked for it.</summary>
    Cancelled,
}

/// <summary>
/// Lets a virtual clock run on the calling thread, at a pace, and shows the surface a frame now and then.
/// Ends between two instants only, so that nothing is cut in half.
/// </summary>
public sealed class RunLoop(VirtualClock clock, TimeProvider wall, RunHistory history)
{
    private long _pacedSince;
    private DateTimeOffset? _pacedFrom;

    /// <summary>Runs until the end.</summary>
    /// <param name="settings">How.</param>
    /// <param name="frame">Called between instants, at most as often as the settings say.</param>
    /// <param name="cancellation">Ends the loop at the next instant.</param>
    public LoopEnd Run(LoopSettings settings, Action frame, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(frame);
        var shown = wall.GetTimestamp();
        WaitHandle[] wakers = settings.Wake is { } wake
            ? [cancellation.WaitHandle, wake]
            : [cancellation.WaitHandle];
        while (!cancellation.IsCancellationRequested)
        {
            settings.Between();
            if (clock.NextInstant() is not { } next) return LoopEnd.Finished;
            if (next > settings.Until) return LoopEnd.TimeIsUp;
            if (Wait(next, settings) is var wait && wait > TimeSpan.Zero)
            {
                // After a nap everything is looked at anew: whoever woke the loop may have left work behind.
                if (ShowIfDue(ref shown, settings, frame)) continue;
                var nap = wait < settings.FrameEvery ? wait : settings.FrameEvery;
                WaitHandle.WaitAny(wakers, nap);
                continue;
            }

            var began = wall.GetTimestamp();
            clock.RunInstant();
            history.OnInstant(wall.GetElapsedTime(began));
            settings.EachInstant();
            ShowIfDue(ref shown, settings, frame);
        }

        return LoopEnd.Cancelled;
    }

    private bool ShowIfDue(ref long shown, LoopSettings settings, Action frame)
    {
        if (wall.GetElapsedTime(shown) < settings.FrameEvery) return false;
        frame();
        shown = wall.GetTimestamp();
        return true;
    }

    /// <summary>How long the wall clock has to go on until an instant is due.</summary>
    private TimeSpan Wait(DateTimeOffset next, LoopSettings settings)
    {
        if (settings.Speed is not { } speed || next <= settings.PacedFrom) return TimeSpan.Zero;
        if (_pacedFrom is not { } from)
        {
            _pacedFrom = from = clock.Now > settings.PacedFrom ? clock.Now : settings.PacedFrom;
            _pacedSince = wall.GetTimestamp();
        }

        var due = TimeSpan.FromTicks((long)((next - from).Ticks / speed));
        return due - wall.GetElapsedTime(_pacedSince);
    }
}
