using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Executing;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>The leverage as the venue confirms it.</summary>
internal sealed class LeverageHandler(
    Func<AccountView> look, TradingRun run, CancellationToken ending) : IControlHandler
{
    /// <summary>Name of the request.</summary>
    public const string Name = "leverage";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<ControlAnswer> HandleAsync(ControlRequest request)
    {
        if (look().IsCatchingUp) return ControlAnswer.Of(ControlError.CatchingUp);
        var told = await run.Leverages.GetLeverageInfoAsync(run.Desk.Account, ending);
        var answer = told.TryGet(out var leverage, out var error)
            ? Balances.Of(look().Head, leverage)
            : Balances.LeverageOf(look()) with
            {
                Error = new ToldError(error.Code, error.Message, error.Mend),
            };
        return ControlAnswer.Of(
            JsonSerializer.SerializeToElement(answer, ExecutingJson.Default.LeverageAnswer));
    }
}
