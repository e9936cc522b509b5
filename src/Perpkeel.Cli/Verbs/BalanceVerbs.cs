using System.CommandLine;
using Perpkeel.Cli.Executing;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel balance</c> and <c>perpkeel leverage</c>: as the account and its venue have them.
/// </summary>
internal static class BalanceVerbs
{
    /// <summary>Both verbs.</summary>
    public static IEnumerable<Command> Create(Surroundings surroundings)
    {
        yield return Create(
            "balance", "Show what an account has and may use; a running one asks its venue",
            new BalanceCommand(surroundings).BalanceAsync);
        yield return Create(
            "leverage", "Show how far an account is geared; a running one asks its venue",
            new BalanceCommand(surroundings).LeverageAsync);
    }

    private static Command Create(
        string name, string description, Func<string?, bool, CancellationToken, Task<int>> tell)
    {
        var data = Folders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command(name, description) { data, json };
        command.SetAction((parsed, cancellation) =>
            tell(parsed.GetValue(data), parsed.GetValue(json), cancellation));
        return command;
    }
}
