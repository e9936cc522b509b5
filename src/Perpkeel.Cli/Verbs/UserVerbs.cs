using System.CommandLine;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Executing;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel stop</c>, <c>resume</c>, <c>flatten</c> and <c>switch</c>: what a person wants of an account.
/// </summary>
internal sealed class UserVerbs
{
    private readonly Option<string?> _data = Folders.Option();

    private readonly Option<bool> _all = new("--all")
    {
        Description = $"Every account under {Running.RunFolder.Home}",
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask" };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object for each account" };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why; it is journaled and told to whose signals are refused",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "asked for at the command",
    };

    /// <summary>All four.</summary>
    public static IEnumerable<Command> Create(Surroundings surroundings)
    {
        yield return new UserVerbs().Plain(
            UserHandler.Stop, "Take no new risk; positions keep their protection", surroundings);
        yield return new UserVerbs().Plain(UserHandler.Resume, "Take new risk again", surroundings);
        yield return new UserVerbs().Plain(
            UserHandler.Flatten, "Take no new risk, and close every position that is ours", surroundings);
        yield return new UserVerbs().Switch(surroundings);
    }

    private Command Plain(string kind, string description, Surroundings surroundings)
    {
        var command = new Command(kind, description) { _reason, _data, _all, _yes, _json };
        command.SetAction((parsed, cancellation) => new UserCommand(surroundings).ExecuteAsync(
            kind, new UserQuestion("command", parsed.GetValue(_reason)!), ScopeOf(parsed), cancellation));
        return command;
    }

    private Command Switch(Surroundings surroundings)
    {
        var component = new Argument<string>("component")
        {
            Description = "signals, strategies, execution, webhooks or notifications",
        };
        component.AcceptOnlyFromAmong("signals", "strategies", "execution", "webhooks", "notifications");
        var state = new Argument<string>("state") { Description = "on or off" };
        state.AcceptOnlyFromAmong("on", "off");
        var command = new Command(
            UserHandler.Switch, "Switch one component on or off; protection always goes on")
        {
            component, state, _data, _all, _json,
        };
        command.SetAction((parsed, cancellation) => new UserCommand(surroundings).ExecuteAsync(
            UserHandler.Switch,
            new UserQuestion(
                "command", string.Empty, parsed.GetValue(component), parsed.GetValue(state) is "on"),
            ScopeOf(parsed), cancellation));
        return command;
    }

    private UserCommand.Scope ScopeOf(ParseResult parsed) => new(
        parsed.GetValue(_data), parsed.GetValue(_all), parsed.GetValue(_yes), parsed.GetValue(_json));
}
