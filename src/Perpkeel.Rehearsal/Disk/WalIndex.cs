using System.Runtime.InteropServices;
using Perpkeel.Rehearsal.Disk.Native;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// The memory that the connections of one life share about a write-ahead log, and their eight locks on it. It
/// never lasts: SQLite makes it anew from the log whenever the first connection comes.
/// </summary>
internal sealed unsafe class WalIndex
{
    private readonly List<nint> _blocks = [];
    private readonly List<DiskHandle> _handles = [];

    /// <summary>How many blocks of memory there are.</summary>
    public int Blocks => _blocks.Count;

    public void Join(DiskHandle handle) => _handles.Add(handle);

    /// <summary>Takes a connection's locks away; the memory goes with the last connection.</summary>
    public void Leave(DiskHandle handle)
    {
        _handles.Remove(handle);
        if (_handles.Count > 0) return;
        foreach (var block in _blocks) NativeMemory.Free((void*)block);
        _blocks.Clear();
    }

    /// <summary>The address of a block; 0 when it is not there and shall not be made.</summary>
    public nint Block(int number, int bytes, bool isMade)
    {
        while (isMade && _blocks.Count <= number) _blocks.Add((nint)NativeMemory.AllocZeroed((nuint)bytes));
        return number < _blocks.Count ? _blocks[number] : 0;
    }

    /// <summary>Takes locks, without waiting.</summary>
    public int Take(DiskHandle handle, int slots, bool isExclusive)
    {
        foreach (var other in _handles)
        {
            if (ReferenceEquals(other, handle)) continue;
            var taken = isExclusive ? other.SharedSlots | other.ExclusiveSlots : other.ExclusiveSlots;
            if ((taken & slots) != 0) return Sqlite.Busy;
        }

        if (isExclusive) handle.ExclusiveSlots |= slots;
        else handle.SharedSlots |= slots;
        return Sqlite.Ok;
    }

    /// <summary>Gives locks back.</summary>
    public static void GiveBack(DiskHandle handle, int slots)
    {
        handle.SharedSlots &= ~slots;
        handle.ExclusiveSlots &= ~slots;
    }
}
