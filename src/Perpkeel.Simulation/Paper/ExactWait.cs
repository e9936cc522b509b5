namespace Perpkeel.Simulation.Paper;

/// <summary>
/// Waits to the tick. Task.Delay cuts to whole milliseconds: a message would leave before its time.
/// </summary>
internal static class ExactWait
{
    /// <summary>Ends after a span, at once where it is not positive, or with its token.</summary>
    public static async Task WaitAsync(TimeProvider clock, TimeSpan span, CancellationToken cancellation)
    {
        if (span <= TimeSpan.Zero) return;
        var over = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(
            _ => over.TrySetResult(), null, span, Timeout.InfiniteTimeSpan);
        await over.Task.WaitAsync(cancellation);
    }
}
