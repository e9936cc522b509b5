using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;
using Xunit;
using static Perpkeel.Rehearsal.Tests.Disk.DiskScript;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>The journal keeps on this disk what it keeps on the system's.</summary>
[Trait("Req", "STA-3")]
[Trait("Req", "QA-1")]
public sealed class SimulatedJournalTests
{
    [Theory]
    [InlineData("journal.db")]
    [InlineData("/data/a user's 100% journal?x=1&y#z.db")]
    public void What_was_committed_is_read_back_after_reopening(string file)
    {
        using var disk = new SimulatedDisk(seed: 1);
        string head;
        using (var log = disk.Open(file))
        {
            AppendAndCommit(log, 3);
            head = log.Head(Account);
            log.Append(Account, Fact(4));
        }

        using var again = disk.Open(file);

        Assert.Equal([1L, 2L, 3L], again.Read(Account, 0).Select(record => record.Sequence));
        Assert.Equal(Fact(2).Payload.ToArray(), again.Read(Account, 1).First().Payload.ToArray());
        Assert.Equal(head, again.Head(Account));
        Assert.Contains(file, disk.Files(), StringComparer.Ordinal);
    }

    [Fact]
    public void Nothing_of_it_is_on_the_systems_disk()
    {
        var file = $"perpkeel-{nameof(Nothing_of_it_is_on_the_systems_disk)}.db";
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(file);
        AppendAndCommit(log, 3);

        Assert.Empty(Directory.GetFiles(Directory.GetCurrentDirectory(), file + "*"));
        Assert.Equal([file, file + "-wal"], disk.Files());
        Assert.Equal(disk.ReadFile(file).Length + disk.ReadFile(file + "-wal").Length, disk.UsedBytes);
    }

    [Fact]
    public void Snapshots_and_recovery_stand_beside_the_stream()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var script = new DiskScript();

        script.Run(disk, Durability.PowerLoss);

        Assert.Equal(DiskScript.Commits, script.Committed);
        Assert.Equal(DiskScript.Commits, script.Check(disk, DiskScript.Commits));
        Assert.NotNull(script.Ends[^1].Snapshot);
        Assert.Equal(4, script.Ends[^1].Recovery);
    }

    [Fact]
    public void Readers_see_what_is_committed_while_the_writer_goes_on()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 2);
        using var reader = disk.OpenReadOnly(DiskScript.File);
        log.Append(Account, Fact(3));
        Assert.Equal(2, reader.LastSequence(Account));

        log.Commit();

        Assert.Equal(3, reader.LastSequence(Account));
        Assert.Equal(log.Head(Account), reader.Head(Account));
        Assert.True(disk.Verify(DiskScript.File).IsSound);
        Assert.Throws<InvalidOperationException>(reader.Commit);
    }

    [Fact]
    public void A_second_writer_is_refused_until_the_first_is_closed()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var log = disk.Open(DiskScript.File);

        Fails(JournalFault.Locked, () => disk.Open(DiskScript.File));
        log.Dispose();

        using var second = disk.Open(DiskScript.File);
        AppendAndCommit(second, 1);
    }

    [Fact]
    public void A_connection_that_holds_the_log_keeps_the_writer_from_committing()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 1);
        using var other = Connect(disk);
        Execute(other, "BEGIN IMMEDIATE; UPDATE stream SET last_sequence = last_sequence");

        Fails(JournalFault.Locked, () => AppendAndCommit(log, 1));
    }

    [Fact]
    public void Reading_a_journal_that_is_not_there_makes_none()
    {
        using var disk = new SimulatedDisk(seed: 1);

        Fails(JournalFault.NoAccess, () => disk.OpenReadOnly(DiskScript.File));

        Assert.Empty(disk.Files());
    }

    [Fact]
    public void A_page_that_rots_is_found()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using (var log = disk.Open(DiskScript.File)) AppendAndCommit(log, 200);
        var bytes = disk.ReadFile(DiskScript.File);
        bytes.AsSpan(2 * 4096, 8 * 4096).Clear();
        disk.WriteFile(DiskScript.File, bytes);

        Fails(JournalFault.Corrupt, () => disk.Open(DiskScript.File));

        Assert.False(disk.Verify(DiskScript.File).IsSound);
    }

    [Fact]
    public void A_journal_copied_to_another_disk_goes_on_there()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 3);
        using var other = new SimulatedDisk(seed: 2);
        foreach (var file in disk.Files()) other.WriteFile(file, disk.ReadFile(file));

        using var copy = other.Open(DiskScript.File);

        Assert.Equal(log.Head(Account), copy.Head(Account));
        Assert.Throws<FileNotFoundException>(() => other.ReadFile("journal.db-shm"));
    }

    /// <summary>
    /// More than SQLite's cache holds: pages spill into the log, are written anew, and the log's checksums
    /// are mended from there on.
    /// </summary>
    [Fact]
    public void A_commit_larger_than_the_cache_is_whole_after_a_kill()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var log = disk.Open(DiskScript.File);
        for (var added = 1; added <= 8; added++) log.Append(Account, Fact(added, payloadBytes: 700_000));
        log.Append("other", Fact(1));
        log.Commit();
        AppendAndCommit(log, 3);
        var head = log.Head(Account);

        disk.PowerLoss();

        using var again = disk.Open(DiskScript.File);
        Assert.Equal(head, again.Head(Account));
        Assert.True(disk.Verify(DiskScript.File).IsSound);
    }

    /// <summary>A transaction that went back writes its frames again, over those that it took back.</summary>
    [Fact]
    public void A_savepoint_that_was_left_after_spilling_leaves_a_sound_log()
    {
        using var disk = new SimulatedDisk(seed: 1);
        disk.Open(DiskScript.File).Dispose();
        using var connection = Connect(disk);
        Execute(connection, "CREATE TABLE t (x); PRAGMA cache_size = 10; BEGIN");
        for (var round = 0; round < 3; round++)
        {
            Execute(connection, "INSERT INTO t VALUES (zeroblob(200000)); SAVEPOINT s");
            Execute(connection, "UPDATE t SET x = randomblob(150000); ROLLBACK TO s; RELEASE s");
            Execute(connection, "UPDATE t SET x = zeroblob(190000)");
        }

        Execute(connection, "COMMIT");
        disk.ProcessKill();
        using var log = disk.Open(DiskScript.File);
        using var again = Connect(disk);

        Assert.Equal(3L, Execute(again, "SELECT count(*) FROM t WHERE x = zeroblob(190000)"));
        Assert.Equal("ok", Execute(again, "PRAGMA integrity_check"));
    }

    private static SqliteConnection Connect(SimulatedDisk disk)
    {
        var connection = new SqliteConnection(
            $"Data Source=file:{DiskScript.File}?vfs={disk.Vfs};Pooling=False");
        connection.Open();
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are constants of this file.")]
    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
