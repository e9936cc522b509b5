using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>
/// The oracle price of one market at which the chain may liquidate the account, all other prices unchanged.
/// </summary>
/// <remarks>
/// The definition is the chain's own test (maintenance exceeds net collateral) on integer prices: for a long
/// the highest such price at or below the search's start, for a short the lowest at or above it. It is
/// found by bisection on that test and then corrected over its neighbours, because two ceilings make the
/// difference of both sides uneven by a few quantums. Source: dYdX v4-chain, margin risk; closed form in
/// the documentation.
/// </remarks>
public static class LiquidationPrice
{
    private const int Neighbours = 8;

    /// <summary>The integer oracle price, or null when no positive price does it.</summary>
    /// <param name="market">The market whose price moves.</param>
    /// <param name="quantums">The signed position in it.</param>
    /// <param name="rest">The account without that position: USDC and all other positions.</param>
    public static long? Find(Market market, BaseQuantums quantums, in AccountRisk rest)
    {
        if (quantums.Value == 0) return null;
        return quantums.Value > 0 ? Long(market, quantums, rest) : Short(market, quantums, rest);
    }

    private static long? Long(Market market, BaseQuantums quantums, in AccountRisk rest)
    {
        if (!IsBad(market, quantums, rest, 1)) return null;
        long bad = 1;
        long good = 2;
        while (IsBad(market, quantums, rest, good))
        {
            bad = good;
            if (good > MostPrice(quantums)) return null;
            good *= 2;
        }

        while (good - bad > 1)
        {
            var middle = bad + ((good - bad) / 2);
            if (IsBad(market, quantums, rest, middle)) bad = middle;
            else good = middle;
        }

        for (var price = bad + Neighbours; price > bad; price--)
        {
            if (IsBad(market, quantums, rest, price)) return price;
        }

        return bad;
    }

    private static long? Short(Market market, BaseQuantums quantums, in AccountRisk rest)
    {
        if (IsBad(market, quantums, rest, 1)) return 1;
        long good = 1;
        long bad = 2;
        while (!IsBad(market, quantums, rest, bad))
        {
            good = bad;
            if (bad > MostPrice(quantums)) return null;
            bad *= 2;
        }

        while (bad - good > 1)
        {
            var middle = good + ((bad - good) / 2);
            if (IsBad(market, quantums, rest, middle)) bad = middle;
            else good = middle;
        }

        for (var price = Math.Max(1, bad - Neighbours); price < bad; price++)
        {
            if (IsBad(market, quantums, rest, price)) return price;
        }

        return bad;
    }

    private static bool IsBad(Market market, BaseQuantums quantums, in AccountRisk rest, long price) =>
        rest.With(PositionMargin.Of(market, quantums, price)).IsLiquidatable;

    /// <summary>Beyond this the products of the margin formula would leave 128 bits.</summary>
    private static long MostPrice(BaseQuantums quantums)
    {
        var room = Int128.MaxValue / Rounding.PowerOfTen(13) / quantums.Abs().Value;
        return room > long.MaxValue / 4 ? long.MaxValue / 4 : (long)room;
    }
}
