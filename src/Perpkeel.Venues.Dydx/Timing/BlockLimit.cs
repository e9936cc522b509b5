using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Venues.Dydx.Protos.Clob;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>So many placements in so many blocks.</summary>
/// <param name="Blocks">Length of the window.</param>
/// <param name="Most">Placements in it.</param>
public readonly record struct BlockLimit(uint Blocks, int Most)
{
    /// <summary>Blocks that a limit of a chain counts at most.</summary>
    public const uint LongestWindow = 1_000_000;

    /// <summary>The usual limits of orders that are stored on the chain: 2 a block, 20 in 100.</summary>
    public static ImmutableArray<BlockLimit> UsualStateful { get; } = [new(1, 2), new(100, 20)];

    /// <summary>The limits of a chain. More placements than can be counted are as many as can be.</summary>
    public static ImmutableArray<BlockLimit> Of(IEnumerable<MaxPerNBlocksRateLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return [.. limits.Select(limit => new BlockLimit(
            limit.NumBlocks, (int)Math.Min(limit.Limit, int.MaxValue)))];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Most} in {Blocks} {(Blocks == 1 ? "block" : "blocks")}");
}
