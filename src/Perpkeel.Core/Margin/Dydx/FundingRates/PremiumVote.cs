using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.FundingRates;

/// <summary>
/// How far a book lies from the index price: what the proposer of a block votes for, in exact integers.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, order book price premium. The impact price is the average at which the impact
/// notional fills, its base quantums rounded up; too little liquidity, or an impact price on the other side
/// of the index, is no premium.
/// </remarks>
public sealed record PremiumVote
{
    private const int QuoteDecimals = 6;

    /// <summary>Exponent that turns quantums times subticks into quote quantums.</summary>
    public required int QuantumConversionExponent { get; init; }

    /// <summary>Exponent of the base quantum.</summary>
    public required int AtomicResolution { get; init; }

    /// <summary>Exponent of the integer index price.</summary>
    public required int IndexExponent { get; init; }

    /// <summary>Integer index price.</summary>
    public required BigInteger IndexPrice { get; init; }

    /// <summary>Notional with which the book is probed; zero takes the best price.</summary>
    public required BigInteger ImpactNotional { get; init; }

    /// <summary>Greatest premium without its sign.</summary>
    public required Ppm Most { get; init; }

    /// <summary>The premium of a book, rounded toward zero; zero where there is none.</summary>
    public Result<Ppm, PremiumError> Of(IReadOnlyCollection<BookOrder> orders)
    {
        if (IndexPrice.IsZero) return new PremiumError.ZeroIndexPriceForPremiumCalculation();
        var bids = orders.Where(order => order.Side == Side.Buy)
            .OrderByDescending(order => order.Subticks).ToList();
        var asks = orders.Where(order => order.Side == Side.Sell).OrderBy(order => order.Subticks).ToList();
        if (bids.Count > 0 && asks.Count > 0 && bids[0].Subticks >= asks[0].Subticks)
        {
            return new PremiumError.CrossingOrderbook();
        }

        // The index price in subticks is IndexPrice * 10^this.
        var exponent = IndexExponent + AtomicResolution + QuoteDecimals - QuantumConversionExponent;
        var index = exponent >= 0
            ? (Above: IndexPrice * BigInteger.Pow(10, exponent), Below: BigInteger.One)
            : (Above: IndexPrice, Below: BigInteger.Pow(10, -exponent));
        if (bids.Count > 0 && index.Above < bids[0].Subticks * index.Below)
        {
            return Premium(bids, index, sign: 1);
        }

        return asks.Count > 0 && index.Above > asks[0].Subticks * index.Below
            ? Premium(asks, index, sign: -1)
            : new Ppm(0);
    }

    private Ppm Premium(List<BookOrder> best, (BigInteger Above, BigInteger Below) index, int sign)
    {
        if (Impact(best) is not { } impact) return new Ppm(0);
        var over = ((impact.Above * index.Below) - (index.Above * impact.Below)) * sign;
        if (over.Sign <= 0) return new Ppm(0);

        var ppm = over * Ppm.One / (index.Above * impact.Below);
        return new Ppm((long)BigInteger.Min(ppm, Most.Value) * sign);
    }

    /// <summary>The average price of the impact notional in subticks; null where the book is too thin.</summary>
    private (BigInteger Above, BigInteger Below)? Impact(List<BookOrder> best)
    {
        if (ImpactNotional.IsZero) return (best[0].Subticks, BigInteger.One);
        var left = ImpactNotional;
        var filled = BigInteger.Zero;
        foreach (var order in best)
        {
            var value = Value(order);
            if (left > value)
            {
                filled += order.Quantums;
                left -= value;
                continue;
            }

            filled += Rounding.CeilingDivide(order.Quantums * left, value);
            return QuantumConversionExponent >= 0
                ? (ImpactNotional, filled * BigInteger.Pow(10, QuantumConversionExponent))
                : (ImpactNotional * BigInteger.Pow(10, -QuantumConversionExponent), filled);
        }

        return null;
    }

    private BigInteger Value(BookOrder order) =>
        Rounding.ScaleTowardZero(order.Subticks * order.Quantums, QuantumConversionExponent);
}
