using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Perpkeel.Rehearsal.Disk.Native;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// What SQLite sees of a simulated disk, and what stands behind it: names, room, chance, the present life and
/// the hook that decides. Everything is guarded by one gate, because any thread may close a connection;
/// SQLite is never called under it.
/// </summary>
internal sealed class DiskDevice
{
    private readonly SeededRandom _random;
    private Action? _unused;

    public DiskDevice(ulong seed)
    {
        var root = new SeededRandom(seed);
        Chance = root.Fork(1);
        Salts = root.Fork(2);
        _random = root.Fork(3);
    }

    public Lock Gate { get; } = new();

    public DiskFolder Folder { get; } = new();

    /// <summary>What is lost and torn.</summary>
    public SeededRandom Chance { get; }

    /// <summary>What marks write-ahead logs.</summary>
    public SeededRandom Salts { get; }

    public long? Capacity { get; set; }

    public Func<DiskOperation, DiskOutcome>? Hook { get; set; }

    public Exception? HookError { get; private set; }

    /// <summary>Whether the hook is being asked.</summary>
    public bool IsAsking { get; private set; }

    public bool IsDead { get; private set; }

    public long Life { get; private set; } = 1;

    public long Operations { get; private set; }

    public long Writes { get; private set; }

    public long Syncs { get; private set; }

    public long Commits { get; private set; }

    public int OpenHandles { get; private set; }

    public bool IsLiving(long life) => !IsDead && Life == life;

    /// <summary>Ends the life.</summary>
    public void End()
    {
        lock (Gate)
        {
            IsDead = true;
            foreach (var (_, file) in Folder.Files) file.ForgetHandles();
        }
    }

    /// <summary>Begins a life if the last one has ended.</summary>
    public void Begin()
    {
        lock (Gate)
        {
            if (!IsDead) return;
            IsDead = false;
            Life++;
        }
    }

    /// <summary>Ends the life and leaves what a loss of power leaves.</summary>
    public void LosePower()
    {
        lock (Gate)
        {
            End();
            Folder.LosePower(Chance);
        }
    }

    /// <summary>Calls something, once, when no file is open: now or with the last one's closing.</summary>
    public void WhenUnused(Action action)
    {
        lock (Gate)
        {
            if (OpenHandles > 0)
            {
                _unused = action;
                return;
            }
        }

        action();
    }

    /// <summary>Opens a file; null when that fails.</summary>
    public DiskHandle? OpenFile(string? name, int flags)
    {
        lock (Gate)
        {
            if (Ask(DiskOperationKind.Open, name, Life) != DiskOutcome.Go) return null;
            var file = name is null ? new DiskFile() : Folder.Find(name);
            var isMade = file is null;
            if (file is null && (flags & Sqlite.OpenCreate) == 0) return null;
            file ??= Folder.Make(name!);
            OpenHandles++;
            return new DiskHandle(this, file, name, flags, isMade);
        }
    }

    /// <summary>One file less is open.</summary>
    public void HandleClosed()
    {
        Action? unused;
        lock (Gate)
        {
            unused = --OpenHandles == 0 ? _unused : null;
        }

        unused?.Invoke();
    }

    /// <summary>Deletes a file, and saves all names when it is asked to.</summary>
    public int DeleteFile(string name, bool syncsFolder)
    {
        lock (Gate)
        {
            var outcome = Ask(DiskOperationKind.Delete, name, Life);
            var isThere = Folder.Find(name) is not null;
            if (isThere && (outcome == DiskOutcome.Go || (outcome == DiskOutcome.Die && Flip())))
            {
                Folder.Delete(name);
            }

            if (outcome != DiskOutcome.Go) return Sqlite.IoErrorDelete;
            if (!isThere) return Sqlite.IoErrorDeleteNoEntry;
            if (syncsFolder) Folder.Sync();
            return Sqlite.Ok;
        }
    }

    /// <summary>Whether there is a file; for SQLite, an empty one is none.</summary>
    public (int Code, bool IsThere) HasFile(string name)
    {
        lock (Gate)
        {
            return IsDead ? (Sqlite.IoErrorAccess, false) : (Sqlite.Ok, Folder.Find(name) is { Length: > 0 });
        }
    }

    /// <summary>Numbers from the seed.</summary>
    public void FillRandom(Span<byte> into)
    {
        lock (Gate)
        {
            Span<byte> bits = stackalloc byte[sizeof(ulong)];
            for (; into.Length > 0; into = into[Math.Min(into.Length, sizeof(ulong))..])
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bits, _random.NextBits());
                bits[..Math.Min(into.Length, sizeof(ulong))].CopyTo(into);
            }
        }
    }

    /// <summary>Counts an operation and has it decided.</summary>
    [SuppressMessage(
        "Design", "CA1031", Justification = "No exception may cross SQLite's frames; the first one is kept.")]
    public DiskOutcome Ask(DiskOperationKind kind, string? file, long life)
    {
        if (!IsLiving(life)) return DiskOutcome.Fail;
        Operations++;
        if (Hook is null) return DiskOutcome.Go;

        var outcome = DiskOutcome.Fail;
        IsAsking = true;
        try
        {
            outcome = Hook(new DiskOperation(kind, file ?? string.Empty, Operations));
        }
        catch (Exception error)
        {
            HookError ??= error;
        }
        finally
        {
            IsAsking = false;
        }

        if (!IsLiving(life)) return DiskOutcome.Fail;
        if (outcome == DiskOutcome.Die) End();
        return outcome;
    }

    /// <summary>Whether a file may end there.</summary>
    public bool HasRoom(DiskFile file, long end)
    {
        if (end <= file.Length) return true;
        if (end > Array.MaxLength) return false;
        return Capacity is not { } capacity
            || Folder.Files.Sum(other => (long)other.Value.Length) - file.Length + end <= capacity;
    }

    /// <summary>Heads or tails.</summary>
    public bool Flip() => DiskFile.Below(Chance, 2) == 0;

    public void CountWrite(bool isCommit)
    {
        Writes++;
        if (isCommit) Commits++;
    }

    public void CountSync() => Syncs++;
}
