using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Reflection;
using Perpkeel.Cli.Running;
using Perpkeel.Cli.Verbs;

namespace Perpkeel.Cli;

/// <summary>The command with all of its verbs.</summary>
internal static class CommandTree
{
    /// <summary>Runs a command line; gives the exit code.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellation)
    {
        // Numbers and dates are the same everywhere; the caller gets its culture back at the end.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand(
            "Perpkeel trades perpetual futures: on paper today, protected at all times.")
        {
            RunVerb.Create(surroundings),
            StatusVerb.Create(surroundings),
            PositionsVerb.Create(surroundings),
            OrdersVerb.Create(surroundings),
            ExplainVerb.Create(surroundings),
            SizeVerb.Create(surroundings),
            ExecuteVerb.Create(surroundings),
            JournalVerb.Create(surroundings),
            SimulateVerb.Create(surroundings),
            MarginVerb.Create(surroundings),
            DydxVerb.Create(surroundings),
            KeysVerb.Create(surroundings),
            Version(surroundings),
        };
        foreach (var verb in UserVerbs.Create(surroundings)) root.Add(verb);
        foreach (var verb in BalanceVerbs.Create(surroundings)) root.Add(verb);
        foreach (var option in root.Options.OfType<VersionOption>())
        {
            option.Action = new TellVersion(surroundings);
        }

        Examples.AddTo(root);
        var output = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,

            // Signals are handled where the process begins, so that a run ends between two instants.
            ProcessTerminationTimeout = null,
        };
        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        return parsed.Errors.Count == 0
            ? await parsed.InvokeAsync(output, cancellation)
            : UsageErrors.Tell(parsed, surroundings);
    }

    private static Command Version(Surroundings surroundings)
    {
        var command = new Command("version", "Say which version this is");
        command.Action = new TellVersion(surroundings);
        return command;
    }

    private sealed class TellVersion(Surroundings surroundings) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(CommandTree).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            surroundings.Out.WriteLine($"perpkeel {version?.Split('+')[0]}");
            return ExitCode.Ok;
        }
    }
}
