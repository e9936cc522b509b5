namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// Levels in order of their prices, however far apart: a search tree kept in balance by ranks that are drawn
/// from the prices themselves (a treap), so that the same levels always make the same tree. Finding, adding
/// and removing take the logarithm of their number of steps, in expectation.
/// </summary>
/// <remarks>The tree is threaded through the levels; it has no memory of its own.</remarks>
internal sealed class FarLevels(LevelPool levels)
{
    private int _root = LevelPool.None;

    /// <summary>The level at a price, or none.</summary>
    public int Find(long price)
    {
        var at = _root;
        while (at != LevelPool.None && levels[at].Price != price)
        {
            at = price < levels[at].Price ? levels[at].Lower : levels[at].Higher;
        }

        return at;
    }

    /// <summary>The level of the next price above, or none.</summary>
    public int Above(long price)
    {
        var found = LevelPool.None;
        for (var at = _root; at != LevelPool.None;)
        {
            ref var level = ref levels[at];
            if (level.Price > price) found = at;
            at = level.Price > price ? level.Lower : level.Higher;
        }

        return found;
    }

    /// <summary>The level of the next price below, or none.</summary>
    public int Below(long price)
    {
        var found = LevelPool.None;
        for (var at = _root; at != LevelPool.None;)
        {
            ref var level = ref levels[at];
            if (level.Price < price) found = at;
            at = level.Price < price ? level.Higher : level.Lower;
        }

        return found;
    }

    /// <summary>Adds a level whose price is not yet there.</summary>
    public void Add(int added)
    {
        ref var level = ref levels[added];
        var rank = RankOf(level.Price);
        ref var link = ref _root;
        while (link != LevelPool.None && RankOf(levels[link].Price) >= rank)
        {
            ref var above = ref levels[link];
            link = ref level.Price < above.Price ? ref above.Lower : ref above.Higher;
        }

        // What hangs here is cut in two at the new price; the halves hang under the new level.
        var at = link;
        link = added;
        ref var lower = ref level.Lower;
        ref var higher = ref level.Higher;
        while (at != LevelPool.None)
        {
            ref var cut = ref levels[at];
            if (cut.Price < level.Price)
            {
                lower = at;
                lower = ref cut.Higher;
                at = cut.Higher;
            }
            else
            {
                higher = at;
                higher = ref cut.Lower;
                at = cut.Lower;
            }
        }

        lower = LevelPool.None;
        higher = LevelPool.None;
    }

    /// <summary>Removes a level that is there.</summary>
    public void Remove(int removed)
    {
        ref var level = ref levels[removed];
        ref var link = ref _root;
        while (link != removed)
        {
            ref var above = ref levels[link];
            link = ref level.Price < above.Price ? ref above.Lower : ref above.Higher;
        }

        // The two trees under it are joined in its place, the higher rank always on top.
        var lower = level.Lower;
        var higher = level.Higher;
        while (lower != LevelPool.None && higher != LevelPool.None)
        {
            if (RankOf(levels[lower].Price) >= RankOf(levels[higher].Price))
            {
                link = lower;
                link = ref levels[lower].Higher;
                lower = link;
            }
            else
            {
                link = higher;
                link = ref levels[higher].Lower;
                higher = link;
            }
        }

        link = lower != LevelPool.None ? lower : higher;
    }

    /// <summary>Bits as if drawn by lot that follow from the price: the end of SplitMix64.</summary>
    private static ulong RankOf(long price)
    {
        unchecked
        {
            var bits = (ulong)price;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}
