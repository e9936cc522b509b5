using System.Runtime.InteropServices;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>What SQLite is about to do to a disk.</summary>
public enum DiskOperationKind
{
    /// <summary>Opens a file, and makes it where it may.</summary>
    Open = 0,

    /// <summary>Reads bytes of a file.</summary>
    Read,

    /// <summary>Writes bytes of a file.</summary>
    Write,

    /// <summary>Waits until all of a file is where a loss of power cannot reach it.</summary>
    Sync,

    /// <summary>Gives a file another size.</summary>
    Truncate,

    /// <summary>Removes a file.</summary>
    Delete,
}

/// <summary>What becomes of an operation.</summary>
public enum DiskOutcome
{
    /// <summary>It is done, as far as there is room.</summary>
    Go = 0,

    /// <summary>It is refused as an input/output error and changes nothing.</summary>
    Fail,

    /// <summary>It is refused because there is no room; a read, which needs none, fails.</summary>
    Full,

    /// <summary>
    /// The process dies in it: a write may be cut off anywhere, a truncation or deletion may have been done,
    /// a sync has not. It and all that follow in this life fail.
    /// </summary>
    Die,
}

/// <summary>An operation on a disk, before it is done.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="File">To which file; empty for a temporary one.</param>
/// <param name="Number">Its place among all operations of this disk, from 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DiskOperation(DiskOperationKind Kind, string File, long Number);
