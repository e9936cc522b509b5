using System.CommandLine;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel status</c>: what a folder's account holds, also while it runs.</summary>
internal static class StatusVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var data = Folders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command("status", "Show what the accounts of a folder hold, running or not")
        {
            data, json,
        };
        command.SetAction(parsed =>
            new StatusCommand(surroundings).Execute(parsed.GetValue(data), parsed.GetValue(json)));
        return command;
    }
}
