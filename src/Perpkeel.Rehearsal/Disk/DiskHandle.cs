using Perpkeel.Rehearsal.Disk.Native;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// A file that was opened, by one connection and for one life of the machine's process. All members give
/// SQLite's codes; after the life's end they give errors.
/// </summary>
internal sealed class DiskHandle
{
    private readonly DiskDevice _disk;
    private readonly DiskFile _file;
    private readonly FileLocks _locks;
    private readonly WalIndex _index;
    private readonly WalSalts? _salts;
    private readonly string? _name;
    private readonly long _life;
    private readonly int _flags;
    private bool _isMapped;
    private bool _syncsFolder;

    /// <summary>Takes part in a file.</summary>
    /// <param name="disk">Whose file it is.</param>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name; null for one that nobody else can see.</param>
    /// <param name="flags">SQLite's flags of opening.</param>
    /// <param name="isMade">Whether it was made just now.</param>
    public DiskHandle(DiskDevice disk, DiskFile file, string? name, int flags, bool isMade)
    {
        const int logs = Sqlite.OpenWal | Sqlite.OpenMainJournal | Sqlite.OpenSuperJournal;
        _disk = disk;
        _file = file;
        _name = name;
        _flags = flags;
        _life = disk.Life;
        _locks = file.Locks;
        _index = file.Index;
        _salts = (flags & Sqlite.OpenWal) != 0 ? new WalSalts(file, disk.Salts) : null;
        _syncsFolder = isMade && (flags & logs) != 0;
        _locks.Join(this);
    }

    /// <summary>Whether it is a database that may be written through it.</summary>
    public bool IsWriter => (_flags & Sqlite.OpenMainDatabase) != 0 && (_flags & Sqlite.OpenReadWrite) != 0;

    /// <summary>Which of SQLite's five locks it holds on the file.</summary>
    public int LockLevel { get; set; }

    /// <summary>The slots of the shared memory that it reads by, as bits.</summary>
    public int SharedSlots { get; set; }

    /// <summary>The slots of the shared memory that nobody else may have, as bits.</summary>
    public int ExclusiveSlots { get; set; }

    /// <summary>Lets go of everything; the disk may free itself then.</summary>
    public void Close()
    {
        UnmapShared();
        lock (_disk.Gate)
        {
            _locks.Leave(this);
            if ((_flags & Sqlite.OpenDeleteOnClose) != 0 && _name is not null && _disk.IsLiving(_life))
            {
                _disk.Folder.Delete(_name);
            }
        }

        _disk.HandleClosed();
    }

    /// <summary>Reads; what is beyond the end is zero, and said to be missing.</summary>
    public int Read(Span<byte> into, long offset)
    {
        lock (_disk.Gate)
        {
            if (Ask(DiskOperationKind.Read) != DiskOutcome.Go) return Sqlite.IoErrorRead;
            return _file.Read(into, offset) == into.Length ? Sqlite.Ok : Sqlite.IoErrorShortRead;
        }
    }

    /// <summary>Writes, all or nothing unless the process dies.</summary>
    public int Write(ReadOnlySpan<byte> data, long offset)
    {
        lock (_disk.Gate)
        {
            var outcome = Ask(DiskOperationKind.Write);
            if (outcome == DiskOutcome.Fail) return Sqlite.IoErrorWrite;
            var end = offset + data.Length;
            if (outcome == DiskOutcome.Full || !_disk.HasRoom(_file, end)) return Sqlite.Full;
            var isCommit = false;
            if (_salts is not null) data = _salts.Change(data, offset, out isCommit);
            if (outcome == DiskOutcome.Die)
            {
                _file.Write(data[..DiskFile.Below(_disk.Chance, data.Length + 1)], (int)offset);
                return Sqlite.IoErrorWrite;
            }

            _file.Write(data, (int)offset);
            _disk.CountWrite(isCommit);
            return Sqlite.Ok;
        }
    }

    /// <summary>Gives the file another size.</summary>
    public int Truncate(long length)
    {
        lock (_disk.Gate)
        {
            var outcome = Ask(DiskOperationKind.Truncate);
            if (outcome == DiskOutcome.Full || !_disk.HasRoom(_file, length)) return Sqlite.Full;
            if (outcome == DiskOutcome.Go || (outcome == DiskOutcome.Die && _disk.Flip()))
            {
                _file.Truncate((int)length);
            }

            return outcome == DiskOutcome.Go ? Sqlite.Ok : Sqlite.IoErrorTruncate;
        }
    }

    /// <summary>
    /// Saves the file and its name from a loss of power, and the first time for a log that this handle made,
    /// as SQLite does on Unix, all names of the folder.
    /// </summary>
    public int Sync()
    {
        lock (_disk.Gate)
        {
            if (Ask(DiskOperationKind.Sync) != DiskOutcome.Go) return Sqlite.IoErrorSync;
            _disk.CountSync();
            _file.Sync();
            if (_syncsFolder) _disk.Folder.Sync();
            else _disk.Folder.Sync(_file);
            _syncsFolder = false;
            return Sqlite.Ok;
        }
    }

    /// <summary>The file's size.</summary>
    public (int Code, long Bytes) Size()
    {
        lock (_disk.Gate)
        {
            return _disk.IsLiving(_life) ? (Sqlite.Ok, _file.Length) : (Sqlite.IoErrorSize, 0);
        }
    }

    /// <summary>Raises the lock on the file.</summary>
    public int Lock(int level)
    {
        lock (_disk.Gate)
        {
            return _disk.IsLiving(_life) ? _locks.Raise(this, level) : Sqlite.IoErrorLock;
        }
    }

    /// <summary>Lowers the lock on the file.</summary>
    public int Unlock(int level)
    {
        lock (_disk.Gate)
        {
            LockLevel = Math.Min(LockLevel, level);
            return Sqlite.Ok;
        }
    }

    /// <summary>Whether somebody is about to write to the file.</summary>
    public bool IsReserved()
    {
        lock (_disk.Gate)
        {
            return _locks.IsReserved;
        }
    }

    /// <summary>The address of a block of the shared memory.</summary>
    public (int Code, nint Address) MapShared(int number, int bytes, bool isMade)
    {
        lock (_disk.Gate)
        {
            if (!_disk.IsLiving(_life)) return (Sqlite.IoErrorMapShared, 0);
            if (!_isMapped) _index.Join(this);
            _isMapped = true;
            return (Sqlite.Ok, _index.Block(number, bytes, isMade));
        }
    }

    /// <summary>Takes or gives back slots of the shared memory.</summary>
    public int LockShared(int slots, int flags)
    {
        lock (_disk.Gate)
        {
            if ((flags & Sqlite.SharedUnlock) == 0)
            {
                return _disk.IsLiving(_life)
                    ? _index.Take(this, slots, (flags & Sqlite.SharedExclusive) != 0)
                    : Sqlite.IoErrorLock;
            }

            WalIndex.GiveBack(this, slots);
            return Sqlite.Ok;
        }
    }

    /// <summary>Lets go of the shared memory.</summary>
    public void UnmapShared()
    {
        lock (_disk.Gate)
        {
            if (!_isMapped) return;
            _isMapped = false;
            WalIndex.GiveBack(this, SharedSlots | ExclusiveSlots);
            _index.Leave(this);
        }
    }

    private DiskOutcome Ask(DiskOperationKind kind) => _disk.Ask(kind, _name, _life);
}
