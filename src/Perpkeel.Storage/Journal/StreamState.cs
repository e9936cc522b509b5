namespace Perpkeel.Storage.Journal;

/// <summary>
/// The end of a chain: what is on disk, and behind it what was gathered for the next commit.
/// </summary>
internal sealed class ChainEnd(long committed, byte[] head)
{
    private readonly List<ChainRecord> _gathered = [];

    /// <summary>The last sequence on disk.</summary>
    public long Committed { get; private set; } = committed;

    /// <summary>The last sequence, gathered records included.</summary>
    public long Last { get; private set; } = committed;

    /// <summary>The last record's hash.</summary>
    public byte[] Head { get; private set; } = head;

    /// <summary>What waits for the commit, in order.</summary>
    public IReadOnlyList<ChainRecord> Gathered => _gathered;

    /// <summary>Gathers the next record.</summary>
    public void Add(ChainRecord record)
    {
        _gathered.Add(record);
        Last = record.Sequence;
        Head = record.Hash;
    }

    /// <summary>What was gathered is on disk now.</summary>
    public void Settle()
    {
        _gathered.Clear();
        Committed = Last;
    }
}

/// <summary>What the log keeps in memory of one stream.</summary>
internal sealed class StreamState(string name, long id, ChainEnd records, ChainEnd recovery)
{
    /// <summary>The stream's name.</summary>
    public string Name { get; } = name;

    /// <summary>Its id in the file; 0 before the first commit.</summary>
    public long Id { get; set; } = id;

    /// <summary>Whether something waits for the commit.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>The snapshot that waits for the commit.</summary>
    public SnapshotRow? Snapshot { get; set; }

    /// <summary>What happened to the account.</summary>
    public ChainEnd Records { get; } = records;

    /// <summary>What happened to the process.</summary>
    public ChainEnd Recovery { get; } = recovery;

    /// <summary>A stream that was never written to.</summary>
    public static StreamState Empty(string name) =>
        new(name, 0, new ChainEnd(0, ChainHash.Start), new ChainEnd(0, ChainHash.Start));

    /// <summary>One of the two chains.</summary>
    public ChainEnd EndOf(Chain chain) => chain == Chain.Records ? Records : Recovery;
}
