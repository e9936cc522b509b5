using System.CommandLine;
using Perpkeel.Cli.Accounts;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel positions</c>: what an account holds, running or not.</summary>
internal static class PositionsVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var data = Folders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command(
            "positions", "Show what an account holds, with profit, loss and protection, running or not")
        {
            data, json,
        };
        command.SetAction((parsed, cancellation) => new PositionsCommand(surroundings)
            .ExecuteAsync(parsed.GetValue(data), parsed.GetValue(json), cancellation));
        return command;
    }
}
