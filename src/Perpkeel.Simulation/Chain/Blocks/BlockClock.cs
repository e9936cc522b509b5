using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>A time in which no block is made.</summary>
/// <param name="From">No block has this time or a later one, until it is over.</param>
/// <param name="Length">How long it takes.</param>
/// <param name="IsHalt">
/// Whether nodes start anew after it and lose their memory; otherwise the chain only stood still.
/// </param>
internal readonly record struct BlockPause(DateTimeOffset From, TimeSpan Length, bool IsHalt)
{
    /// <summary>When blocks may be made again.</summary>
    public DateTimeOffset End => From + Length;
}

/// <summary>When a block is made.</summary>
/// <param name="Time">Its time.</param>
/// <param name="NodeRestarts">Whether a halt begins after it.</param>
internal readonly record struct BlockTick(DateTimeOffset Time, bool NodeRestarts);

/// <summary>Block times from a seed: half a second to three seconds apart, but for pauses.</summary>
internal sealed class BlockClock
{
    private const int LeastMs = 500;
    private const int MostMs = 3_000;

    private readonly SeededRandom _chance;
    private readonly Queue<BlockPause> _pauses;
    private DateTimeOffset _next;

    /// <summary>A clock whose first block comes one step after a time.</summary>
    /// <param name="seed">Where the steps come from.</param>
    /// <param name="start">The time before the first block.</param>
    /// <param name="pauses">When no blocks are made.</param>
    public BlockClock(ulong seed, DateTimeOffset start, IEnumerable<BlockPause> pauses)
    {
        _chance = new SeededRandom(seed);
        _pauses = new Queue<BlockPause>(pauses.OrderBy(pause => pause.From));
        _next = start;
        _ = Step();
    }

    /// <summary>The next block.</summary>
    public BlockTick Next()
    {
        var time = _next;
        return new BlockTick(time, Step());
    }

    /// <summary>Goes on to the time of the block after; says whether a halt lies between.</summary>
    private bool Step()
    {
        _next += TimeSpan.FromMilliseconds(LeastMs + (long)(_chance.NextBits() % (MostMs - LeastMs + 1)));
        var isHalt = false;
        while (_pauses.TryPeek(out var pause) && _next >= pause.From)
        {
            _ = _pauses.Dequeue();
            isHalt |= pause.IsHalt && _next < pause.End;
            if (_next < pause.End) _next = pause.End;
        }

        return isHalt;
    }
}
