using System.Text;
using Dapper;
using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;
using static Perpkeel.Storage.Tests.Journal.JournalTestData;

namespace Perpkeel.Storage.Tests.Journal;

[Trait("Req", "STA-3")]
public sealed class SqliteRecordLogTests
{
    private static readonly string Zeros = new('0', 64);

    [Fact]
    public void A_new_journal_is_empty()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("new/folder/journal.db"));

        Assert.Equal(0, log.LastSequence(Account));
        Assert.Equal(Zeros, log.Head(Account));
        Assert.Empty(log.Read(Account, 0));
        Assert.Empty(log.ReadRecovery(Account));
        Assert.Empty(log.Streams());
        Assert.Null(log.LatestSnapshot(Account));
    }

    [Fact]
    public void What_was_committed_is_read_back_in_order_after_reopening()
    {
        using var folder = new TempFolder();
        string head;
        using (var log = SqliteRecordLog.Open(folder.File("journal.db")))
        {
            AppendAndCommit(log, Account, 3);
            head = log.Head(Account);
        }

        using var again = SqliteRecordLog.Open(folder.File("journal.db"));
        var records = again.Read(Account, 1).ToList();

        Assert.Equal([2L, 3L], records.Select(record => record.Sequence));
        Assert.Equal("{\"n\":\"2\"}", Encoding.UTF8.GetString(records[0].Payload.Span));
        Assert.Equal(
            ("OrderIntended", 1, Start.AddSeconds(2)), (records[0].Kind, records[0].Version, records[0].At));
        Assert.Equal(TimeSpan.Zero, records[0].At.Offset);
        Assert.Equal(head, again.Head(Account));
        Assert.NotEqual(Zeros, head, StringComparer.Ordinal);
    }

    [Fact]
    public void Gathered_records_count_in_head_and_reading_and_are_gone_without_a_commit()
    {
        using var folder = new TempFolder();
        using (var log = SqliteRecordLog.Open(folder.File("journal.db")))
        {
            AppendAndCommit(log, Account, 2);
            var committed = log.Head(Account);
            log.Append(Account, Fact(3));
            log.Append(Account, Fact(4));

            Assert.Equal(4, log.LastSequence(Account));
            Assert.NotEqual(committed, log.Head(Account), StringComparer.Ordinal);
            Assert.Equal([1L, 2L, 3L, 4L], log.Read(Account, 0).Select(record => record.Sequence));
            Assert.Equal([4L], log.Read(Account, 3).Select(record => record.Sequence));
        }

        using var again = SqliteRecordLog.Open(folder.File("journal.db"));
        Assert.Equal(2, again.LastSequence(Account));
    }

    [Fact]
    public void The_payload_is_copied_when_it_is_gathered()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        var buffer = Encoding.UTF8.GetBytes("{}");

        log.Append(Account, new LogRecord(1, "K", 1, Start, buffer));
        buffer[0] = 0;
        log.Commit();

        Assert.Equal("{}", Encoding.UTF8.GetString(log.Read(Account, 0).Single().Payload.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_sequence_that_is_not_the_next_one_is_refused(long sequence)
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        AppendAndCommit(log, Account, 2);

        Assert.Throws<ArgumentException>(() => log.Append(Account, Fact(sequence)));
        Assert.Equal(2, log.LastSequence(Account));
    }

    [Fact]
    public void Empty_names_and_sequences_below_0_are_refused()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));

        Assert.Throws<ArgumentException>(() => log.LastSequence(""));
        Assert.Throws<ArgumentException>(() => log.Append(Account, Fact(1) with { Kind = "" }));
        Assert.Throws<ArgumentException>(() => log.AppendRecovery(Account, "", Start, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Read(Account, -1));
    }

    [Fact]
    public void Streams_in_one_file_have_chains_of_their_own()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        log.Append("b", Fact(1));
        log.Append("a", Fact(1));
        log.Append("b", Fact(2));
        log.Commit();

        Assert.Equal(["a", "b"], log.Streams());
        Assert.Equal((1L, 2L), (log.LastSequence("a"), log.LastSequence("b")));
        Assert.NotEqual(log.Head("a"), log.Head("b"), StringComparer.Ordinal);
        Assert.Equal([1L, 2L], log.Read("b", 0).Select(record => record.Sequence));
    }

    [Fact]
    public void Recovery_stands_beside_the_stream_and_leaves_its_head_alone()
    {
        using var folder = new TempFolder();
        using (var log = SqliteRecordLog.Open(folder.File("journal.db")))
        {
            log.AppendRecovery(Account, "Started", Start, "{}"u8.ToArray());
            AppendAndCommit(log, Account, 2);
            var head = log.Head(Account);
            log.AppendRecovery(Account, "Stopped", Start.AddHours(1), "{}"u8.ToArray());
            Assert.Equal(2, log.ReadRecovery(Account).Count());
            log.Commit();
            Assert.Equal(head, log.Head(Account));
        }

        using var again = SqliteRecordLog.Open(folder.File("journal.db"));
        var recovery = again.ReadRecovery(Account).ToList();

        Assert.Equal([(1L, 0L, "Started"), (2L, 2L, "Stopped")],
            recovery.Select(record => (record.Sequence, record.AfterSequence, record.Kind)));
        Assert.Equal(Start.AddHours(1), recovery[1].At);
        Assert.Equal(2, recovery[1].Payload.Length);
    }

    [Fact]
    public void Long_streams_are_read_in_batches_while_new_records_arrive()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        AppendAndCommit(log, Account, 1_500);
        log.Append(Account, Fact(1_501));

        var read = 0L;
        foreach (var record in log.Read(Account, 0))
        {
            Assert.Equal(++read, record.Sequence);
            if (read == 700) AppendAndCommit(log, Account, 5);
        }

        Assert.Equal(1_501, read);
        Assert.Equal(1_506, log.LastSequence(Account));
    }

    [Fact]
    public void A_commit_without_anything_gathered_does_nothing()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(
            folder.File("journal.db"), new RecordLogOptions { Durability = Durability.ProcessKill });

        log.Commit();

        Assert.Empty(log.Streams());
    }

    [Theory]
    [InlineData(Durability.PowerLoss, 2)]
    [InlineData(Durability.ProcessKill, 1)]
    public void Durability_decides_whether_a_commit_waits(Durability durability, long synchronous)
    {
        using var folder = new TempFolder();
        using var connection = JournalFile.OpenForWriting(
            folder.File("journal.db"), new RecordLogOptions { Durability = durability });

        Assert.Equal(synchronous, connection.ExecuteScalar<long>("PRAGMA synchronous"));
        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_disposed_journal_says_so()
    {
        using var folder = new TempFolder();
        var log = SqliteRecordLog.Open(folder.File("journal.db"));
        log.Dispose();
        log.Dispose();

        Assert.Throws<ObjectDisposedException>(() => log.LastSequence(Account));
        Assert.Throws<ObjectDisposedException>(log.Commit);
    }
}
