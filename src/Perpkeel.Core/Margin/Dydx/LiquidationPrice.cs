using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>
/// The oracle price of one market at which the chain may liquidate the account, all other prices unchanged.
/// </summary>
/// <remarks>
/// The definition is the chain's own test (maintenance exceeds net collateral) on integer prices: for a long
/// the highest such price, for a short the lowest. A position that is worth one quantum more needs at most
/// one quantum more of maintenance, ceilings included, so the test changes its answer once and bisection on
/// it is exact. Source: dYdX v4-chain, margin risk; closed form in the documentation.
/// </remarks>
public static class LiquidationPrice
{
    /// <summary>The integer oracle price, or null when no positive price does it.</summary>
    /// <param name="market">The market whose price moves.</param>
    /// <param name="quantums">The signed position in it.</param>
    /// <param name="rest">The account without that position: USDC and all other positions.</param>
    public static long? Find(Market market, BaseQuantums quantums, in AccountRisk rest)
    {
        if (quantums.Value == 0) return null;
        var isLong = quantums.Value > 0;
        var most = MostPrice(quantums);

        // Without any maintenance the chain liquidates nothing: the search begins where the position needs
        // some.
        var first = rest.Maintenance > QuoteQuantums.Zero ? 1 : FirstWorth(market, quantums);
        if (first > most) return null;
        var near = (long)first;
        if (IsBad(market, quantums, rest, near) != isLong) return isLong ? null : near;

        var far = near * 2;
        while (IsBad(market, quantums, rest, far) == isLong)
        {
            near = far;
            if (far > most) return null;
            far *= 2;
        }

        while (far - near > 1)
        {
            var middle = near + ((far - near) / 2);
            if (IsBad(market, quantums, rest, middle) == isLong) near = middle;
            else far = middle;
        }

        return isLong ? near : far;
    }

    private static bool IsBad(Market market, BaseQuantums quantums, in AccountRisk rest, long price) =>
        rest.With(PositionMargin.Of(market, quantums, price)).IsLiquidatable;

    /// <summary>The lowest price at which a position is worth a quote quantum.</summary>
    private static Int128 FirstWorth(Market market, BaseQuantums quantums)
    {
        var exponent = PositionMargin.WorthExponent(market);
        return exponent >= 0
            ? 1
            : Rounding.CeilingDivide(Rounding.PowerOfTen(-exponent), quantums.Abs().Value);
    }

    /// <summary>Beyond this the products of the margin formula would leave 128 bits.</summary>
    private static long MostPrice(BaseQuantums quantums)
    {
        var room = Int128.MaxValue / Rounding.PowerOfTen(13) / quantums.Abs().Value;
        return room > long.MaxValue / 4 ? long.MaxValue / 4 : (long)room;
    }
}
