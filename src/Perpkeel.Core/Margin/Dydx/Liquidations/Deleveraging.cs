using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Liquidations;

/// <summary>The price at which the chain closes two accounts against each other.</summary>
public enum DeleveragingPrice
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>The bankruptcy price of the liquidated account.</summary>
    Bankruptcy,

    /// <summary>The oracle price: a market in final settlement, an account that is worth something.</summary>
    Oracle,
}

/// <summary>Both accounts after one was closed against the other.</summary>
/// <param name="Liquidated">The account that could not carry its position.</param>
/// <param name="Offsetting">The account on the other side, which was not asked.</param>
/// <param name="QuoteDelta">What the liquidated account received; the other received its negative.</param>
public sealed record Deleveraged(Subaccount Liquidated, Subaccount Offsetting, BigInteger QuoteDelta);

/// <summary>
/// Closes a position against one of the other side when the insurance fund cannot. Nothing is charged; what
/// one account gives the other gets.
/// </summary>
/// <remarks>Source: dYdX v4-chain, deleveraging keeper.</remarks>
public static class Deleveraging
{
    /// <summary>Both accounts after the close, or why the chain refuses it.</summary>
    /// <param name="liquidated">The account that is closed.</param>
    /// <param name="offsetting">The account that it is closed against.</param>
    /// <param name="market">The market.</param>
    /// <param name="delta">Signed change of the liquidated account's position.</param>
    /// <param name="price">At which price.</param>
    /// <param name="perpetuals">The markets.</param>
    public static Result<Deleveraged, ChainError> Process(
        Subaccount liquidated, Subaccount offsetting, MarketId market, BigInteger delta,
        DeleveragingPrice price, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var fault = SubaccountLiquidation.Fault(liquidated, market, delta, perpetuals)
            ?? SubaccountLiquidation.Fault(offsetting, market, -delta, perpetuals);
        if (fault is not null) return fault;
        if (!QuoteDelta(liquidated, market, delta, price, perpetuals).TryGet(out var quote, out var error))
        {
            return error;
        }

        var updates = new[] { Side(liquidated, market, delta, quote), Side(offsetting, market, -delta, -quote) };
        var check = SubaccountUpdates.Check(updates, UpdateType.Match, perpetuals);
        if (!check.TryGet(out var results, out error)) return error;
        if (results.Any(result => result != UpdateResult.Success))
        {
            return new ChainError.FailedToUpdateSubaccounts(results);
        }

        return new Deleveraged(Applied(updates[0], perpetuals), Applied(updates[1], perpetuals), quote);
    }

    private static Result<BigInteger, ChainError> QuoteDelta(
        Subaccount liquidated, MarketId market, BigInteger delta, DeleveragingPrice price,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals) => price switch
        {
            DeleveragingPrice.Bankruptcy =>
                SubaccountLiquidation.BankruptcyPrice(liquidated, market, delta, perpetuals),
            DeleveragingPrice.Oracle => perpetuals[market].BaseToQuote(-delta),
            _ => throw new ArgumentOutOfRangeException(nameof(price), price, "There is no such price."),
        };

    private static SubaccountUpdate Side(
        Subaccount account, MarketId market, BigInteger delta, BigInteger quote) => new()
        {
            Subaccount = account,
            UsdcDelta = quote,
            PerpetualDeltas = [new PerpetualDelta(market, delta)],
        };

    private static Subaccount Applied(
        SubaccountUpdate update, IReadOnlyDictionary<MarketId, Perpetual> perpetuals) =>
        update.Subaccount.Settled(perpetuals).Moved(update.UsdcDelta, update.PerpetualDeltas, perpetuals);
}
