using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Displayed;

/// <summary>
/// What the indexer's REST answers for a subaccount. It knows base margins only, so where open interest or
/// chosen leverage raises the requirement its free collateral is more than the chain grants.
/// </summary>
/// <remarks>Source: dYdX v4 indexer, subaccount calculations; exact decimals, nothing clamped.</remarks>
/// <param name="Equity">USDC plus the signed worth of all positions; may be negative.</param>
/// <param name="FreeCollateral">Equity less the base initial margins; may be negative.</param>
public readonly record struct IndexerAccount(Usd Equity, Usd FreeCollateral)
{
    /// <summary>The answer for an account.</summary>
    public static IndexerAccount Of(DisplayedAccount account)
    {
        var (equity, required) = (account.Usdc, Usd.Zero);
        foreach (var position in account.Positions)
        {
            var worth = position.Market.OraclePrice * position.Size;
            equity += worth;
            required += worth.Abs() * position.Market.InitialMarginFraction;
        }

        return new(equity, equity - required);
    }
}
