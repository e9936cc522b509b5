using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>How a match moves the open interest of its market.</summary>
/// <param name="Market">The market.</param>
/// <param name="BaseQuantums">Signed change; zero where positions only change hands.</param>
public readonly record struct OpenInterestDelta(MarketId Market, BigInteger BaseQuantums)
{
    private const int Sides = 2;

    /// <summary>
    /// The change that a match makes: over both sides, how much more is long after than before. Updates
    /// without a change of position (fees to others) do not count as sides.
    /// </summary>
    /// <remarks>Source: dYdX v4-chain, subaccounts library, open interest of updates.</remarks>
    public static Result<OpenInterestDelta, ChainError> OfMatch(IEnumerable<SubaccountUpdate> updates)
    {
        var sides = updates.Where(update => update.PerpetualDeltas.Length > 0).ToList();
        if (sides.Count != Sides) return new ChainError.MatchUpdatesMustHaveTwoUpdates(sides.Count);
        if (sides.Exists(side => side.PerpetualDeltas.Length != 1))
        {
            return new ChainError.MatchUpdatesMustUpdateOnePerp();
        }

        var (first, second) = (sides[0].PerpetualDeltas[0], sides[1].PerpetualDeltas[0]);
        if (first.Market != second.Market)
        {
            return new ChainError.MatchUpdatesMustBeSamePerpId(first.Market, second.Market);
        }

        if (first.Quantums != -second.Quantums)
        {
            return new ChainError.MatchUpdatesInvalidSize(first.Quantums, second.Quantums);
        }

        return new OpenInterestDelta(first.Market, LongAdded(sides[0]) + LongAdded(sides[1]));
    }

    private static BigInteger LongAdded(SubaccountUpdate side)
    {
        var delta = side.PerpetualDeltas[0];
        var before = side.Subaccount.QuantumsIn(delta.Market);
        return BigInteger.Max(before + delta.Quantums, 0) - BigInteger.Max(before, 0);
    }
}
