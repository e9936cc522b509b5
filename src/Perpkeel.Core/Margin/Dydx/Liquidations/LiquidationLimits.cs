using System.Numerics;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Liquidations;

/// <summary>How much of one position one block may take, in quote quantums.</summary>
/// <remarks>Source: dYdX v4-chain, liquidations keeper, position block limits.</remarks>
/// <param name="Least">The smallest part that is taken: the whole position where that is worth less.</param>
/// <param name="Most">The greatest part that is taken.</param>
public readonly record struct LiquidationLimits(BigInteger Least, BigInteger Most)
{
    /// <summary>The limits of a position.</summary>
    /// <param name="notional">Its worth without a sign.</param>
    /// <param name="leastNotional">What is always taken whole.</param>
    /// <param name="portion">Share that may be taken beyond that.</param>
    public static LiquidationLimits Of(BigInteger notional, BigInteger leastNotional, Ppm portion)
    {
        var least = BigInteger.Min(leastNotional, notional);
        return new(least, BigInteger.Max(least, notional * portion.Value / Ppm.One));
    }
}
