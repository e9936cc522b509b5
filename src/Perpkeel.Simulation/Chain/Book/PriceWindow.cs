using System.Numerics;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// The levels of 4096 neighbouring prices. A price finds its level by its place; the next level above or
/// below is found in two words of bits: one bit for each price, and one for each 64 of them.
/// </summary>
internal sealed class PriceWindow
{
    /// <summary>How many prices it covers: 64 words of 64 bits, whose own bits fill one word.</summary>
    public const int Width = 64 * 64;

    private readonly int[] _levels = new int[Width];
    private readonly ulong[] _words = new ulong[64];
    private ulong _summary;

    /// <summary>The lowest price covered, in ticks; from 0 on.</summary>
    public long Start { get; private set; }

    /// <summary>How many prices have a level.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it covers a price.</summary>
    public bool Covers(long price) => unchecked((ulong)(price - Start)) < Width;

    /// <summary>The level at a covered price, or none.</summary>
    public int Find(long price)
    {
        var place = (int)(price - Start);
        return (_words[place >> 6] >> (place & 63) & 1) != 0 ? _levels[place] : LevelPool.None;
    }

    /// <summary>Adds the level of a covered price that has none.</summary>
    public void Add(long price, int level)
    {
        var place = (int)(price - Start);
        _levels[place] = level;
        _words[place >> 6] |= 1UL << (place & 63);
        _summary |= 1UL << (place >> 6);
        Count++;
    }

    /// <summary>Removes the level of a covered price.</summary>
    public void Remove(long price)
    {
        var place = (int)(price - Start);
        var word = place >> 6;
        _words[word] &= ~(1UL << (place & 63));
        if (_words[word] == 0) _summary &= ~(1UL << word);
        Count--;
    }

    /// <summary>The level of the next price above a covered one, or none.</summary>
    public int Above(long price)
    {
        var place = (int)(price - Start);
        var word = place >> 6;
        var bits = _words[word] & (~1UL << (place & 63));
        if (bits == 0)
        {
            var words = _summary & (~1UL << word);
            if (words == 0) return LevelPool.None;
            word = BitOperations.TrailingZeroCount(words);
            bits = _words[word];
        }

        return _levels[(word << 6) + BitOperations.TrailingZeroCount(bits)];
    }

    /// <summary>The level of the next price below a covered one, or none.</summary>
    public int Below(long price)
    {
        var place = (int)(price - Start);
        var word = place >> 6;
        var bits = _words[word] & ((1UL << (place & 63)) - 1);
        if (bits == 0)
        {
            var words = _summary & ((1UL << word) - 1);
            if (words == 0) return LevelPool.None;
            word = BitOperations.Log2(words);
            bits = _words[word];
        }

        return _levels[(word << 6) + BitOperations.Log2(bits)];
    }

    /// <summary>The level of the lowest price, or none.</summary>
    public int First()
    {
        if (_summary == 0) return LevelPool.None;
        var word = BitOperations.TrailingZeroCount(_summary);
        return _levels[(word << 6) + BitOperations.TrailingZeroCount(_words[word])];
    }

    /// <summary>The level of the highest price, or none.</summary>
    public int Last()
    {
        if (_summary == 0) return LevelPool.None;
        var word = BitOperations.Log2(_summary);
        return _levels[(word << 6) + BitOperations.Log2(_words[word])];
    }

    /// <summary>Empties the window and lets it begin elsewhere.</summary>
    /// <param name="start">The lowest price to cover.</param>
    /// <param name="held">Takes the levels that were in it, from the lowest price up.</param>
    /// <returns>How many they were.</returns>
    public int Move(long start, Span<int> held)
    {
        var count = 0;
        for (var words = _summary; words != 0; words &= words - 1)
        {
            var word = BitOperations.TrailingZeroCount(words);
            for (var bits = _words[word]; bits != 0; bits &= bits - 1)
            {
                held[count++] = _levels[(word << 6) + BitOperations.TrailingZeroCount(bits)];
            }

            _words[word] = 0;
        }

        _summary = 0;
        Count = 0;
        Start = start;
        return count;
    }
}
