using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Perpkeel.Cli.Verbs;

/// <summary>Examples at the end of every verb's help.</summary>
internal static class Examples
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> ByVerb =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["perpkeel"] =
        [
            "perpkeel run",
            "perpkeel run --help",
            "perpkeel status",
        ],
            ["run"] =
        [
            "perpkeel run                                  synthetic market, 60x, dashboard",
            "perpkeel run --seed 12 --speed 1              another market, in real time",
            "perpkeel run --speed max --duration 12h --no-dashboard",
            "perpkeel run --replay candles/ --funding funding/ --speed max --json",
            "perpkeel run --config config/perpkeel.yaml --set risk.leverage=3",
        ],
            ["status"] =
        [
            "perpkeel status",
            "perpkeel status --data my-run --json",
        ],
            ["journal"] =
        [
            "perpkeel journal verify --data my-run",
        ],
            ["verify"] =
        [
            "perpkeel journal verify",
            "perpkeel journal verify --data my-run",
        ],
            ["version"] =
        [
            "perpkeel version",
        ],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Adds the examples to the help of a command and of all below it.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help }) option.Action = new HelpWithExamples(help);
        }
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var command = parseResult.CommandResult.Command;
            var name = command is RootCommand ? "perpkeel" : command.Name;
            if (!ByVerb.TryGetValue(name, out var examples)) return code;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }
    }
}
