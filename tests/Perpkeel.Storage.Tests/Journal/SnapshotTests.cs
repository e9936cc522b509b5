using System.Text;
using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;
using static Perpkeel.Storage.Tests.Journal.JournalTestData;

namespace Perpkeel.Storage.Tests.Journal;

[Trait("Req", "STA-3")]
public sealed class SnapshotTests
{
    private static readonly byte[] State = Encoding.UTF8.GetBytes("{\"equity\":\"10000\"}");

    [Fact]
    public void The_latest_snapshot_replaces_the_earlier_one_and_survives()
    {
        using var folder = new TempFolder();
        string hash;
        using (var log = SqliteRecordLog.Open(folder.File("journal.db")))
        {
            AppendAndCommit(log, Account, 1);
            log.SaveSnapshot(Account, new LogSnapshot(1, log.Head(Account), 1, "{}"u8.ToArray()));
            log.Commit();
            log.Append(Account, Fact(2));
            hash = log.Head(Account);
            log.SaveSnapshot(Account, new LogSnapshot(2, hash, 4, State));
            Assert.Equal(2, log.LatestSnapshot(Account)!.Sequence);
            log.Commit();
        }

        using var again = SqliteRecordLog.Open(folder.File("journal.db"));
        var snapshot = again.LatestSnapshot(Account)!;

        Assert.Equal((2L, hash, 4), (snapshot.Sequence, snapshot.Hash, snapshot.StateVersion));
        Assert.Equal(State, snapshot.Payload.ToArray());
    }

    [Fact]
    public void A_snapshot_of_the_beginning_is_allowed()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));

        log.SaveSnapshot(Account, new LogSnapshot(0, log.Head(Account), 1, State));
        log.Commit();

        Assert.Equal(0, log.LatestSnapshot(Account)!.Sequence);
        Assert.True(JournalVerifier.Verify(folder.File("journal.db")).IsSound);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(-1)]
    public void A_snapshot_that_does_not_stand_on_the_chain_is_refused(long sequence)
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        AppendAndCommit(log, Account, 1);
        var first = log.Head(Account);
        AppendAndCommit(log, Account, 1);

        Assert.Throws<ArgumentException>(
            () => log.SaveSnapshot(Account, new LogSnapshot(sequence, first, 1, State)));
    }

    [Theory]
    [InlineData("UPDATE snapshot SET payload = x'7b7d'")]
    [InlineData("UPDATE snapshot SET state_version = 2")]
    [InlineData("UPDATE snapshot SET chain_hash = zeroblob(32)")]
    [InlineData("UPDATE snapshot SET sequence = 1")]
    public void An_altered_snapshot_is_passed_over_and_reported(string sql)
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using (var log = SqliteRecordLog.Open(file))
        {
            AppendAndCommit(log, Account, 2);
            log.SaveSnapshot(Account, new LogSnapshot(2, log.Head(Account), 1, State));
            log.Commit();
        }

        Execute(file, sql);

        using var again = SqliteRecordLog.Open(file);
        Assert.Null(again.LatestSnapshot(Account));
        var found = JournalVerifier.Verify(file);
        Assert.False(found.IsSound);
        Assert.Contains("was altered", found.Streams[0].SnapshotFault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_of_another_chain_is_passed_over_and_reported()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using (var log = SqliteRecordLog.Open(file))
        {
            AppendAndCommit(log, Account, 1);
        }

        var row = new SnapshotRow(1, new byte[32], 1, State, []);
        var checksum = Convert.ToHexString(ChainHash.OfSnapshot(Account, row));
        Execute(
            file,
            "INSERT INTO snapshot VALUES "
            + $"(1, 1, zeroblob(32), 1, x'{Convert.ToHexString(State)}', x'{checksum}')");

        using var again = SqliteRecordLog.Open(file);
        Assert.Null(again.LatestSnapshot(Account));
        Assert.Contains(
            "does not agree",
            JournalVerifier.Verify(file).Streams[0].SnapshotFault, StringComparison.Ordinal);
    }
}
