using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;
using static Perpkeel.Storage.Tests.Journal.JournalTestData;

namespace Perpkeel.Storage.Tests.Journal;

[Trait("Req", "STA-3")]
public sealed class JournalVerifierTests
{
    [Fact]
    public void A_sound_journal_is_counted_stream_by_stream_while_a_run_writes_to_it()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using var log = SqliteRecordLog.Open(file);
        AppendAndCommit(log, "b", 1_200);
        log.AppendRecovery("a", "Started", Start, default);
        AppendAndCommit(log, "a", 2);
        log.SaveSnapshot("a", new LogSnapshot(2, log.Head("a"), 1, default));
        log.Commit();
        log.Append("a", Fact(3));

        var found = JournalVerifier.Verify(file);

        Assert.True(found.IsSound);
        Assert.Equal(file, found.File);
        var (a, b) = (found.Streams[0], found.Streams[1]);
        Assert.Equal(
            ("a", 2L, 1L, 2L),
            (a.Stream, a.Records.Records, a.Records.FirstSequence, a.Records.LastSequence));
        Assert.Equal((1L, 2L), (a.Recovery.Records, a.SnapshotSequence!.Value));
        Assert.Equal(("b", 1_200L, log.Head("b")), (b.Stream, b.Records.Records, b.Records.Head));
        Assert.Equal(
            (0L, 0L, new string('0', 64)), (b.Recovery.Records, b.Recovery.FirstSequence, b.Recovery.Head));
    }

    // Each line: what is done to a journal of five records, and at which sequence it must be noticed.
    [Theory]
    [InlineData("UPDATE record SET payload = x'7b7d' WHERE sequence = 3", 3, "altered or cut")]
    [InlineData("UPDATE record SET payload = substr(payload, 1, 4) WHERE sequence = 5", 5, "altered or cut")]
    [InlineData("UPDATE record SET payload = zeroblob(0) WHERE sequence = 1", 1, "altered or cut")]
    [InlineData("UPDATE record SET kind = 'OrderFilled' WHERE sequence = 2", 2, "altered or cut")]
    [InlineData("UPDATE record SET version = 9999999999 WHERE sequence = 2", 2, "altered or cut")]
    [InlineData("UPDATE record SET at_ticks = -1 WHERE sequence = 4", 4, "altered or cut")]
    [InlineData("UPDATE record SET hash = zeroblob(5) WHERE sequence = 4", 4, "altered or cut")]
    [InlineData("DELETE FROM record WHERE sequence = 3", 4, "record 3 is missing")]
    [InlineData("DELETE FROM record WHERE sequence IN (2, 3)", 4, "record 2 to 3 are missing")]
    [InlineData("DELETE FROM record WHERE sequence = 1", 2, "record 1 is missing")]
    [InlineData("DELETE FROM record WHERE sequence = 4", 5, "record 4 is missing")]
    [InlineData("DELETE FROM record WHERE sequence >= 4", 3, "record 5 should be the last one, but 3 is")]
    [InlineData("DELETE FROM record", 0, "record 5 should be the last one, but 0 is")]
    [InlineData("UPDATE stream SET head = zeroblob(32)", 5, "not the stream's head")]
    [InlineData("UPDATE stream SET last_sequence = 4", 5, "but 5 is: records are missing, or were put in")]
    [InlineData("UPDATE stream SET name = 'paper:0xdef'", 1, "altered or cut")]
    [InlineData("UPDATE recovery SET after_sequence = 2", 1, "recovery record 1 was altered or cut")]
    [InlineData("DELETE FROM recovery", 0, "recovery record 1 should be the last one, but 0 is")]
    public void What_was_changed_behind_the_journals_back_is_noticed(string sql, long sequence, string what)
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Make(file, 5);
        using (var log = SqliteRecordLog.Open(file))
        {
            log.AppendRecovery(Account, "Started", Start, default);
            log.Commit();
        }

        Execute(file, sql);

        var found = JournalVerifier.Verify(file);
        Assert.False(found.IsSound);
        var stream = Assert.Single(found.Streams);
        Assert.Contains(
            stream.Records.Faults.Concat(stream.Recovery.Faults),
            fault => fault.Sequence == sequence && fault.What.Contains(what, StringComparison.Ordinal));
        using var again = SqliteRecordLog.Open(file);
        var error = Fails(JournalFault.Corrupt, () => _ = again.Read(stream.Stream, 0).Count());
        Assert.Contains($"Stream '{stream.Stream}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_vanishes_while_it_is_read_is_noticed()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using var log = SqliteRecordLog.Open(file);
        AppendAndCommit(log, Account, 600);
        Execute(file, "DELETE FROM record WHERE sequence > 512");

        var error = Fails(JournalFault.Corrupt, () => _ = log.Read(Account, 0).Count());
        Fails(JournalFault.Corrupt, () => _ = log.Read(Account, 550).Count());

        Assert.Contains("record 513 is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_altered_record_is_one_fault_and_all_are_counted()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Make(file, 150);
        Execute(file, "UPDATE record SET version = 2 WHERE sequence = 7");
        Assert.Equal(1, JournalVerifier.Verify(file).Streams[0].Records.FaultCount);

        Execute(file, "UPDATE record SET version = 2");

        var records = JournalVerifier.Verify(file).Streams[0].Records;
        Assert.Equal((150L, 100), (records.FaultCount, records.Faults.Count));
    }

    [Fact]
    public void Records_of_no_stream_are_noticed()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Make(file, 2);
        Execute(file, "PRAGMA foreign_keys = OFF; DELETE FROM stream");

        Assert.Contains(
            "2 records belong to no stream",
            JournalVerifier.Verify(file).Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_reported_not_thrown()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Make(file, 200);
        using (var bytes = new FileStream(file, FileMode.Open))
        {
            bytes.Position = 2 * 4096;
            bytes.Write(new byte[8 * 4096]);
        }

        var found = JournalVerifier.Verify(file);

        Assert.False(found.IsSound);
        Assert.NotEmpty(found.Faults);
    }

    [Fact]
    public void A_journal_that_is_not_there_cannot_be_verified()
    {
        using var folder = new TempFolder();

        Fails(JournalFault.NoAccess, () => JournalVerifier.Verify(folder.File("journal.db")));
    }
}
