using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Executing;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>What a person wants of the account as a whole: stop, resume, flatten, switch.</summary>
internal sealed class UserHandler(
    string kind, Func<AccountView> look, TradingRun run, VirtualClock clock) : IControlHandler
{
    /// <summary>Name of the request that stops new risk.</summary>
    public const string Stop = "stop";

    /// <summary>Name of the request that lets new risk in again.</summary>
    public const string Resume = "resume";

    /// <summary>Name of the request that stops and closes everything.</summary>
    public const string Flatten = "flatten";

    /// <summary>Name of the request that switches a component.</summary>
    public const string Switch = "switch";

    /// <summary>Long enough that the session has decided, and journaled, what it was asked.</summary>
    private static readonly TimeSpan Decided = TimeSpan.FromMilliseconds(1);

    /// <inheritdoc/>
    public string Kind => kind;

    /// <summary>The request that a person's wish is; null for one that cannot be read.</summary>
    public static Request? RequestOf(string kind, UserQuestion question) => kind switch
    {
        Stop => new Request.Stop(question.By, question.Reason),
        Resume => new Request.Resume(question.By),
        Flatten => new Request.Flatten(question.By, question.Reason),
        Switch when Enum.TryParse<Component>(question.Component, ignoreCase: true, out var component)
            && component != Component.None => new Request.Switch(component, question.IsOn, question.By),
        _ => null,
    };

    /// <inheritdoc/>
    public async Task<ControlAnswer> HandleAsync(ControlRequest request)
    {
        if (Read(request) is not { } question || RequestOf(kind, question) is not { } wanted)
        {
            return ControlAnswer.Of(ControlError.BadArgument(
                $"What to {kind} cannot be read.",
                "Say who wants it and why; for a switch one of signals, strategies, execution, webhooks and "
                + "notifications."));
        }

        run.Session.Post(wanted is Request.Flatten flatten
            ? flatten with { Prices = run.Session.Prices() }
            : wanted);
        await Task.Delay(Decided, clock);
        return ControlAnswer.Of(JsonSerializer.SerializeToElement(
            UserAnswer.Of(look()), ExecutingJson.Default.UserAnswer));
    }

    private static UserQuestion? Read(ControlRequest request)
    {
        try
        {
            return request.Arguments?.Deserialize(ExecutingJson.Default.UserQuestion);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
