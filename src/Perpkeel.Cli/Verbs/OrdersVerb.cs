using System.CommandLine;
using Perpkeel.Cli.Accounts;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel orders</c>: the orders of an account, running or not.</summary>
internal static class OrdersVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var data = Folders.Option();
        var all = new Option<bool>("--all") { Description = "Also those that have ended" };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command("orders", "Show the orders of an account, running or not")
        {
            all, data, json,
        };
        command.SetAction((parsed, cancellation) => new OrdersCommand(surroundings).ExecuteAsync(
            parsed.GetValue(data), parsed.GetValue(all), parsed.GetValue(json), cancellation));
        return command;
    }
}
