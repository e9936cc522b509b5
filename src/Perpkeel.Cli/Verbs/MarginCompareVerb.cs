using System.CommandLine;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin compare</c>: two versions of tiers, or two venues.</summary>
internal static class MarginCompareVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var symbol = new Argument<string?>("SYMBOL")
        {
            Description = "Whose tiers; without it all symbols are compared",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var with = new Option<string>("--with")
        {
            Description = "The other tiers, a file or a name as with --tiers",
            HelpName = "FILE",
            Required = true,
        };
        var position = new Option<string?>("--position")
        {
            Description = "What the change does to this position, e.g. \"long 100 @ 50000 20x\"",
            HelpName = "TEXT",
        };
        var tiers = MarginOptions.Tiers();
        var json = MarginOptions.Json();
        var command = new Command("compare", "Put two versions of tiers side by side")
        {
            symbol, with, position, tiers, json,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(symbol);
            PositionText? held = null;
            if (parsed.GetValue(position) is { } text)
            {
                if (name is null) return Wrong(["--position goes with a symbol. Name one, or leave it out."]);
                if (!PositionText.ReadBare("--position", name, text).TryGet(out held, out var message))
                {
                    return Wrong([message]);
                }
            }

            if (held is null) return Execute(null);
            return held.Figures.Check().TryGet(out var request, out var bad) ? Execute(request) : Wrong(bad);

            int Execute(PositionRequest? request) => new CompareCommand(surroundings).Execute(
                name, request, (parsed.GetValue(tiers), parsed.GetValue(with)!), parsed.GetValue(json));
        });
        return command;

        int Wrong(IReadOnlyList<string> lines)
        {
            surroundings.Complain(lines);
            return ExitCode.Usage;
        }
    }
}
