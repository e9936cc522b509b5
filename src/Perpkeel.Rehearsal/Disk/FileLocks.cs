using Perpkeel.Rehearsal.Disk.Native;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>Who holds which of SQLite's five locks on a database file.</summary>
internal sealed class FileLocks
{
    private readonly List<DiskHandle> _handles = [];

    public void Join(DiskHandle handle) => _handles.Add(handle);

    public void Leave(DiskHandle handle) => _handles.Remove(handle);

    /// <summary>Whether somebody is about to write.</summary>
    public bool IsReserved => _handles.Exists(handle => handle.LockLevel >= Sqlite.LockReserved);

    /// <summary>Whether somebody has the file open as a database to write to.</summary>
    public bool HasWriter => _handles.Exists(handle => handle.IsWriter);

    /// <summary>
    /// Raises a lock; one that waits for readers to leave stays pending, so that no new one comes.
    /// </summary>
    public int Raise(DiskHandle handle, int level)
    {
        if (handle.LockLevel >= level) return Sqlite.Ok;
        var others = _handles.Where(other => !ReferenceEquals(other, handle))
            .Select(other => other.LockLevel).DefaultIfEmpty(Sqlite.LockNone).Max();
        var allowed = level == Sqlite.LockShared ? Sqlite.LockReserved : Sqlite.LockShared;
        if (others > allowed) return Sqlite.Busy;
        if (level == Sqlite.LockExclusive && others > Sqlite.LockNone)
        {
            handle.LockLevel = Sqlite.LockPending;
            return Sqlite.Busy;
        }

        handle.LockLevel = level;
        return Sqlite.Ok;
    }
}
