using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Books;

/// <summary>
/// The levels of one side, the best one last, because most changes are near it: then little is moved, and
/// nothing is allocated.
/// </summary>
/// <param name="isBids">Whether the highest price is the best.</param>
internal sealed class BookSide(bool isBids)
{
    private const int FirstLevels = 256;

    private BookEntry[] _levels = new BookEntry[FirstLevels];
    private int _count;

    public int Count => _count;

    /// <summary>The best one is at 0.</summary>
    public BookEntry this[int index] => _levels[_count - 1 - index];

    public void Clear() => _count = 0;

    /// <summary>Replaces the size at a price; nothing removes it. False where it would not fit.</summary>
    public bool Set(in BookEntry entry, int mostLevels)
    {
        var at = Find(entry.Price.Value, out var exists);
        if (exists)
        {
            if (entry.Size.Value > 0)
            {
                _levels[at] = entry;
                return true;
            }

            _count--;
            Array.Copy(_levels, at + 1, _levels, at, _count - at);
            return true;
        }

        if (entry.Size.Value <= 0) return true;
        if (_count == mostLevels) return false;
        if (_count == _levels.Length) Array.Resize(ref _levels, Math.Min(mostLevels, _count * 2));
        Array.Copy(_levels, at, _levels, at + 1, _count - at);
        _levels[at] = entry;
        _count++;
        return true;
    }

    /// <summary>What rests at a price; zero where nothing does.</summary>
    public BookEntry At(Ticks price)
    {
        var at = Find(price.Value, out var exists);
        return exists ? _levels[at] : default;
    }

    /// <summary>Where a price is or would be.</summary>
    private int Find(long price, out bool exists)
    {
        var key = isBids ? price : -price;
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = isBids ? _levels[middle].Price.Value : -_levels[middle].Price.Value;
            if (found == key)
            {
                exists = true;
                return middle;
            }

            if (found < key) low = middle + 1;
            else high = middle - 1;
        }

        exists = false;
        return low;
    }
}
