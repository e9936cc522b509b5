using System.Globalization;
using System.Text;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>
/// A journal's life in twenty commits of one to four records, recovery and snapshots among them, and what has
/// to hold of whatever a disk leaves of it.
/// </summary>
/// <param name="payloadBytes">What records of the first commit have; those of the second twice that.</param>
internal sealed class DiskScript(int payloadBytes = 150)
{
    public const string File = "journal.db";
    public const string Account = "paper:0xabc";
    public const string Venue = "venue";
    public const int Commits = 20;

    /// <summary>Whether more seeds are wanted than fit into minutes.</summary>
    public static readonly bool IsSweep =
        string.Equals(Environment.GetEnvironmentVariable("PERPKEEL_SWEEP"), "1", StringComparison.Ordinal);

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<End> _ends = [new(0, new string('0', 64), 0, null)];

    /// <summary>What was said to be committed, and what may be because its commit had begun.</summary>
    public int Committed { get; private set; }

    /// <summary>How the stream stands at the end of each commit that was begun.</summary>
    public IReadOnlyList<End> Ends => _ends;

    public static LogRecord Fact(long sequence, int payloadBytes = 0)
    {
        var text = $"{{\"n\":\"{sequence.ToString(CultureInfo.InvariantCulture)}\"}}".PadRight(payloadBytes);
        return new LogRecord(
            sequence, "OrderIntended", 1, Start.AddSeconds(sequence), Encoding.UTF8.GetBytes(text));
    }

    public static void AppendAndCommit(SqliteRecordLog log, int records, int payloadBytes = 0)
    {
        for (var added = 0; added < records; added++)
        {
            log.Append(Account, Fact(log.LastSequence(Account) + 1, payloadBytes));
        }

        log.Commit();
    }

    public static void Snapshot(SqliteRecordLog log, int payloadBytes) => log.SaveSnapshot(
        Account, new LogSnapshot(log.LastSequence(Account), log.Head(Account), 1, new byte[payloadBytes]));

    public static JournalException Fails(JournalFault fault, Action action)
    {
        var error = Assert.Throws<JournalException>(action);
        Assert.Equal(fault, error.Fault);
        return error;
    }

    /// <summary>Lives until an operation, dies, and checks what is left.</summary>
    public static (bool IsDead, int Lost) Die(
        ulong seed, long point, Durability durability, bool isPowerLost, DiskScript script)
    {
        using var disk = new SimulatedDisk(unchecked((seed * 1_000_003) + (ulong)point));
        disk.BeforeOperation = DieAt(point);
        script.Run(disk, durability);
        var isDead = disk.IsDead;
        disk.BeforeOperation = null;
        if (isPowerLost) disk.PowerLoss();
        else disk.ProcessKill();

        var mustStay = isPowerLost && durability == Durability.ProcessKill ? 0 : script.Committed;
        try
        {
            return (isDead, Math.Max(0, script.Committed - script.Check(disk, mustStay)));
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}, death at operation {point}: {error}", error);
        }
    }

    /// <summary>A hook that ends the life in one operation.</summary>
    public static Func<DiskOperation, DiskOutcome> DieAt(long point) =>
        operation => operation.Number == point ? DiskOutcome.Die : DiskOutcome.Go;

    /// <summary>Lives the life, or as much of it as the disk lets; throws the journal's faults.</summary>
    public void Run(SimulatedDisk disk, Durability durability)
    {
        SqliteRecordLog? log = null;
        try
        {
            log = disk.Open(File, new RecordLogOptions { Durability = durability });
            for (var commit = 1; commit <= Commits; commit++)
            {
                if (commit == Commits / 2)
                {
                    log.Dispose();
                    if (disk.IsDead) return;
                    log = disk.Open(File, new RecordLogOptions { Durability = durability });
                }

                Gather(log, commit);
                _ends.Add(EndOf(log));
                log.Commit();
                Committed = commit;
            }
        }
        catch (JournalException) when (disk.IsDead)
        {
            // The process is dead: what it would have done now is of no interest.
        }
        finally
        {
            log?.Dispose();
        }
    }

    /// <summary>
    /// What is left is the state at the end of one commit, and of none before <paramref name="least"/>; it
    /// can be verified, gone on with and verified again. Gives the commit.
    /// </summary>
    public int Check(SimulatedDisk disk, int least)
    {
        using var log = disk.Open(File);
        var found = EndOf(log);
        var at = _ends.FindLastIndex(end => end == found);
        Assert.True(at >= least, $"{found} is none of the ends from commit {least} on");
        Assert.Equal(found.Last, log.Read(Account, 0).Count());
        Assert.Equal(found.Recovery, log.ReadRecovery(Account).Count());
        Assert.Equal(at, log.LastSequence(Venue));
        log.Append(Venue, Fact(at + 1));
        AppendAndCommit(log, 2);
        var verified = disk.Verify(File);
        Assert.True(verified.IsSound, string.Join("; ", verified.Faults));
        return at;
    }

    private void Gather(SqliteRecordLog log, int commit)
    {
        for (var added = 0; added <= commit % 4; added++)
        {
            log.Append(Account, Fact(log.LastSequence(Account) + 1, payloadBytes * commit));
        }

        log.Append(Venue, Fact(commit));
        if (commit % 5 == 1) log.AppendRecovery(Account, "Started", Start, "{}"u8.ToArray());
        if (commit % 6 == 0) Snapshot(log, payloadBytes: 9_000);
    }

    private static End EndOf(SqliteRecordLog log) => new(
        log.LastSequence(Account), log.Head(Account), log.ReadRecovery(Account).Count(),
        log.LatestSnapshot(Account)?.Sequence);

    /// <summary>How the account's stream stands.</summary>
    internal sealed record End(long Last, string Head, int Recovery, long? Snapshot);
}
