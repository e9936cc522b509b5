using System.Globalization;
using Perpkeel.Cli;
using Perpkeel.Venues.Http;
using Spectre.Console;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>The command in this process, with a world of ours around it.</summary>
internal static class CommandLines
{
    /// <summary>Settings under which the strategy trades all the time.</summary>
    public static readonly string[] Eager =
    [
        "--set", "strategy.enterScore=55", "--set", "strategy.exitScore=50",
        "--set", "strategy.confirmations=1", "--set", "risk.maxDrawdownPercent=100",
        "--set", "risk.dailyLossPercent=100",
        "--set", "risk.cooldownSeconds=0",
    ];

    public static Task<Told> RunAsync(params string[] arguments) => RunAsync(World(), arguments);

    public static Task<Told> RunAsync(Surroundings world, params string[] arguments) =>
        CarryOutAsync(world, arguments, CancellationToken.None);

    /// <summary>
    /// Starts a run that is asked to stop before it begins: what it would do can be read off it.
    /// </summary>
    public static Task<Told> BeginAsync(Surroundings world, params string[] arguments) =>
        CarryOutAsync(world, arguments, new CancellationToken(canceled: true));

    private static async Task<Told> CarryOutAsync(
        Surroundings world, string[] arguments, CancellationToken cancellation)
    {
        var code = await CommandTree.RunAsync(arguments, world, cancellation);
        return new Told(code, world.Out.ToString()!, world.Error.ToString()!);
    }

    /// <summary>A run as fast as it goes, with a summary as JSON.</summary>
    public static Task<Told> SummaryAsync(string folder, params string[] arguments) =>
        RunAsync(["run", "--speed", "max", "--json", "--data", folder, .. arguments]);

    /// <summary>A world without a terminal.</summary>
    public static Surroundings World() => new()
    {
        Out = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" },
        Error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" },
        In = TextReader.Null,
        AskSecret = _ => null,
        OpenExchange = () => new HttpClientExchange(TimeProvider.System),
        Wall = TimeProvider.System,
        HasTerminal = false,
        Terminal = () => AnsiConsole.Console,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal),
    };
}
