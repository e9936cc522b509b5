using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Executing;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>The balance as the account knows it, and as the venue confirms it.</summary>
internal sealed class BalanceHandler(
    Func<AccountView> look, TradingRun run, CancellationToken ending) : IControlHandler
{
    /// <summary>Name of the request.</summary>
    public const string Name = "balance";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<ControlAnswer> HandleAsync(ControlRequest request)
    {
        if (look().IsCatchingUp) return ControlAnswer.Of(ControlError.CatchingUp);
        var told = await run.Balances.RefreshBalanceAsync(run.Desk.Account, ending);
        var answer = Balances.Of(look());
        answer = told.TryGet(out var balance, out var error)
            ? answer with
            {
                VenueTotal = Words.Exact(balance.Total),
                VenueAvailable = Words.Exact(balance.Available),
                VenueAsOf = balance.AsOf,
            }
            : answer with { Error = new ToldError(error.Code, error.Message, error.Mend) };
        return ControlAnswer.Of(
            JsonSerializer.SerializeToElement(answer, ExecutingJson.Default.BalanceAnswer));
    }
}
