using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;
using static Perpkeel.Storage.Tests.Journal.JournalTestData;

namespace Perpkeel.Storage.Tests.Journal;

[Trait("Req", "STA-3")]
public sealed class JournalFaultTests
{
    [Fact]
    public void A_second_writer_is_refused_at_once_and_told_what_to_do()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));

        var error = Fails(
            JournalFault.Locked, () => SqliteRecordLog.Open(folder.File("journal.db")).Dispose());

        Assert.Contains("--data", error.Mend, StringComparison.Ordinal);
        Assert.Contains(folder.File("journal.db"), error.Message, StringComparison.Ordinal);
        AppendAndCommit(log, Account, 1);
    }

    [Fact]
    public void The_right_to_write_comes_back_when_the_writer_closes_and_also_when_opening_fails()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        SqliteRecordLog.Open(file).Dispose();
        Execute(file, "INSERT INTO schema_version VALUES (99, 'later')");
        Fails(JournalFault.UnknownVersion, () => SqliteRecordLog.Open(file).Dispose());
        Execute(file, "DELETE FROM schema_version WHERE number = 99");

        using var log = SqliteRecordLog.Open(file);

        Assert.True(File.Exists(file + ".lock"));
    }

    [Fact]
    public void Two_names_of_one_file_are_one_journal()
    {
        using var folder = new TempFolder();
        using var log = SqliteRecordLog.Open(folder.File("journal.db"));
        Directory.CreateDirectory(folder.File("other"));
        var link = folder.File("other/link.db");
        File.CreateSymbolicLink(link, folder.File("journal.db"));

        Fails(JournalFault.Locked, () => SqliteRecordLog.Open(link).Dispose());
    }

    [Fact]
    public void Readers_see_what_is_committed_while_the_writer_goes_on()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using var log = SqliteRecordLog.Open(file);
        AppendAndCommit(log, Account, 2);
        using var reader = SqliteRecordLog.OpenReadOnly(file);
        Assert.Equal(2, reader.LastSequence(Account));

        log.Append(Account, Fact(3));
        Assert.Equal(2, reader.LastSequence(Account));
        log.Commit();

        Assert.Equal(3, reader.LastSequence(Account));
        Assert.Equal(log.Head(Account), reader.Head(Account));
        Assert.Equal(3, reader.Read(Account, 0).Count());
        Assert.Equal(0, reader.LastSequence("other"));
        AppendAndCommit(log, Account, 1);
    }

    [Fact]
    public void A_reader_may_not_write()
    {
        using var folder = new TempFolder();
        Make(folder.File("journal.db"), 1);
        using var reader = SqliteRecordLog.OpenReadOnly(folder.File("journal.db"));

        Assert.Throws<InvalidOperationException>(() => reader.Append(Account, Fact(2)));
        Assert.Throws<InvalidOperationException>(() => reader.AppendRecovery(Account, "K", Start, default));
        Assert.Throws<InvalidOperationException>(
            () => reader.SaveSnapshot(Account, new LogSnapshot(1, reader.Head(Account), 1, default)));
        Assert.Throws<InvalidOperationException>(reader.Commit);
    }

    [Fact]
    public void Reading_a_journal_that_is_not_there_says_so_and_makes_none()
    {
        using var folder = new TempFolder();

        Fails(JournalFault.NoAccess, () => SqliteRecordLog.OpenReadOnly(folder.File("journal.db")).Dispose());

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_corrupt()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        File.WriteAllText(file, new string('x', 10_000));

        var error = Fails(JournalFault.Corrupt, () => SqliteRecordLog.Open(file).Dispose());
        Fails(JournalFault.Corrupt, () => SqliteRecordLog.OpenReadOnly(file).Dispose());

        Assert.Contains("not a journal", error.Message, StringComparison.Ordinal);
        Assert.Equal(10_000, new FileInfo(file).Length);
    }

    [Fact]
    public void Another_programs_database_is_left_alone()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Execute(file, "CREATE TABLE theirs (x INTEGER)");
        var before = File.ReadAllBytes(file);

        Fails(JournalFault.Unknown, () => SqliteRecordLog.Open(file).Dispose());
        Fails(JournalFault.Unknown, () => SqliteRecordLog.OpenReadOnly(file).Dispose());

        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Theory]
    [InlineData("INSERT INTO schema_version VALUES (99, 'later')", "knows up to")]
    [InlineData("DELETE FROM schema_version", "Start a run on it")]
    public void Another_version_of_the_schema_is_refused_for_reading(string sql, string message)
    {
        using var folder = new TempFolder();
        Make(folder.File("journal.db"), 1);
        Execute(folder.File("journal.db"), sql);

        var error = Fails(
            JournalFault.UnknownVersion,
            () => SqliteRecordLog.OpenReadOnly(folder.File("journal.db")).Dispose());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_without_its_tables_fails_as_a_journal()
    {
        using var folder = new TempFolder();
        Make(folder.File("journal.db"), 1);
        Execute(folder.File("journal.db"), "DROP TABLE snapshot");

        Fails(JournalFault.Unknown, () => SqliteRecordLog.Open(folder.File("journal.db")).Dispose());
        Fails(JournalFault.Unknown, () => SqliteRecordLog.Open(folder.File("journal.db")).Dispose());
        using var reader = SqliteRecordLog.OpenReadOnly(folder.File("journal.db"));
        Fails(JournalFault.Unknown, () => reader.LatestSnapshot(Account));
    }

    [Fact]
    public void A_damaged_page_is_found_on_opening()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Make(file, 200);
        using (var bytes = new FileStream(file, FileMode.Open))
        {
            bytes.Position = 2 * 4096;
            bytes.Write(new byte[8 * 4096]);
        }

        Fails(JournalFault.Corrupt, () => SqliteRecordLog.Open(file).Dispose());
    }

    [Fact]
    public void A_file_cut_short_is_found_on_opening()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        Make(file, 200);
        using (var bytes = new FileStream(file, FileMode.Open))
        {
            bytes.SetLength(bytes.Length - 8_192);
        }

        Fails(JournalFault.Corrupt, () => SqliteRecordLog.Open(file).Dispose());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_or_written_has_no_access()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("file"), "");
        Directory.CreateDirectory(folder.File("folder.db"));
        Directory.CreateDirectory(folder.File("locked.db.lock"));

        Fails(JournalFault.NoAccess, () => SqliteRecordLog.Open(folder.File("file/journal.db")).Dispose());
        Fails(JournalFault.NoAccess, () => SqliteRecordLog.Open(folder.File("folder.db")).Dispose());
        Fails(JournalFault.NoAccess, () => SqliteRecordLog.Open(folder.File("locked.db")).Dispose());
    }

    [Theory]
    [InlineData(11, JournalFault.Locked)]
    [InlineData(35, JournalFault.Locked)]
    [InlineData(unchecked((int)0x80070020), JournalFault.Locked)]
    [InlineData(unchecked((int)0x80070021), JournalFault.Locked)]
    [InlineData(28, JournalFault.DiskFull)]
    [InlineData(unchecked((int)0x80070070), JournalFault.DiskFull)]
    [InlineData(13, JournalFault.NoAccess)]
    public void Errors_of_the_locks_file_are_told_apart(int code, JournalFault fault) =>
        Assert.Equal(fault, WriterLock.Explain(new IOException("…", code), "journal.db").Fault);

    [Fact]
    public void A_full_disk_ends_the_log_and_leaves_what_was_committed()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        long committed;
        using (var log = SqliteRecordLog.Open(file, new RecordLogOptions { MaxBytes = 40 * 4096 }))
        {
            AppendAndCommit(log, Account, 10, payloadBytes: 300);
            committed = log.LastSequence(Account);

            var error = Fails(
                JournalFault.DiskFull, () => AppendAndCommit(log, Account, 1_000, payloadBytes: 300));

            Assert.Same(error, Assert.Throws<JournalException>(log.Commit));
            Assert.Same(error, Assert.Throws<JournalException>(() => log.LastSequence(Account)));
            Assert.Same(error, Assert.Throws<JournalException>(() => log.Append(Account, Fact(11))));
            Assert.Same(error, Assert.Throws<JournalException>(() => log.Read(Account, 0).Count()));
        }

        using var again = SqliteRecordLog.Open(file);
        Assert.Equal(committed, again.LastSequence(Account));
        AppendAndCommit(again, Account, 1_000, payloadBytes: 300);
        Assert.True(JournalVerifier.Verify(file).IsSound);
    }

    [Fact]
    public void A_writer_that_got_past_the_lock_cannot_write_the_same_sequence()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using var log = SqliteRecordLog.Open(file);
        AppendAndCommit(log, Account, 1);
        log.Append(Account, Fact(2));
        Execute(
            file,
            "INSERT INTO record SELECT 2, stream_id, 2, kind, version, at_ticks, payload, hash FROM record");

        Fails(JournalFault.Locked, log.Commit);
    }
}
