using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>At most so much in so many blocks.</summary>
/// <param name="Blocks">How many blocks are looked at, the coming one included.</param>
/// <param name="Limit">How much is allowed in them.</param>
internal readonly record struct BlockRate(int Blocks, int Limit);

/// <summary>How many stateful orders a subaccount may have open from some worth on.</summary>
/// <param name="LeastUsdc">Net collateral in quote quantums.</param>
/// <param name="Limit">How many.</param>
internal readonly record struct StatefulTier(long LeastUsdc, int Limit);

/// <summary>What governance and the node's code set about orders, by their documented values.</summary>
/// <remarks>Source: the protocol, sections 7.3, 9, 12 and 14.</remarks>
internal sealed record OrderParameters
{
    private const long Usd = QuoteQuantums.PerUsd;

    /// <summary>How many blocks beyond the next one a short-term order may ask for.</summary>
    public uint ShortBlockWindow { get; init; } = 40;

    /// <summary>How far ahead a stateful order may ask for.</summary>
    public TimeSpan LongestGoodTil { get; init; } = TimeSpan.FromDays(95);

    /// <summary>Open stateful orders by net collateral, ascending; below the first none.</summary>
    public IReadOnlyList<StatefulTier> StatefulTiers { get; init; } =
    [
        new(20 * Usd, 10), new(100 * Usd, 20), new(1_000 * Usd, 40), new(10_000 * Usd, 100),
        new(100_000 * Usd, 200),
    ];

    /// <summary>Stateful placements of an owner.</summary>
    public IReadOnlyList<BlockRate> StatefulRates { get; init; } = [new(1, 2), new(100, 20)];

    /// <summary>Short-term placements and cancels of an owner.</summary>
    public IReadOnlyList<BlockRate> ShortTermRates { get; init; } = [new(5, 4_000)];

    /// <summary>Leverage updates of an owner.</summary>
    public IReadOnlyList<BlockRate> LeverageRates { get; init; } = [new(1, 1), new(100, 10)];

    /// <summary>Whether permissioned keys may sign.</summary>
    public bool ArePermissionedKeysActive { get; init; } = true;

    /// <summary>How long a leg of a TWAP stands.</summary>
    public TimeSpan TwapLegLife { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many ordinary legs one leg may catch up.</summary>
    public int TwapCatchUp { get; init; } = 3;

    /// <summary>How many open stateful orders a net collateral allows.</summary>
    public int StatefulLimit(Int128 netCollateral)
    {
        var limit = 0;
        foreach (var tier in StatefulTiers)
        {
            if (netCollateral >= tier.LeastUsdc) limit = tier.Limit;
        }

        return limit;
    }
}
