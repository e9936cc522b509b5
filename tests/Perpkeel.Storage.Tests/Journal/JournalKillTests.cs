using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Storage.Tests.Journal.JournalTestData;

namespace Perpkeel.Storage.Tests.Journal;

/// <summary>
/// What a killed process leaves behind: the database and its write-ahead log, as they were then.
/// </summary>
[Trait("Req", "STA-3")]
public sealed class JournalKillTests
{
    [Theory]
    [InlineData(Durability.PowerLoss)]
    [InlineData(Durability.ProcessKill)]
    public void A_process_killed_between_commits_loses_nothing_and_no_lock_stays(Durability durability)
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(
            folder.File("journal.db"), new RecordLogOptions { Durability = durability });
        for (var commit = 1; commit <= 12; commit++)
        {
            log.AppendRecovery(Account, "Started", Start, default);
            AppendAndCommit(log, Account, 3, payloadBytes: 300);
            var (last, head) = (log.LastSequence(Account), log.Head(Account));
            log.Append(Account, Fact(last + 1));
            log.AppendRecovery(Account, "Stopped", Start, default);
            var killed = CopyTo(folder, $"killed-{commit}");
            log.Commit();

            using var again = SqliteRecordLog.Open(killed);
            Assert.Equal((last, head), (again.LastSequence(Account), again.Head(Account)));
            Assert.Equal(last, again.Read(Account, 0).Count());
            AppendAndCommit(again, Account, 1);
            Assert.True(JournalVerifier.Verify(killed).IsSound);
        }
    }

    [Fact]
    public void A_write_ahead_log_cut_anywhere_gives_the_last_whole_commit()
    {
        using var folder = new TempFolder();
        var heads = new Dictionary<long, string>();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        for (var commit = 0; commit < 8; commit++)
        {
            heads[log.LastSequence(Account)] = log.Head(Account);
            AppendAndCommit(log, Account, 3, payloadBytes: 300);
        }

        heads[log.LastSequence(Account)] = log.Head(Account);
        var whole = new FileInfo(folder.File("journal.db-wal")).Length;
        var seen = new HashSet<long>();
        for (var cut = 0L; cut <= whole; cut += 2_011)
        {
            var killed = CopyTo(folder, $"cut-{cut}");
            using (var wal = new FileStream(killed + "-wal", FileMode.Open)) wal.SetLength(cut);

            using var again = SqliteRecordLog.Open(killed);
            var last = again.LastSequence(Account);
            Assert.Equal(heads[last], again.Head(Account));
            Assert.Equal(last, again.Read(Account, 0).Count());
            AppendAndCommit(again, Account, 1);
            seen.Add(last);
        }

        Assert.Contains(0, seen);
        Assert.True(seen.Count >= 8, $"only {seen.Count} different ends were seen");
    }

    [Fact]
    public void A_killed_journal_can_be_read_before_it_is_written_to_again()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        AppendAndCommit(log, Account, 3);

        var killed = CopyTo(folder, "killed");

        using var reader = SqliteRecordLog.OpenReadOnly(killed);
        Assert.Equal(3, reader.Read(Account, 0).Count());
    }

    private static string CopyTo(TempFolder folder, string name)
    {
        Directory.CreateDirectory(folder.File(name));
        var copy = folder.File($"{name}/journal.db");
        File.Copy(folder.File("journal.db"), copy);
        File.Copy(folder.File("journal.db-wal"), copy + "-wal");
        return copy;
    }
}
