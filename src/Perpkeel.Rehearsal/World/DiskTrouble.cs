using Perpkeel.Rehearsal.Disk;

namespace Perpkeel.Rehearsal.World;

/// <summary>What goes wrong with a machine's disk, and what of it a process has met.</summary>
internal sealed class DiskTrouble
{
    private readonly SimulatedDisk _disk;
    private long _diesAt;
    private long _failsAt;
    private bool _isFull;
    private bool _hasFailed;

    /// <summary>A disk without trouble.</summary>
    public DiskTrouble(SimulatedDisk disk)
    {
        _disk = disk;
        disk.BeforeOperation = Answer;
    }

    /// <summary>Operations so far.</summary>
    public long Operations { get; private set; }

    /// <summary>Whether the process died of it.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Whether a failure of the journal is the disk's own fault.</summary>
    public bool IsCause => IsDead || _isFull || _hasFailed;

    /// <summary>The process dies at an operation, counted from now.</summary>
    public void DieAt(int operation) => _diesAt = Operations + operation;

    /// <summary>An operation, counted from now, fails.</summary>
    public void FailAt(int operation) => _failsAt = Operations + operation;

    /// <summary>The process dies now.</summary>
    public void Die() => IsDead = true;

    /// <summary>No room is left.</summary>
    public void Fill() => _isFull = true;

    /// <summary>There is room again.</summary>
    public void MakeRoom() => _isFull = false;

    /// <summary>The process is gone; the next one meets the disk as it is.</summary>
    public void Bury() => (IsDead, _hasFailed) = (false, false);

    /// <summary>Nothing is wrong any more.</summary>
    public void Mend() => (_diesAt, _failsAt, _isFull) = (0, 0, false);

    private DiskOutcome Answer(DiskOperation operation)
    {
        Operations++;
        if (Operations == _diesAt) IsDead = true;
        if (IsDead) return DiskOutcome.Die;
        if (operation.Kind == DiskOperationKind.Read) return DiskOutcome.Go;
        if (Operations == _failsAt)
        {
            _hasFailed = true;
            return DiskOutcome.Fail;
        }

        return _isFull && operation.Kind == DiskOperationKind.Write ? DiskOutcome.Full : DiskOutcome.Go;
    }
}
