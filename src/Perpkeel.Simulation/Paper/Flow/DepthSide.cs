namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>Price levels of one side, best first, in ticks and steps.</summary>
internal sealed class DepthSide(bool isBid)
{
    private const int FirstCapacity = 32;

    private (long Price, long Size)[] _levels = new (long, long)[FirstCapacity];
    private int _count;

    /// <summary>The levels, best first; sizes are positive.</summary>
    public ReadOnlySpan<(long Price, long Size)> Levels => _levels.AsSpan(0, _count);

    /// <summary>The best price; 0 without one.</summary>
    public long Best => _count > 0 ? _levels[0].Price : 0;

    /// <summary>What rests at a price; 0 for nothing.</summary>
    public long SizeAt(long price)
    {
        var at = Find(price);
        return at < _count && _levels[at].Price == price ? _levels[at].Size : 0;
    }

    /// <summary>Sets what rests at a price; zero or less removes it.</summary>
    public void Set(long price, long size)
    {
        var at = Find(price);
        var exists = at < _count && _levels[at].Price == price;
        if (size <= 0)
        {
            if (!exists) return;
            _count--;
            Array.Copy(_levels, at + 1, _levels, at, _count - at);
            return;
        }

        if (!exists)
        {
            if (_count == _levels.Length) Array.Resize(ref _levels, _count * 2);
            Array.Copy(_levels, at, _levels, at + 1, _count - at);
            _count++;
        }

        _levels[at] = (price, size);
    }

    /// <summary>Nothing rests any more.</summary>
    public void Clear() => _count = 0;

    private int Find(long price)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var isBefore = isBid ? _levels[middle].Price > price : _levels[middle].Price < price;
            if (isBefore) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
