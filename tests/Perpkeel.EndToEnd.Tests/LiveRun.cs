using System.Text.Json;
using Perpkeel.Cli;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>A run of the command in this process, on a thread of its own, until it is stopped.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Told> _told = new();

    private LiveRun(Surroundings world, string[] arguments)
    {
        var thread = new Thread(() => Run(world, arguments)) { IsBackground = true };
        thread.Start();
    }

    /// <summary>What it told in the end.</summary>
    public Task<Told> Ended => _told.Task;

    /// <summary>Starts a run in a folder.</summary>
    public static LiveRun Start(string folder, params string[] arguments) =>
        new(World(), ["run", "--json", "--data", folder, .. arguments]);

    /// <summary>
    /// Goes on with a folder so slowly that nothing more happens, and waits until it has its prices.
    /// </summary>
    public static async Task<LiveRun> FreezeAsync(string folder, params string[] arguments)
    {
        var run = Start(folder, ["--speed", "0.01", .. Eager, .. arguments]);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var told = await RunAsync("positions", "--json", "--data", folder);
            if (told.Code == 0 && IsReady(told.Json.GetProperty("head"))) return run;
            if (run.Ended.IsCompleted) break;
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var ended = await run.StopAsync();
        throw new InvalidOperationException($"The run did not get to its present: {ended.Out} {ended.Error}");
    }

    /// <summary>Settings under which the strategy never enters.</summary>
    public static string[] Quiet { get; } =
        ["--set", "strategy.enterScore=100", "--set", "risk.cooldownSeconds=0"];

    /// <summary>
    /// Starts a run at sixty times the market's pace that trades only what it is asked for, and waits until
    /// it has its money and its prices.
    /// </summary>
    public static async Task<LiveRun> TradingAsync(string folder, params string[] arguments)
    {
        var run = Start(folder, ["--speed", "60", .. Quiet, .. arguments]);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience && !run.Ended.IsCompleted)
        {
            var told = await RunAsync("balance", "--json", "--data", folder);
            var isThere = told.Code == 0 && told.Json.TryGetProperty("venueTotal", out var total)
                && total.GetString() is not "0";
            if (isThere) return run;
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var ended = await run.StopAsync();
        throw new InvalidOperationException($"The run did not get to its present: {ended.Out} {ended.Error}");
    }

    /// <summary>Asks it to stop and waits for what it tells.</summary>
    public async Task<Told> StopAsync()
    {
        await _stop.CancelAsync();
        return await _told.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static bool IsReady(JsonElement head) =>
        head.GetProperty("isRunning").GetBoolean() && !head.GetProperty("isCatchingUp").GetBoolean();

    private void Run(Surroundings world, string[] arguments)
    {
        try
        {
            var code = CommandTree.RunAsync(arguments, world, _stop.Token).GetAwaiter().GetResult();
            _told.SetResult(new Told(code, world.Out.ToString()!, world.Error.ToString()!));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _told.SetException(error);
        }
    }
}
