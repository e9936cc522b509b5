namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// Finds a resting order in its book. When the order is gone the handle finds nothing, also when the place
/// it had in memory is taken by another order. The default finds nothing.
/// </summary>
/// <param name="Value">The handle as one number, to be kept elsewhere.</param>
internal readonly record struct OrderHandle(long Value)
{
    private const int BitsOfSlot = 32;

    /// <summary>The handle of a place in the pool and the count of its uses.</summary>
    internal OrderHandle(int slot, int generation)
        : this(((long)generation << BitsOfSlot) | (uint)slot)
    {
    }

    /// <summary>The place in the pool.</summary>
    internal int Slot => unchecked((int)Value);

    /// <summary>The count of the place's uses; odd while an order is there.</summary>
    internal int Generation => (int)(Value >> BitsOfSlot);
}
