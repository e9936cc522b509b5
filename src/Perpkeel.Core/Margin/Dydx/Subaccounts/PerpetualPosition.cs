using System.Numerics;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>A position as the chain keeps it.</summary>
/// <param name="Market">Its market.</param>
/// <param name="Quantums">Signed base quantums.</param>
/// <param name="FundingIndex">The market's funding index up to which it has been settled.</param>
/// <param name="QuoteBalance">Quote quantums that belong to it; zero on the chain of today.</param>
public readonly record struct PerpetualPosition(
    MarketId Market, BigInteger Quantums, BigInteger FundingIndex, BigInteger QuoteBalance)
{
    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Quantums.IsZero && QuoteBalance.IsZero;
}
