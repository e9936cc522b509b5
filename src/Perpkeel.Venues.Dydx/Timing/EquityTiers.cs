using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Transactions;
using DocumentedTier = Perpkeel.Core.Risk.EquityTierLimit;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>Open stateful orders that a subaccount may have from some net collateral on.</summary>
/// <param name="From">The net collateral.</param>
/// <param name="Most">Orders.</param>
public readonly record struct EquityTier(Usd From, int Most);

/// <summary>How many stateful orders (long-term, conditional, TWAP) a subaccount's equity allows.</summary>
/// <remarks>Values of governance: read them from the chain when starting.</remarks>
public sealed class EquityTiers
{
    private readonly ImmutableArray<EquityTier> _tiers;

    /// <summary>Takes tiers in any order.</summary>
    public EquityTiers(IEnumerable<EquityTier> tiers) => _tiers = [.. tiers.OrderBy(tier => tier.From)];

    /// <summary>The tiers that dYdX documents, for where the chain cannot be asked.</summary>
    public static EquityTiers Documented { get; } =
        new(DocumentedTier.Documented.Select(tier => new EquityTier(tier.From, tier.Most)));

    /// <summary>The tiers of a chain. More orders than can be counted are as many as can be.</summary>
    /// <exception cref="FormatException">A tier's collateral is no number.</exception>
    public static EquityTiers Of(IEnumerable<EquityTierLimit> tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        return new(tiers.Select(tier => BigIntegerBytes.TryRead(tier.UsdTncRequired.Span, out var millionths)
            && BigInteger.Abs(millionths) <= (BigInteger)decimal.MaxValue
            ? new EquityTier(Amount(millionths), (int)Math.Min(tier.Limit, int.MaxValue))
            : throw new FormatException("An equity tier's collateral is no number.")));
    }

    /// <summary>Orders that a net collateral allows; none below the first tier.</summary>
    public int MostAt(Usd netCollateral) =>
        _tiers.LastOrDefault(tier => tier.From <= netCollateral).Most;

    /// <summary>Why so many more orders are too many; null where they are not.</summary>
    public TimingError? Check(int open, int more, Usd netCollateral)
    {
        var most = MostAt(netCollateral);
        if ((long)open + more <= most) return null;
        var next = _tiers.FirstOrDefault(tier => tier.From > netCollateral && tier.Most >= (long)open + more);
        return TimingError.EquityTier(open, most, netCollateral, next.Most > 0 ? next.From : null);
    }

    private static Usd Amount(BigInteger millionths) => new((decimal)millionths / QuoteQuantums.PerUsd);
}
