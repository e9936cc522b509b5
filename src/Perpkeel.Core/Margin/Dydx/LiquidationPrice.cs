using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>
/// The oracle price of one market at which the chain may liquidate the account, all other prices unchanged.
/// </summary>
/// <remarks>
/// The definition is the chain's own test (maintenance exceeds net collateral) on integer prices: for a long
/// the highest such price, for a short the lowest. Both margin fractions are at most the whole, so that a
/// position that is worth one quantum more needs at most one quantum more of maintenance, ceilings included.
/// While anything needs maintenance, the test then changes its answer at most once, and bisection on it is
/// exact. Where the other positions need none, that is so from the first price at which the position is worth
/// a quantum: below it nothing is liquidated, even an account in debt, and the search begins there. Source:
/// dYdX v4-chain, margin risk; closed form in the documentation.
/// </remarks>
public static class LiquidationPrice
{
    /// <summary>
    /// Digits that the margin formula adds to a product of size and price: six for parts per million, the
    /// rest for sums.
    /// </summary>
    private const int DigitsAboveProduct = 13;

    /// <summary>Digits that 128 bits hold.</summary>
    private const int MostDigits = 38;

    /// <summary>
    /// The integer oracle price, or null when no positive price that the oracle can state does it, or, for a
    /// long, every one does.
    /// </summary>
    /// <param name="market">The market whose price moves.</param>
    /// <param name="quantums">The signed position in it.</param>
    /// <param name="rest">The account without that position: USDC and all other positions.</param>
    public static long? Find(Market market, BaseQuantums quantums, in AccountRisk rest)
    {
        if (quantums.Value == 0) return null;
        var others = rest;

        // Without any maintenance the chain liquidates nothing: the search begins where the position needs
        // some.
        var first = rest.Maintenance > QuoteQuantums.Zero ? 1 : FirstWorth(market, quantums);
        var most = MostPrice(market, quantums);
        var isExact = first <= most;
        long? found = null;
        if (isExact)
        {
            (found, isExact) = Search(
                (long)first, most, quantums.Value > 0, price => IsBad(market, quantums, others, price));
        }

        if (isExact) return found;
        var unbounded = Find(Perpetual.Of(market, 1, 0), quantums.Value, rest.ToUnbounded());
        return unbounded is { } price && price <= long.MaxValue ? (long)price : null;
    }

    /// <summary>The same in unbounded integers, up to the 64 bits of the chain's prices.</summary>
    /// <param name="market">The market whose price moves; its own price does not matter.</param>
    /// <param name="quantums">The signed position in it.</param>
    /// <param name="rest">The account without that position, funding settled.</param>
    public static BigInteger? Find(Perpetual market, BigInteger quantums, SubaccountRisk rest)
    {
        if (quantums.IsZero) return null;
        var first = rest.Maintenance.Sign > 0 ? 1 : FirstWorth(market, quantums);
        return Search(first, (BigInteger)ulong.MaxValue, quantums.Sign > 0, IsBad).Price;

        bool IsBad(BigInteger price) =>
            (rest + (market with { OraclePrice = price }).Margin(quantums)).IsLiquidatable;
    }

    /// <summary>The same for one position of a subaccount; funding is settled first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="market">The market whose price moves.</param>
    /// <param name="perpetuals">The markets.</param>
    public static Result<Liquidatable, ChainError> Find(
        Subaccount account, MarketId market, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (account.Missing(perpetuals, [new PerpetualDelta(market, 0)]) is { } error) return error;
        var settled = account.Settled(perpetuals);
        var others = settled with { Positions = settled.Positions.Remove(market) };
        var rest = others.RiskWhenSettled(perpetuals);
        if (settled.Positions.TryGetValue(market, out var held))
        {
            rest += new SubaccountRisk(held.QuoteBalance, 0, 0);
        }

        return new Liquidatable(
            Find(perpetuals[market], settled.QuantumsIn(market), rest),
            settled.RiskWhenSettled(perpetuals).IsLiquidatable);
    }

    /// <summary>
    /// The last bad price of a long or the first of a short, and whether the search saw all it had to.
    /// </summary>
    private static (TPrice? Price, bool IsExact) Search<TPrice>(
        TPrice first, TPrice most, bool isLong, Func<TPrice, bool> isBad)
        where TPrice : struct, IBinaryInteger<TPrice>
    {
        if (first > most) return (null, true);
        var near = first;
        if (isBad(near) != isLong) return (isLong ? null : near, true);

        var two = TPrice.One + TPrice.One;
        var far = near;
        do
        {
            if (far == most) return (null, false);
            near = far;
            far = TPrice.Min(near * two, most);
        }
        while (isBad(far) == isLong);

        while (far - near > TPrice.One)
        {
            var middle = near + ((far - near) / two);
            if (isBad(middle) == isLong) near = middle;
            else far = middle;
        }

        return (isLong ? near : far, true);
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

    private static BigInteger FirstWorth(Perpetual market, BigInteger quantums) => market.WorthExponent >= 0
        ? 1
        : Rounding.CeilingDivide(BigInteger.Pow(10, -market.WorthExponent), BigInteger.Abs(quantums));

    /// <summary>Beyond this the products of the margin formula could leave 128 bits.</summary>
    private static long MostPrice(Market market, BaseQuantums quantums)
    {
        var digits = DigitsAboveProduct + Math.Max(0, PositionMargin.WorthExponent(market));
        if (digits > MostDigits) return 0;
        var room = Int128.MaxValue / Rounding.PowerOfTen(digits) / quantums.Abs().Value;
        return room > long.MaxValue / 4 ? long.MaxValue / 4 : (long)room;
    }
}

/// <summary>Where a position's price ends an account.</summary>
/// <param name="Price">
/// Integer oracle price: the highest at which the account may be liquidated for a long, the lowest for a
/// short; null where no price does it, where every price of a long does, or where there is no position.
/// </param>
/// <param name="IsNow">Whether the account may be liquidated already.</param>
public readonly record struct Liquidatable(BigInteger? Price, bool IsNow);
