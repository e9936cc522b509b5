using System.CommandLine;
using Perpkeel.Cli.Accounts.Explaining;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel explain</c>: the story of a trade from its decision to its profit or loss.</summary>
internal static class ExplainVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var what = new Argument<string>("WHAT")
        {
            Description = "A bracket (b3), a fact (f168) or an order (its number, or o and its number)",
        };
        var data = Folders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command(
            "explain", "Tell why a trade was made or refused, what was sent, and what came of it")
        {
            what, data, json,
        };
        command.SetAction((parsed, cancellation) => new ExplainCommand(surroundings).ExecuteAsync(
            parsed.GetValue(what)!, parsed.GetValue(data), parsed.GetValue(json), cancellation));
        return command;
    }
}
