namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// All levels of a book by price: a dense window where the market is, a tree for what lies outside. The
/// window follows the market.
/// </summary>
/// <remarks>
/// The window moves when orders near the touch missed it more often than it has levels. So a move, which
/// costs a tree's step for each level that leaves or enters, was paid for by as many misses, and whatever the
/// order of prices, an operation costs the logarithm of the number of levels at most, on average.
/// </remarks>
internal sealed class LevelIndex(LevelPool levels)
{
    private const int Reach = PriceWindow.Width / 4;

    private readonly PriceWindow _window = new();
    private readonly FarLevels _far = new(levels);
    private int _misses;

    /// <summary>Whether a price is found without a search.</summary>
    public bool IsNear(long price) => _window.Covers(price);

    /// <summary>The level at a price, or none.</summary>
    public int Find(long price) => _window.Covers(price) ? _window.Find(price) : _far.Find(price);

    /// <summary>Adds a level whose price has none.</summary>
    public void Add(int level)
    {
        var price = levels[level].Price;
        if (_window.Covers(price)) _window.Add(price, level);
        else _far.Add(level);
    }

    /// <summary>Removes a level.</summary>
    public void Remove(int level)
    {
        var price = levels[level].Price;
        if (_window.Covers(price)) _window.Remove(price);
        else _far.Remove(level);
    }

    /// <summary>The level of the next price above, or none.</summary>
    public int Above(long price)
    {
        if (_window.Covers(price))
        {
            var near = _window.Above(price);
            return near != LevelPool.None ? near : _far.Above(price);
        }

        var far = _far.Above(price);
        if (price > _window.Start || (far != LevelPool.None && levels[far].Price < _window.Start)) return far;
        var first = _window.First();
        return first != LevelPool.None ? first : far;
    }

    /// <summary>The level of the next price below, or none.</summary>
    public int Below(long price)
    {
        if (_window.Covers(price))
        {
            var near = _window.Below(price);
            return near != LevelPool.None ? near : _far.Below(price);
        }

        var far = _far.Below(price);
        if (price < _window.Start || (far != LevelPool.None && levels[far].Price > _window.Start)) return far;
        var last = _window.Last();
        return last != LevelPool.None ? last : far;
    }

    /// <summary>An order is about to rest at a price outside the window, which may move to it.</summary>
    /// <param name="price">Its price.</param>
    /// <param name="touch">The best price of its side, the order itself included.</param>
    /// <param name="across">The best price of the other side; null when that is empty.</param>
    public void Miss(long price, long touch, long? across)
    {
        if (Math.Abs(price - touch) >= Reach) return;
        if (++_misses <= _window.Count) return;
        var isTight = across is { } other && Math.Abs(other - touch) < 2 * Reach;
        MoveTo(isTight ? touch + ((across.GetValueOrDefault() - touch) / 2) : touch);
        _misses = 0;
    }

    private void MoveTo(long centre)
    {
        var start = Math.Clamp(centre - (PriceWindow.Width / 2), 0, long.MaxValue - PriceWindow.Width + 1);
        Span<int> held = stackalloc int[PriceWindow.Width];
        var count = _window.Move(start, held);
        foreach (var level in held[..count]) Add(level);

        var entering = _far.Above(start - 1);
        while (entering != LevelPool.None && _window.Covers(levels[entering].Price))
        {
            _far.Remove(entering);
            Add(entering);
            entering = _far.Above(levels[entering].Price);
        }
    }
}
