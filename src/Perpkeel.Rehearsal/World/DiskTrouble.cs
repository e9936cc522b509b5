using Perpkeel.Rehearsal.Disk;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Rehearsal.World;

/// <summary>What goes wrong with a machine's disk, and what of it a process has met.</summary>
internal sealed class DiskTrouble
{
    private readonly SimulatedDisk _disk;
    private long _diesAt;
    private long _failsAt;
    private bool _isFull;
    private bool _hasFailed;
    private bool _wasFull;

    /// <summary>A disk without trouble.</summary>
    public DiskTrouble(SimulatedDisk disk)
    {
        _disk = disk;
        disk.BeforeOperation = Answer;
    }

    /// <summary>Tells of a fault as it is met.</summary>
    public event EventHandler<MachineFaultEventArgs>? Happened;

    /// <summary>Whether the process died of it.</summary>
    public bool IsDead { get; private set; }

    private long Operations { get; set; }

    /// <summary>Whether a failure of the journal is the disk's own fault.</summary>
    public bool IsCauseOf(JournalException error) =>
        IsDead || _hasFailed || (_isFull && error.Fault is JournalFault.DiskFull or JournalFault.Unknown);

    /// <summary>The process dies at an operation, counted from now.</summary>
    public void DieAt(int operation) => _diesAt = Operations + operation;

    /// <summary>An operation, counted from now, fails.</summary>
    public void FailAt(int operation) => _failsAt = Operations + operation;

    /// <summary>The process dies now.</summary>
    public void Die() => IsDead = true;

    /// <summary>No room is left.</summary>
    public void Fill() => (_isFull, _wasFull) = (true, false);

    /// <summary>There is room again.</summary>
    public void MakeRoom() => _isFull = false;

    /// <summary>The process is gone; the next one meets the disk as it is.</summary>
    public void Bury() => (IsDead, _hasFailed) = (false, false);

    /// <summary>Nothing is wrong any more.</summary>
    public void Mend() => (_diesAt, _failsAt, _isFull) = (0, 0, false);

    private DiskOutcome Answer(DiskOperation operation)
    {
        Operations++;
        if (IsDead) return DiskOutcome.Die;
        if (IsDue(_diesAt))
        {
            _diesAt = 0;
            IsDead = true;
            Bit(MachineFault.KillAtWrite);
            return DiskOutcome.Die;
        }

        if (operation.Kind == DiskOperationKind.Read) return DiskOutcome.Go;
        if (IsDue(_failsAt))
        {
            _failsAt = 0;
            _hasFailed = true;
            Bit(MachineFault.DiskError);
            return DiskOutcome.Fail;
        }

        if (!_isFull || operation.Kind != DiskOperationKind.Write) return DiskOutcome.Go;
        if (!_wasFull) Bit(MachineFault.DiskFull);
        _wasFull = true;
        return DiskOutcome.Full;
    }

    private bool IsDue(long operation) => operation > 0 && Operations >= operation;

    private void Bit(MachineFault fault) => Happened?.Invoke(this, new MachineFaultEventArgs(fault));
}

/// <summary>A fault of the machine has done something.</summary>
/// <param name="fault">Which.</param>
internal sealed class MachineFaultEventArgs(MachineFault fault) : EventArgs
{
    /// <summary>Which.</summary>
    public MachineFault Fault => fault;
}
