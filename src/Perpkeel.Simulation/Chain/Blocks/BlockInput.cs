using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What a block hears from outside; its height is the next one.</summary>
internal sealed record BlockInput
{
    /// <summary>Its time; not before the last one's.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Integer oracle prices that are new, by market.</summary>
    public IReadOnlyList<(int Market, long Price)> OraclePrices { get; init; } = [];

    /// <summary>
    /// Premiums for which the proposer votes, by market; null when it votes for what its books say.
    /// </summary>
    public IReadOnlyList<(int Market, Ppm Premium)>? Premiums { get; init; }

    /// <summary>What governance decides about markets in this block.</summary>
    public IReadOnlyList<(int Market, ClobPairStatus Status)> Statuses { get; init; } = [];

    /// <summary>Whether the node starts anew after this block: what is only in memory is lost.</summary>
    public bool NodeRestarts { get; init; }
}
