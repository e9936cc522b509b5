using System.CommandLine;
using Perpkeel.Cli.Margin;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin validate</c>: whether files of tiers are sound.</summary>
internal static class MarginValidateVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of tiers, YAML or an exchange's JSON",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = MarginOptions.Json();
        var command = new Command("validate", "Check files of tiers and tell everything that is wrong")
        {
            files, json,
        };
        command.SetAction(parsed =>
            new ValidateCommand(surroundings).Execute(parsed.GetValue(files)!, parsed.GetValue(json)));
        return command;
    }
}
