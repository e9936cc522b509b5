namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>What the number of a message says.</summary>
internal enum IdNews
{
    /// <summary>It is the next one, or later.</summary>
    Ahead = 0,

    /// <summary>It was missing, and here it is.</summary>
    Late,

    /// <summary>It was here before.</summary>
    Again,
}

/// <summary>
/// The numbers of one connection's messages. They are unique and not in order: a subscription's answer has
/// the number of its request and may come long after. So a hole is kept in mind, and is a gap only when it
/// stays.
/// </summary>
internal sealed class MessageIds
{
    /// <summary>Holes that are kept in mind.</summary>
    public const int MostHoles = 1_024;

    private readonly Dictionary<long, DateTimeOffset> _holes = [];
    private long _highest;

    /// <summary>Whether there are more holes than are kept in mind.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Messages that are missing now.</summary>
    public int Holes => _holes.Count;

    /// <summary>A new connection begins at 0.</summary>
    public void Reset()
    {
        _holes.Clear();
        _highest = 0;
        IsFull = false;
    }

    /// <summary>A message with this number is here.</summary>
    public IdNews See(long id, DateTimeOffset now)
    {
        if (id <= _highest) return _holes.Remove(id) ? IdNews.Late : IdNews.Again;
        if (id - _highest - 1 > MostHoles - _holes.Count) IsFull = true;
        else
        {
            for (var missing = _highest + 1; missing < id; missing++) _holes.Add(missing, now);
        }

        _highest = id;
        return IdNews.Ahead;
    }

    /// <summary>The message that is missing for longer than a time; null where none is.</summary>
    public long? MissingSince(DateTimeOffset before)
    {
        long? found = null;
        foreach (var (id, since) in _holes)
        {
            if (since < before && (found is null || id < found)) found = id;
        }

        return found;
    }
}
