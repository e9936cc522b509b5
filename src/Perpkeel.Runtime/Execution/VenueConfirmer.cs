using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Guards;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Execution;

/// <summary>
/// Balance and leverage as the venue confirms them, and whether the way to it is open at all.
/// </summary>
public sealed class VenueConfirmer(
    BalanceManager balances, LeverageCalculator leverages, VenueHealth? health) : IAccountConfirmer
{
    /// <inheritdoc/>
    public async Task<VenueConfirmation> ConfirmAsync(AccountId account, CancellationToken cancellation)
    {
        if (health?.WhyNoEntry() is { } closed) return new VenueConfirmation { Failure = closed };
        var balance = await balances.GetBalanceAsync(account, cancellation);
        if (!balance.TryGet(out var confirmed, out var error))
        {
            return new VenueConfirmation
            {
                Failure = error is AccountError.NotAuthenticated refused
                    ? new TradeExecutionError.CredentialRefused(refused.Message)
                    : new TradeExecutionError.BalanceFetchFailed(error.Code, error.Message),
            };
        }

        var leverage = await leverages.GetLeverageInfoAsync(account, cancellation);
        if (!leverage.TryGet(out var geared, out error))
        {
            return new VenueConfirmation
            {
                Failure = new TradeExecutionError.LeverageCalculationFailed(error.Code, error.Message),
            };
        }

        return new VenueConfirmation
        {
            Total = confirmed.Total,
            Available = confirmed.Available,
            BalanceAsOf = confirmed.AsOf,
            LeverageUsed = geared.Current.Value,
            LeverageMax = geared.Max.Value,
            LeverageAsOf = geared.AsOf,
        };
    }
}
