using System.Globalization;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;
using Xunit;
using static Perpkeel.Rehearsal.Tests.Disk.DiskScript;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>What the disk does at its owner's word.</summary>
[Trait("Req", "STA-3")]
[Trait("Req", "QA-1")]
public sealed class SimulatedDiskTests
{
    [Fact]
    public void A_full_disk_keeps_what_was_committed_and_goes_on_when_there_is_room()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 10, payloadBytes: 300);
        var head = log.Head(Account);
        disk.Capacity = disk.UsedBytes + 20_000;

        var error = Fails(JournalFault.DiskFull, () => AppendAndCommit(log, 1_000, payloadBytes: 300));

        Assert.Same(error, Assert.Throws<JournalException>(log.Commit));
        log.Dispose();
        Assert.True(disk.UsedBytes <= disk.Capacity);
        disk.Capacity *= 100;
        using var again = disk.Open(DiskScript.File);
        Assert.Equal(head, again.Head(Account));
        AppendAndCommit(again, 1_000, payloadBytes: 300);
        Assert.True(disk.Verify(DiskScript.File).IsSound);
    }

    [Fact]
    public void A_disk_that_is_full_at_any_operation_keeps_every_commit_that_returned() =>
        RefuseEverywhere(DiskOutcome.Full);

    [Fact]
    public void A_disk_that_fails_at_any_operation_keeps_every_commit_that_returned() =>
        RefuseEverywhere(DiskOutcome.Fail);

    [Fact]
    public void A_commit_whose_sync_fails_has_failed()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 1);
        disk.BeforeOperation = operation =>
            operation.Kind == DiskOperationKind.Sync ? DiskOutcome.Fail : DiskOutcome.Go;

        Fails(JournalFault.DiskFull, () => AppendAndCommit(log, 1));

        Fails(JournalFault.DiskFull, () => AppendAndCommit(log, 1));
        Assert.False(disk.IsDead);
    }

    [Fact]
    public void After_a_kill_every_handle_fails_until_the_next_opening()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 2);
        var hash = disk.ContentHash();

        disk.ProcessKill();

        Assert.True(disk.IsDead);
        Assert.Throws<JournalException>(() => log.Streams());
        Assert.Throws<JournalException>(() => AppendAndCommit(log, 1));
        Assert.Equal(hash, disk.ContentHash());
        using var again = disk.Open(DiskScript.File);
        Assert.Equal((false, 2L, 2L), (disk.IsDead, disk.Life, again.LastSequence(Account)));
        Assert.Throws<ObjectDisposedException>(() => log.Streams());
        AppendAndCommit(again, 1);
    }

    [Fact]
    public void A_journal_that_others_open_by_the_disks_name_lives_when_a_life_was_begun()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var options = new RecordLogOptions { Vfs = disk.Vfs };
        disk.ProcessKill();
        Fails(JournalFault.NoAccess, () => SqliteRecordLog.Open(DiskScript.File, options));

        disk.Begin();

        using var log = SqliteRecordLog.Open(DiskScript.File, options);
        disk.Capacity = 1_000_000;
        AppendAndCommit(log, 1);
        Assert.Equal((1_000_000, 2), (disk.Capacity, disk.Life));
    }

    [Fact]
    public void What_the_hook_throws_fails_the_operation_and_is_kept()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        disk.BeforeOperation = operation => throw new NotSupportedException(
            operation.Number.ToString(CultureInfo.InvariantCulture));
        var next = disk.Operations + 1;

        Assert.Throws<JournalException>(() => AppendAndCommit(log, 1));

        var error = Assert.IsType<NotSupportedException>(disk.HookError);
        Assert.Equal(next.ToString(CultureInfo.InvariantCulture), error.Message);
    }

    [Fact]
    public void The_hook_may_end_the_life_and_open_nothing()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        disk.BeforeOperation = _ =>
        {
            disk.PowerLoss();
            disk.Open(DiskScript.File);
            return DiskOutcome.Go;
        };

        Assert.Throws<JournalException>(() => AppendAndCommit(log, 1));

        Assert.True(disk.IsDead);
        Assert.IsType<InvalidOperationException>(disk.HookError);
    }

    [Fact]
    public void Operations_say_what_they_are_in_order()
    {
        using var disk = new SimulatedDisk(seed: 1);
        var seen = new List<DiskOperation>();
        disk.BeforeOperation = operation =>
        {
            seen.Add(operation);
            return DiskOutcome.Go;
        };

        using (var log = disk.Open(DiskScript.File)) AppendAndCommit(log, 1);

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(n => (long)n), seen.Select(one => one.Number));
        Assert.Equal(new DiskOperation(DiskOperationKind.Open, DiskScript.File, 1), seen[0]);
        Assert.Equal(
            new DiskOperation(DiskOperationKind.Delete, DiskScript.File + "-wal", seen.Count), seen[^1]);
        Assert.Equal(disk.Writes, seen.Count(one => one.Kind == DiskOperationKind.Write));
        Assert.Equal(disk.Syncs, seen.Count(one => one.Kind == DiskOperationKind.Sync));
        Assert.Equal(disk.Operations, seen.Count);
    }

    [Fact]
    public void Commits_are_counted()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        var before = disk.Commits;
        var syncs = disk.Syncs;

        for (var commit = 0; commit < 50; commit++) AppendAndCommit(log, 3);

        Assert.Equal(50, disk.Commits - before);
        Assert.InRange(disk.Syncs - syncs, 50, 60);
    }

    [Fact]
    public void The_same_seed_and_calls_leave_the_same_bytes_and_another_seed_does_not()
    {
        var first = Live(seed: 7);
        using (var between = new SimulatedDisk(seed: 99)) new DiskScript().Run(between, Durability.PowerLoss);
        var second = Live(seed: 7);
        var other = Live(seed: 8);

        Assert.True(first.SequenceEqual(second, StringComparer.Ordinal));
        Assert.False(first.SequenceEqual(other, StringComparer.Ordinal));
    }

    [Fact]
    public void Two_disks_at_once_do_not_disturb_each_other()
    {
        using var one = new SimulatedDisk(seed: 1);
        using var two = new SimulatedDisk(seed: 1);
        using var first = one.Open(DiskScript.File);
        using var second = two.Open(DiskScript.File);
        AppendAndCommit(first, 3);
        AppendAndCommit(second, 3);
        Assert.Equal(one.ContentHash(), two.ContentHash());

        one.ProcessKill();
        two.Capacity = two.UsedBytes * 2;
        AppendAndCommit(second, 2);

        Assert.NotEqual(one.Vfs, two.Vfs, StringComparer.Ordinal);
        using var again = one.Open(DiskScript.File);
        Assert.Equal((3, 5), (again.LastSequence(Account), second.LastSequence(Account)));
    }

    [Fact]
    public void Disks_can_be_used_by_many_threads_at_once()
    {
        var hashes = new string[8];
        var threads = Enumerable.Range(0, hashes.Length).Select(index => new Thread(() =>
        {
            using var disk = new SimulatedDisk(seed: 5);
            new DiskScript().Run(disk, Durability.PowerLoss);
            disk.PowerLoss();
            hashes[index] = disk.ContentHash();
        })).ToList();

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.Single(hashes.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_disk_that_was_disposed_of_closes_its_logs_and_opens_none()
    {
        var disk = new SimulatedDisk(seed: 1);
        var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 1);

        disk.Dispose();
        disk.Dispose();

        Assert.True(log.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => disk.Open(DiskScript.File));
        Assert.Throws<ObjectDisposedException>(() => disk.Verify(DiskScript.File));
    }

    [Fact]
    public void A_log_that_was_opened_past_the_disk_outlives_it_and_fails()
    {
        var disk = new SimulatedDisk(seed: 1);
        using (var log = SqliteRecordLog.Open(DiskScript.File, new RecordLogOptions { Vfs = disk.Vfs }))
        {
            AppendAndCommit(log, 1);

            disk.Dispose();

            Assert.Throws<JournalException>(() => AppendAndCommit(log, 1));
        }

        Assert.Throws<ObjectDisposedException>(disk.Begin);
        Fails(JournalFault.Unknown, () => SqliteRecordLog.OpenReadOnly(DiskScript.File, disk.Vfs));
    }

    [Fact]
    public void A_disk_that_cannot_read_is_named_by_the_check_wherever_it_happens()
    {
        using var disk = new SimulatedDisk(seed: 1);
        using var log = disk.Open(DiskScript.File);
        AppendAndCommit(log, 300, payloadBytes: 900);
        Snapshot(log, payloadBytes: 9_000);
        AppendAndCommit(log, 30, payloadBytes: 900);
        var open = disk.OpenHandles;
        var reported = 0;
        for (var later = 1L; ; later++)
        {
            var point = disk.Operations + later;
            disk.BeforeOperation = operation =>
                operation.Number == point ? DiskOutcome.Fail : DiskOutcome.Go;
            try
            {
                var found = disk.Verify(DiskScript.File);
                if (disk.Operations < point) break;
                Assert.NotEmpty(found.Faults);
                reported++;
            }
            catch (JournalException error)
            {
                Assert.NotEqual(JournalFault.Unknown, error.Fault);
            }

            Assert.Equal(open, disk.OpenHandles);
        }

        Assert.True(reported > 50, $"only {reported} failures were reported");
    }

    private static List<string> Live(ulong seed)
    {
        using var disk = new SimulatedDisk(seed);
        var hashes = new List<string>();
        for (var life = 0; life < 6; life++)
        {
            using var log = disk.Open(
                DiskScript.File, new RecordLogOptions { Durability = (Durability)(life % 2) });
            for (var commit = 0; commit < 4; commit++) AppendAndCommit(log, 3, payloadBytes: 900);
            hashes.Add(disk.ContentHash());
            disk.PowerLoss();
            hashes.Add(disk.ContentHash());
        }

        return hashes;
    }

    private static void RefuseEverywhere(DiskOutcome outcome)
    {
        var refused = 0;
        for (var point = 1L; ; point++)
        {
            using var disk = new SimulatedDisk((ulong)point);
            var script = new DiskScript();
            disk.BeforeOperation = operation => operation.Number == point ? outcome : DiskOutcome.Go;
            try
            {
                script.Run(disk, Durability.PowerLoss);
            }
            catch (JournalException error)
            {
                refused++;
                Assert.NotEqual(JournalFault.Unknown, error.Fault);
            }

            Assert.Equal(0, disk.OpenHandles);
            if (disk.Operations < point) break;
            if (point % 2 == 0) disk.PowerLoss();
            script.Check(disk, script.Committed);
        }

        Assert.True(refused > 100, $"only {refused} refusals were heard of");
    }
}
