namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

internal static class Cancelled
{
    /// <summary>Here and now: virtual time has one thread.</summary>
    public static void Stop(CancellationTokenSource stop) => stop.Cancel();

    /// <summary>Waits for work that was told to stop, and fails where it ended otherwise.</summary>
    public static async Task AwaitAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Xunit.Assert.Fail("It ended without having been told to.");
    }
}
