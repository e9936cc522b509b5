using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>A change of one position.</summary>
/// <param name="Market">Its market.</param>
/// <param name="Quantums">Signed change in base quantums.</param>
/// <param name="QuoteBalance">Signed change of the position's quote balance.</param>
public readonly record struct PerpetualDelta(
    MarketId Market, BigInteger Quantums, BigInteger QuoteBalance = default);

/// <summary>A change of one subaccount, beside the state that it starts from.</summary>
public sealed record SubaccountUpdate
{
    /// <summary>The subaccount as it is; funding may be unsettled.</summary>
    public required Subaccount Subaccount { get; init; }

    /// <summary>Signed change of its USDC in quote quantums.</summary>
    public BigInteger UsdcDelta { get; init; }

    /// <summary>Changes of positions, in order.</summary>
    public ImmutableArray<PerpetualDelta> PerpetualDeltas { get; init; } = [];
}
