using System.Numerics;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>The leverage of a subaccount by the chain's own requirements.</summary>
public static class SubaccountLeverage
{
    /// <summary>
    /// Leverage, margin ratios and with them the margin's health, funding settled. Ratios round down.
    /// </summary>
    /// <remarks>
    /// The greatest leverage is that at which the positions as they are would just cover their initial
    /// margin: notional over requirement, with open interest and chosen leverage in it. Without positions it
    /// is the greatest of any market at the account's choice. The leverage of an account that holds
    /// positions on nothing has no number: <see cref="decimal.MaxValue"/> stands for it.
    /// </remarks>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="perpetuals">The markets that it may trade.</param>
    /// <param name="asOf">When the account and the markets were so.</param>
    public static Result<LeverageInfo, ChainError> Of(
        Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> perpetuals, DateTimeOffset asOf)
    {
        if (account.Missing(perpetuals, []) is { } error) return error;
        var settled = account.Settled(perpetuals);
        var risk = settled.RiskWhenSettled(perpetuals);
        var notional = settled.Positions.Values.Aggregate(
            BigInteger.Zero,
            (sum, held) => sum + perpetuals[held.Market].BaseToQuote(BigInteger.Abs(held.Quantums)));
        return new LeverageInfo
        {
            Max = notional.IsZero ? MaxOfAny(settled, perpetuals) : Multiple(notional, risk.Initial),
            Current = notional.IsZero ? default : Multiple(notional, risk.NetCollateral),
            MarginRatio = notional.IsZero ? 0m : Rounding.FloorToDecimal(risk.NetCollateral, notional),
            MaintenanceMarginRatio =
                notional.IsZero ? 0m : Rounding.FloorToDecimal(risk.Maintenance, notional),
            AsOf = asOf,
        };
    }

    private static Leverage MaxOfAny(
        Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> perpetuals) =>
        perpetuals.Values.Select(market => Of(account, market)).DefaultIfEmpty().Max();

    private static Leverage Of(Subaccount account, Perpetual market)
    {
        Ppm? custom = account.CustomInitialMarginPpm.TryGetValue(market.Id, out var chosen) ? chosen : null;
        return Multiple(Ppm.One, market.EffectiveInitialMarginPpm(custom).Value);
    }

    private static Leverage Multiple(BigInteger notional, BigInteger collateral) =>
        new(collateral.Sign <= 0 ? decimal.MaxValue : Rounding.FloorToDecimal(notional, collateral));
}
