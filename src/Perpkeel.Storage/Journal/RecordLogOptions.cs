namespace Perpkeel.Storage.Journal;

/// <summary>What a committed record survives.</summary>
public enum Durability
{
    /// <summary>The loss of power: each commit waits until the disk has it.</summary>
    PowerLoss = 0,

    /// <summary>
    /// The death of the process, not of the machine: after a loss of power the last commits may be missing,
    /// but never one in the middle. For simulations and backtests.
    /// </summary>
    ProcessKill,
}

/// <summary>How a journal is kept.</summary>
public sealed record RecordLogOptions
{
    /// <summary>What a committed record survives; a loss of power unless said otherwise.</summary>
    public Durability Durability { get; init; } = Durability.PowerLoss;

    /// <summary>
    /// The file's largest size in bytes, rounded down to whole pages of 4,096; null: no limit.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>
    /// The SQLite file system (VFS) on which the file is, registered under this name; null: that of the
    /// operating system. On another one the file's name is taken as it is, no folder is made, and whoever
    /// registered it sees to it that there is one writer: no <c>.lock</c> is taken.
    /// </summary>
    public string? Vfs { get; init; }
}
