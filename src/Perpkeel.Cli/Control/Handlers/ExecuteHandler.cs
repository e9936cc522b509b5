using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Executing;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>Carries a person's signal out, or says what it would lead to.</summary>
internal sealed class ExecuteHandler(
    Func<AccountView> look, TradingRun run, CancellationToken ending) : IControlHandler
{
    /// <summary>Name of the request.</summary>
    public const string Name = "execute";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<ControlAnswer> HandleAsync(ControlRequest request)
    {
        if (Read(request) is not { } question)
        {
            return ControlAnswer.Of(ControlError.BadArgument(
                "The signal cannot be read.", "Give id, market, action and what they need."));
        }

        var view = look();
        if (view.IsCatchingUp) return ControlAnswer.Of(ControlError.CatchingUp);
        var signal = question.ToSignal(view.Now);
        var account = run.Desk.Account;
        var answer = question.IsDryRun
            ? await PreviewAsync(account, signal)
            : await ExecuteAsync(account, signal);
        return ControlAnswer.Of(
            JsonSerializer.SerializeToElement(answer, ExecutingJson.Default.ExecuteAnswer));
    }

    private async Task<ExecuteAnswer> PreviewAsync(AccountId account, TradeSignal signal)
    {
        var preview = await run.Executor.PreviewAsync(account, signal, ending);
        return ExecuteAnswer.Of(look(), signal, preview);
    }

    private async Task<ExecuteAnswer> ExecuteAsync(AccountId account, TradeSignal signal)
    {
        var report = await run.Executor.ExecuteSignalAsync(account, signal, ending);
        return ExecuteAnswer.Of(look(), signal, report);
    }

    private static ExecuteQuestion? Read(ControlRequest request)
    {
        try
        {
            return request.Arguments?.Deserialize(ExecutingJson.Default.ExecuteQuestion);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
