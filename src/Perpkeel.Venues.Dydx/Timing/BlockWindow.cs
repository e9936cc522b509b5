using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>
/// Which blocks a short-term order may end at. The chain takes the next block and so many after it.
/// </summary>
/// <remarks>Source: dYdX v4-chain, <c>ShortBlockWindow</c>: 40 since protocol 9.5, 20 before.</remarks>
public sealed record BlockWindow
{
    /// <summary>Blocks after the next one that the chain takes.</summary>
    public uint Blocks { get; init; } = 40;

    /// <summary>Blocks ahead at which resting orders end, unless told otherwise.</summary>
    public uint RestingOffset { get; init; } = 12;

    /// <summary>Blocks ahead at which market orders end, unless told otherwise.</summary>
    public uint MarketOffset { get; init; } = 4;

    /// <summary>Blocks ahead that are ever given: heights of nodes differ by a few.</summary>
    public uint MostOffset { get; init; } = 20;

    /// <summary>The end of an order that rests.</summary>
    /// <param name="height">The last committed block.</param>
    public Result<uint, TimingError> Resting(uint height) => Ahead(height, RestingOffset);

    /// <summary>The end of a market order.</summary>
    /// <param name="height">The last committed block.</param>
    public Result<uint, TimingError> Market(uint height) => Ahead(height, MarketOffset);

    /// <summary>The block so many ahead of the last one, if orders may end there.</summary>
    public Result<uint, TimingError> Ahead(uint height, uint offset) =>
        offset <= uint.MaxValue - height
            ? Check(height + offset, height)
            : TimingError.BlockTooFar(uint.MaxValue, LastAt(height));

    /// <summary>A block, if orders may end there.</summary>
    public Result<uint, TimingError> Check(uint goodTilBlock, uint height)
    {
        var last = LastAt(height);
        if (goodTilBlock <= height) return TimingError.BlockPast(goodTilBlock, height);
        return goodTilBlock <= last ? goodTilBlock : TimingError.BlockTooFar(goodTilBlock, last);
    }

    /// <summary>
    /// Whether an order is over. The chain and the Indexer tell nobody; before that it may still be filled.
    /// </summary>
    public static bool IsOver(uint goodTilBlock, uint height) => height > goodTilBlock;

    private uint LastAt(uint height) => height + Math.Min(MostOffset, Blocks + 1);
}
