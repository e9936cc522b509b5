using System.CommandLine;
using System.Reflection;
using Perpkeel.Cli.Verbs;

namespace Perpkeel.Cli;

/// <summary>The command with all of its verbs.</summary>
internal static class CommandTree
{
    /// <summary>Runs a command line; gives the exit code.</summary>
    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellation)
    {
        var root = new RootCommand(
            "Perpkeel trades perpetual futures: on paper today, protected at all times.")
        {
            RunVerb.Create(surroundings),
            StatusVerb.Create(surroundings),
            JournalVerb.Create(surroundings),
            Version(surroundings),
        };
        Examples.AddTo(root);
        var output = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,

            // Signals are handled where the process begins, so that a run ends between two instants.
            ProcessTerminationTimeout = null,
        };
        return root.Parse(arguments).InvokeAsync(output, cancellation);
    }

    private static Command Version(Surroundings surroundings)
    {
        var command = new Command("version", "Say which version this is");
        command.SetAction(_ =>
        {
            var version = typeof(CommandTree).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            surroundings.Out.WriteLine($"perpkeel {version?.Split('+')[0]}");
        });
        return command;
    }
}
