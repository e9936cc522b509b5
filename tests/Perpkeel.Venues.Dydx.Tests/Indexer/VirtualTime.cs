using Perpkeel.Runtime.Time;

namespace Perpkeel.Venues.Dydx.Tests.Indexer;

/// <summary>Runs a test on a virtual clock: whoever waits is woken at once, by order of time.</summary>
internal static class VirtualTime
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly TimeSpan Most = TimeSpan.FromHours(12);

    public static void Run(Func<VirtualClock, Task> body) => Run(async clock =>
    {
        await body(clock);
        return 0;
    });

    public static T Run<T>(Func<VirtualClock, Task<T>> body)
    {
        var clock = new VirtualClock(Start);
        using var entered = clock.Enter();
        var task = body(clock);
        while (!task.IsCompleted)
        {
            if (clock.NextInstant() is not { } next || next > Start + Most)
            {
                throw new InvalidOperationException("The test waits for something that never comes.");
            }

            clock.RunInstant();
        }

        return task.GetAwaiter().GetResult();
    }
}
