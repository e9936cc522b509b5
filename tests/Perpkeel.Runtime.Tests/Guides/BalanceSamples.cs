using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Tests.Guides;

/// <summary>The code of the guide to balances, word for word, in its order.</summary>
internal static class BalanceSamples
{
    public static BalanceManager Compose(
        IAccountReader venue, TimeProvider time, Meter meter, ILoggerFactory loggers,
        CancellationToken stopping)
    {
        // sample: compose
        var balances = new BalanceManager(
            venue, ConfirmationRules.ForBalance, time, meter, loggers.CreateLogger<BalanceManager>(),
            stopping);
        // end
        return balances;
    }

    public static async Task<string> AskAsync(BalanceManager balances, CancellationToken cancellation)
    {
        // sample: ask
        var account = new AccountId("paper", "synthetic", "main");
        var asked = await balances.GetBalanceAsync(account, cancellation);
        if (!asked.TryGet(out var balance, out var error)) return $"{error.Message} {error.Mend}";
        return $"{balance.Total} USD, {balance.Available} of it free and {balance.Locked} held, "
            + $"as of {balance.AsOf:HH:mm:ss}";
        // end
    }

    public static async Task<bool> CoversAsync(
        BalanceManager balances, AccountId account, Usd needed, CancellationToken cancellation)
    {
        // sample: refresh
        var asked = await balances.RefreshBalanceAsync(account, cancellation);
        return asked.TryGet(out var balance, out _) && balance.Available >= needed;
        // end
    }

    public static string Judge(AccountError error)
    {
        // sample: errors
        return error switch
        {
            AccountError.NotAuthenticated => "stop: somebody has to look at the key",
            AccountError.Malformed => "stop: the answer cannot be understood",
            AccountError.RateLimited { RetryAfter: { } wait } => $"ask again after {wait.TotalSeconds} s",
            _ => "no new risk; ask again in a moment",
        };
        // end
    }

    public static void Follow(
        BalanceManager balances, LeverageCalculator leverages, AccountSession session, AccountId account)
    {
        // sample: follow
        using var balance = balances.Follow(session, account);
        using var leverage = leverages.Follow(session, account);
        // end
        _ = session.Post(new Core.Engine.Request.Wake());
    }

    public static bool IsFresh(BalanceInfo balance, TimeProvider time)
    {
        // sample: fresh
        return balance.IsFresh(TimeSpan.FromSeconds(2), time.GetUtcNow());
        // end
    }
}
