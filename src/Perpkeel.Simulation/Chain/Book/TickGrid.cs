using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>Turns the chain's subticks into a book's ticks and back, without loss.</summary>
/// <remarks>
/// The chain takes only prices that are multiples of the pair's subticks per tick n (spec of transactions,
/// 7.3), and keeps them in 64 bits without a sign. With n at least 2 a price of at most 2^64 - 1 subticks has
/// at most (2^64 - 1) / 2 ticks, rounded down: 2^63 - 1, the greatest long. So every price that the chain
/// takes has its own tick count. Only with n = 1 are prices of 2^63 and more left out; they are refused.
/// </remarks>
internal readonly record struct TickGrid
{
    private readonly uint _subticksPerTick;

    /// <summary>The grid of a pair.</summary>
    /// <param name="subticksPerTick">At least one; 32 bits on the chain.</param>
    public TickGrid(uint subticksPerTick)
    {
        ArgumentOutOfRangeException.ThrowIfZero(subticksPerTick);
        _subticksPerTick = subticksPerTick;
    }

    /// <summary>Subticks in one tick.</summary>
    public uint SubticksPerTick => _subticksPerTick == 0 ? 1 : _subticksPerTick;

    /// <summary>The price in ticks; false for zero and for what is not on the grid.</summary>
    public bool TryTicks(ulong subticks, out Ticks ticks)
    {
        var (count, beside) = Math.DivRem(subticks, SubticksPerTick);
        var isOnGrid = subticks != 0 && beside == 0 && count <= long.MaxValue;
        ticks = new Ticks(isOnGrid ? (long)count : 0);
        return isOnGrid;
    }

    /// <summary>The price in subticks of what <see cref="TryTicks"/> gave.</summary>
    public ulong Subticks(Ticks ticks) => (ulong)ticks.Value * SubticksPerTick;
}
