using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Perpkeel.Rehearsal.Disk.Native;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// One machine's disk, in memory: the product's own journal runs on it, over the system's SQLite, and it
/// loses what was not synced, tears writes, fills up, refuses and dies as a seed or its owner decides. The
/// same seed and the same calls leave the same bytes, in every process.
/// </summary>
/// <remarks>
/// <para>
/// A life is what one process does with the disk; it ends by <see cref="ProcessKill"/>,
/// <see cref="PowerLoss"/> or <see cref="DiskOutcome.Die"/>, and the next begins when it opens a journal.
/// What a killed process wrote stays, synced or not; only the write in which it dies may be cut off.
/// </para>
/// <para>
/// A loss of power takes each file back to its last sync and then does again, of every write since, each
/// sector of 512 bytes or not; one sector in sixteen is torn at any byte, from either end, and bytes beside
/// what was written never change (SQLite's SQLITE_IOCAP_POWERSAFE_OVERWRITE). Writes of one file and of
/// several may so be lost in any order, truncations as well. A file that was made or deleted since may be
/// there or not; a sync saves the file's name too, as the file systems of Linux do, and the first sync of a
/// log that SQLite made saves all names, because SQLite then syncs the folder.
/// </para>
/// <para>
/// Not modelled: syncs that lie or that fail and forget what they should have saved (here it is still there
/// for the next sync), bits that rot, writes that land elsewhere, slowness. Nobody waits for a lock.
/// </para>
/// </remarks>
public sealed class SimulatedDisk : IDisposable
{
    private readonly VfsRegistration _registration;
    private readonly List<SqliteRecordLog> _logs = [];
    private bool _isDisposed;

    /// <summary>An empty disk with endless room.</summary>
    public SimulatedDisk(ulong seed)
    {
        Device = new DiskDevice(seed);
        _registration = new VfsRegistration(Device);
    }

    /// <summary>The name under which SQLite finds the disk; see <see cref="RecordLogOptions.Vfs"/>.</summary>
    public string Vfs => _registration.Name;

    /// <summary>How many bytes all files may have together; null: any number.</summary>
    public long? Capacity
    {
        get => Device.Capacity;
        set => Device.Capacity = value;
    }

    /// <summary>
    /// Decides what becomes of each operation. It may end the life, but must not open a file. What it throws
    /// makes the operation fail and stands in <see cref="HookError"/>.
    /// </summary>
    public Func<DiskOperation, DiskOutcome>? BeforeOperation
    {
        get => Device.Hook;
        set => Device.Hook = value;
    }

    /// <summary>The first exception that the hook threw.</summary>
    public Exception? HookError => Device.HookError;

    /// <summary>Whether the life has ended and no other has begun.</summary>
    public bool IsDead => Device.IsDead;

    /// <summary>Which life it is, from 1.</summary>
    public long Life => Device.Life;

    /// <summary>Operations that were asked for, whatever became of them.</summary>
    public long Operations => Device.Operations;

    /// <summary>Writes that were done.</summary>
    public long Writes => Device.Writes;

    /// <summary>Syncs that were done.</summary>
    public long Syncs => Device.Syncs;

    /// <summary>Transactions whose end was written to a log; a loss of power may take some.</summary>
    public long Commits => Device.Commits;

    /// <summary>Files that are open, of all lives.</summary>
    public int OpenHandles => Device.OpenHandles;

    /// <summary>The bytes of all files.</summary>
    public long UsedBytes
    {
        get
        {
            lock (Device.Gate)
            {
                return Device.Folder.Files.Sum(file => (long)file.Value.Length);
            }
        }
    }

    internal DiskDevice Device { get; }

    /// <summary>
    /// Begins a life if the last one has ended; for those who open journals themselves, by <see cref="Vfs"/>.
    /// The logs that the disk opened in earlier lives are disposed of.
    /// </summary>
    public void Begin()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Device.IsAsking) throw new InvalidOperationException("The hook must not open a file.");
        if (IsDead)
        {
            foreach (var log in _logs) log.Dispose();
        }

        _logs.RemoveAll(log => log.IsDisposed);
        Device.Begin();
    }

    /// <summary>
    /// Opens a journal for writing and begins a life if the last one has ended; the logs of earlier lives are
    /// disposed of then. The disk disposes of all its logs with itself.
    /// </summary>
    /// <exception cref="JournalException">As on every disk; the journal is open already (Locked).</exception>
    public SqliteRecordLog Open(string file, RecordLogOptions? options = null)
    {
        Begin();
        lock (Device.Gate)
        {
            if (Device.Folder.Find(file)?.Locks.HasWriter == true)
            {
                throw new JournalException(
                    JournalFault.Locked, file, "Another process writes to it.", "Close it first.");
            }
        }

        return Keep(SqliteRecordLog.Open(file, (options ?? new RecordLogOptions()) with { Vfs = Vfs }));
    }

    /// <summary>Opens a journal for reading; begins a life if the last one has ended.</summary>
    /// <exception cref="JournalException">As on every disk.</exception>
    public SqliteRecordLog OpenReadOnly(string file)
    {
        Begin();
        return Keep(SqliteRecordLog.OpenReadOnly(file, Vfs));
    }

    /// <summary>Checks a journal; begins a life if the last one has ended.</summary>
    /// <exception cref="JournalException">As on every disk.</exception>
    public JournalVerification Verify(string file)
    {
        Begin();
        return JournalVerifier.Verify(file, Vfs);
    }

    /// <summary>Ends the life: all handles fail from now on; what was written stays, synced or not.</summary>
    public void ProcessKill() => Device.End();

    /// <summary>Ends the life if it has not ended; of what was not synced the seed says what stays.</summary>
    public void PowerLoss() => Device.LosePower();

    /// <summary>The names of all files, in ordinal order.</summary>
    public IReadOnlyList<string> Files()
    {
        lock (Device.Gate)
        {
            return [.. Device.Folder.Files.Select(file => file.Key)];
        }
    }

    /// <summary>The bytes of a file as a process sees them.</summary>
    /// <exception cref="FileNotFoundException">There is none of this name.</exception>
    public byte[] ReadFile(string file)
    {
        lock (Device.Gate)
        {
            var found = Device.Folder.Find(file)
                ?? throw new FileNotFoundException("The disk has no such file.", file);
            return found.Bytes.ToArray();
        }
    }

    /// <summary>Puts a file of these bytes in a name's place, synced.</summary>
    public void WriteFile(string file, ReadOnlySpan<byte> bytes)
    {
        lock (Device.Gate)
        {
            var found = Device.Folder.Find(file) ?? Device.Folder.Make(file);
            found.Truncate(0);
            found.Write(bytes, 0);
            found.Sync();
            Device.Folder.Sync(found);
        }
    }

    /// <summary>A hash (SHA-256) of all names and bytes as a process sees them.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        lock (Device.Gate)
        {
            foreach (var (name, file) in Device.Folder.Files)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $"{name}\0{file.Length}\0")));
                hash.AppendData(file.Bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Ends the life and disposes of all logs; connections that are still open fail.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        Device.End();
        foreach (var log in _logs) log.Dispose();
        _logs.Clear();
        _registration.Unregister();
        Device.WhenUnused(_registration.Free);
    }

    private SqliteRecordLog Keep(SqliteRecordLog log)
    {
        _logs.Add(log);
        return log;
    }
}
