using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Tests.Guides;

/// <summary>The code of the guide to leverage, word for word, in its order.</summary>
internal static class LeverageSamples
{
    public static LeverageCalculator Compose(
        IAccountReader venue, TimeProvider time, Meter meter, ILoggerFactory loggers,
        CancellationToken stopping)
    {
        // sample: compose
        var leverages = new LeverageCalculator(
            venue, account => new Leverage(10m), ConfirmationRules.ForLeverage, time, meter,
            loggers.CreateLogger<LeverageCalculator>(), stopping);
        // end
        return leverages;
    }

    public static async Task<string> AskAsync(LeverageCalculator leverages, CancellationToken cancellation)
    {
        // sample: ask
        var account = new AccountId("paper", "synthetic", "main");
        var asked = await leverages.GetLeverageInfoAsync(account, cancellation);
        if (!asked.TryGet(out var leverage, out var error)) return $"{error.Message} {error.Mend}";
        return $"{leverage.Current} of {leverage.Max}, {leverage.Available:0.##} left, {leverage.Health}";
        // end
    }

    public static decimal Room(LeverageInfo leverage)
    {
        // sample: room
        return Math.Max(0m, leverage.Available);
        // end
    }

    public static IEnumerable<string> Warnings(LeverageInfo leverage)
    {
        // sample: isolated
        foreach (var (market, alone) in leverage.Isolated)
        {
            if (alone.IsHealthy) continue;
            yield return $"{market} is in {alone.Health} at {alone.Current.Value:0.##}x";
        }
        // end
    }

    public static void Changed(LeverageCalculator leverages, AccountId account)
    {
        // sample: changed
        leverages.Invalidate(account);
        leverages.InvalidateAll();
        // end
    }
}
