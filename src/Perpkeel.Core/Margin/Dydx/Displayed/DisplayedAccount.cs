using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Displayed;

/// <summary>A position as the venue's indexer tells it.</summary>
/// <param name="Market">Its market.</param>
/// <param name="Size">Signed size in base units.</param>
/// <param name="EntryPrice">Average price of what opened it.</param>
/// <param name="SelectedLeverage">The leverage that the user has chosen; null for the market's.</param>
public sealed record DisplayedPosition(
    DisplayedMarket Market, Size Size, Price EntryPrice, Leverage? SelectedLeverage);

/// <summary>A subaccount as the venue's indexer tells it: what its displays are reckoned from.</summary>
public sealed record DisplayedAccount
{
    /// <summary>Its number; from 128 on the web page calls its positions isolated.</summary>
    public required int SubaccountNumber { get; init; }

    /// <summary>USDC with unsettled funding in it; negative is a debt.</summary>
    public required Usd Usdc { get; init; }

    /// <summary>Its positions.</summary>
    public required ImmutableArray<DisplayedPosition> Positions { get; init; }

    /// <summary>The chain's account as the indexer tells it.</summary>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="subaccountNumber">Its number.</param>
    /// <param name="perpetuals">The markets.</param>
    /// <param name="entry">The average entry price in a market, which the chain does not keep.</param>
    public static Result<DisplayedAccount, ChainError> Of(
        Subaccount account, int subaccountNumber, IReadOnlyDictionary<MarketId, Perpetual> perpetuals,
        Func<MarketId, Price> entry)
    {
        if (!account.Settle(perpetuals).TryGet(out var settled, out var error)) return error;
        return new DisplayedAccount
        {
            SubaccountNumber = subaccountNumber,
            Usdc = new((decimal)settled.Usdc / QuoteQuantums.PerUsd),
            Positions = [.. settled.Positions.Values.Select(held => new DisplayedPosition(
                DisplayedMarket.Of(perpetuals[held.Market]),
                SizeOf(held.Quantums, perpetuals[held.Market]), entry(held.Market),
                Selected(settled, held.Market)))],
        };
    }

    private static Size SizeOf(BigInteger quantums, Perpetual market) =>
        new((decimal)quantums * Decimals.PowerOfTen(market.AtomicResolution));

    private static Leverage? Selected(Subaccount account, MarketId market) =>
        account.CustomInitialMarginPpm.TryGetValue(market, out var chosen)
            ? new Leverage(WebDecimals.Divide(Ppm.One, chosen.Value))
            : null;
}
