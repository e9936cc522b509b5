using System.Collections.Immutable;

namespace Perpkeel.Rehearsal.Plans;

/// <summary>Something that happens to the machine on which accounts run, with a name.</summary>
/// <param name="Name">By what it is chosen.</param>
/// <param name="Words">What happens, in a line.</param>
public sealed record MachineFault(string Name, string Words)
{
    /// <summary>The chance of an hour, in millionths, where none is named.</summary>
    public const int UsualPpm = 100_000;

    /// <summary>The process is killed between two instants.</summary>
    public static MachineFault Kill { get; } = new(
        "kill", "the process is killed at any time and starts again after minutes, now and then hours");

    /// <summary>The process is killed within a commit.</summary>
    public static MachineFault KillAtWrite { get; } = new(
        "kill-at-write", "the process is killed at one of the next operations on its disk");

    /// <summary>The process is killed when it calls the venue.</summary>
    public static MachineFault KillAtCall { get; } = new(
        "kill-at-call", "the process is killed right before or right after a message leaves for the venue");

    /// <summary>The machine loses power.</summary>
    public static MachineFault PowerLoss { get; } = new(
        "power-loss", "the machine loses power: what was written and not synced is gone, or torn");

    /// <summary>The disk is full.</summary>
    public static MachineFault DiskFull { get; } = new(
        "disk-full", "there is no room on the disk for up to ten minutes");

    /// <summary>The disk refuses.</summary>
    public static MachineFault DiskError { get; } = new(
        "disk-error", "a write or a sync fails");

    /// <summary>The disk takes long.</summary>
    public static MachineFault DiskSlow { get; } = new(
        "disk-slow", "calls to the venue, and what it tells, wait up to twenty seconds for the disk");

    /// <summary>Another version is put in its place.</summary>
    public static MachineFault Upgrade { get; } = new(
        "upgrade", "the process is stopped, and started again under other limits");

    /// <summary>All of them.</summary>
    public static ImmutableArray<MachineFault> All { get; } =
        [Kill, KillAtWrite, KillAtCall, PowerLoss, DiskFull, DiskError, DiskSlow, Upgrade];

    /// <summary>The fault of a name; null for an unknown one.</summary>
    public static MachineFault? Find(string name) => All.FirstOrDefault(
        fault => string.Equals(fault.Name, name, StringComparison.Ordinal));
}
