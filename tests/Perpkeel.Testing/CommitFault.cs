using Perpkeel.Venues.Journal;

namespace Perpkeel.Testing;

/// <summary>
/// Counts the commits of all logs that share it and breaks off one: what was gathered is lost or kept,
/// and either way who asked for it hears of a failure and no log of the group takes anything any more.
/// </summary>
/// <param name="breaksAt">Which commit, from 1; 0 for none.</param>
/// <param name="takesEffect">Whether that commit is durable nevertheless.</param>
public sealed class CommitFault(int breaksAt, bool takesEffect)
{
    /// <summary>Commits that were asked for so far.</summary>
    public int Commits { get; private set; }

    /// <summary>Whether the commit was broken off.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The log whose commit was broken off.</summary>
    public MemoryRecordLog? BrokenLog { get; private set; }

    internal void Run(MemoryRecordLog log, Action commit)
    {
        ThrowIfBroken();
        Commits++;
        IsBroken = Commits == breaksAt;
        if (IsBroken) BrokenLog = log;
        if (!IsBroken || takesEffect) commit();
        ThrowIfBroken();
    }

    internal void ThrowIfBroken()
    {
        if (!IsBroken) return;
        throw new JournalException(
            JournalFault.DiskFull, "(memory)", $"Commit {breaksAt} was broken off.", "Start again.");
    }
}
