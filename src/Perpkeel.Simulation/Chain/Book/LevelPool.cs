using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>The orders of one price in memory, in order of their coming.</summary>
internal struct PooledLevel
{
    /// <summary>The sum of what is left of its orders.</summary>
    public UInt128 Quantums;

    /// <summary>Its price in ticks.</summary>
    public long Price;

    /// <summary>The first order.</summary>
    public int Head;

    /// <summary>The last order.</summary>
    public int Tail;

    /// <summary>How many orders it has.</summary>
    public int Count;

    /// <summary>Their side: a book that is not crossed has one side at a price.</summary>
    public Side Side;

    /// <summary>Outside the window, the tree of lower prices; of a free place, the next one.</summary>
    public int Lower;

    /// <summary>Outside the window, the tree of higher prices.</summary>
    public int Higher;
}

/// <summary>
/// The places of all levels in one array that grows by doubling; places given back are taken again.
/// </summary>
internal sealed class LevelPool
{
    /// <summary>No level.</summary>
    public const int None = -1;

    private const int FirstCapacity = 16;

    private PooledLevel[] _levels = new PooledLevel[FirstCapacity];
    private int _used;
    private int _free = None;

    /// <summary>Places in memory.</summary>
    public int Capacity => _levels.Length;

    /// <summary>A level; the reference holds until the next <see cref="Take"/>.</summary>
    public ref PooledLevel this[int level] => ref _levels[level];

    /// <summary>Takes a place for a level without orders.</summary>
    public int Take(Side side, long price)
    {
        var taken = _free;
        if (taken != None)
        {
            _free = _levels[taken].Lower;
        }
        else
        {
            if (_used == _levels.Length) Array.Resize(ref _levels, _levels.Length * 2);
            taken = _used++;
        }

        _levels[taken] = new PooledLevel
        {
            Price = price,
            Side = side,
            Head = OrderPool.None,
            Tail = OrderPool.None,
            Lower = None,
            Higher = None,
        };
        return taken;
    }

    /// <summary>Gives a level's place back.</summary>
    public void Give(int level)
    {
        _levels[level].Lower = _free;
        _free = level;
    }
}
