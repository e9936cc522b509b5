using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// The names on a disk and the files behind them; which of the last makings and deletings a loss of power
/// leaves is open until the folder, or the file, is synced.
/// </summary>
internal sealed class DiskFolder
{
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The files that are there, in ordinal order of their names.</summary>
    public IEnumerable<KeyValuePair<string, DiskFile>> Files =>
        from entry in _entries
        where entry.Value.Now is not null
        select KeyValuePair.Create(entry.Key, entry.Value.Now);

    /// <summary>The file of a name; null when there is none.</summary>
    public DiskFile? Find(string name) => _entries.GetValueOrDefault(name)?.Now;

    /// <summary>Makes an empty file of a name that is free.</summary>
    public DiskFile Make(string name)
    {
        if (!_entries.TryGetValue(name, out var entry)) _entries.Add(name, entry = new Entry());
        var file = new DiskFile();
        entry.Later.Add(file);
        return file;
    }

    /// <summary>Removes a file; whoever has it open keeps it.</summary>
    public void Delete(string name)
    {
        var entry = _entries[name];
        // An empty file that comes and goes leaves no history, however often it does.
        if (entry.Later is [.., { Length: 0, IsSynced: true }]) entry.Later.RemoveAt(entry.Later.Count - 1);
        if (entry.Now is not null) entry.Later.Add(null);
        if (entry is { Lasting: null, Later: [] }) _entries.Remove(name);
    }

    /// <summary>All names are beyond the reach of a loss of power.</summary>
    public void Sync()
    {
        foreach (var (name, entry) in _entries.ToList())
        {
            entry.Settle(entry.Now);
            if (entry.Now is null) _entries.Remove(name);
        }
    }

    /// <summary>The name of one file is beyond the reach of a loss of power.</summary>
    public void Sync(DiskFile file)
    {
        foreach (var entry in _entries.Values)
        {
            if (ReferenceEquals(entry.Now, file)) entry.Settle(file);
        }
    }

    /// <summary>
    /// Leaves what a loss of power leaves: behind each name, one of the files, or none, that were there since
    /// it was synced, and of that what its own syncs have saved.
    /// </summary>
    public void LosePower(SeededRandom chance)
    {
        foreach (var (name, entry) in _entries.ToList())
        {
            var kept = DiskFile.Below(chance, entry.Later.Count + 1);
            entry.Settle(kept == 0 ? entry.Lasting : entry.Later[kept - 1]);
            if (entry.Now is null) _entries.Remove(name);
            else entry.Now.LosePower(chance);
        }
    }

    private sealed class Entry
    {
        /// <summary>What a loss of power would leave at least.</summary>
        public DiskFile? Lasting { get; private set; }

        /// <summary>What has been there since, in order.</summary>
        public List<DiskFile?> Later { get; } = [];

        public DiskFile? Now => Later.Count > 0 ? Later[^1] : Lasting;

        public void Settle(DiskFile? file)
        {
            Lasting = file;
            Later.Clear();
        }
    }
}
