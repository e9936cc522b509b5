using System.Runtime.CompilerServices;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Rehearsal.Disk.Native;
using Xunit;
using static Perpkeel.Rehearsal.Tests.Disk.DiskScript;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>What SQLite asks of a file, asked without SQLite; and that nothing stays behind.</summary>
[Trait("Req", "QA-1")]
public sealed class DiskHandleTests
{
    private const int Database = Sqlite.OpenMainDatabase | Sqlite.OpenReadWrite | Sqlite.OpenCreate;

    [Fact]
    public void Who_writes_waits_for_readers_and_keeps_new_ones_away()
    {
        var device = new DiskDevice(1);
        var (writer, reader, late) = (Open(device), Open(device), Open(device));
        Assert.Equal(Sqlite.Ok, writer.Lock(Sqlite.LockShared));
        Assert.Equal(Sqlite.Ok, reader.Lock(Sqlite.LockShared));
        Assert.False(reader.IsReserved());

        Assert.Equal(Sqlite.Ok, writer.Lock(Sqlite.LockReserved));
        Assert.True(reader.IsReserved());
        Assert.Equal(Sqlite.Busy, reader.Lock(Sqlite.LockReserved));
        Assert.Equal(Sqlite.Busy, writer.Lock(Sqlite.LockExclusive));
        Assert.Equal(Sqlite.LockPending, writer.LockLevel);
        Assert.Equal(Sqlite.Busy, late.Lock(Sqlite.LockShared));
        reader.Unlock(Sqlite.LockNone);
        Assert.Equal(Sqlite.Ok, writer.Lock(Sqlite.LockExclusive));
        Assert.Equal(Sqlite.Ok, writer.Lock(Sqlite.LockShared));
        Assert.Equal(Sqlite.LockExclusive, writer.LockLevel);
        writer.Unlock(Sqlite.LockShared);
        Assert.Equal(Sqlite.Ok, late.Lock(Sqlite.LockShared));
        writer.Close();
        Assert.False(late.IsReserved());
    }

    [Fact]
    public void Slots_of_the_shared_memory_are_shared_or_one_connections_own()
    {
        var device = new DiskDevice(1);
        var (one, two) = (Open(device), Open(device));
        Assert.Equal((Sqlite.Ok, 0), one.MapShared(0, 32_768, isMade: false));
        var block = one.MapShared(0, 32_768, isMade: true).Address;
        Assert.NotEqual(0, block);
        Assert.Equal(block, two.MapShared(0, 32_768, isMade: false).Address);

        Assert.Equal(Sqlite.Ok, one.LockShared(0b0110, Sqlite.SharedExclusive));
        Assert.Equal(Sqlite.Busy, two.LockShared(0b0010, flags: 4));
        Assert.Equal(Sqlite.Ok, two.LockShared(0b1000, flags: 4));
        Assert.Equal(Sqlite.Busy, one.LockShared(0b1000, Sqlite.SharedExclusive));
        Assert.Equal(Sqlite.Ok, one.LockShared(0b1000, flags: 4));
        Assert.Equal(Sqlite.Ok, one.LockShared(0b0110, Sqlite.SharedUnlock | Sqlite.SharedExclusive));
        Assert.Equal(Sqlite.Ok, two.LockShared(0b0010, flags: 4));
        one.UnmapShared();
        one.UnmapShared();
        Assert.Equal(Sqlite.Ok, two.LockShared(0b1000, Sqlite.SharedExclusive));
        Assert.Equal(1, device.Folder.Find("db")!.Index.Blocks);
        two.Close();
        Assert.Equal(0, device.Folder.Find("db")!.Index.Blocks);
    }

    [Fact]
    public void After_the_end_of_its_life_a_handle_gives_errors()
    {
        var device = new DiskDevice(1);
        var handle = Open(device);
        handle.MapShared(0, 32_768, isMade: true);

        device.End();
        device.Begin();

        Assert.Equal(Sqlite.IoErrorRead, handle.Read(new byte[1], 0));
        Assert.Equal(Sqlite.IoErrorWrite, handle.Write(new byte[1], 0));
        Assert.Equal(Sqlite.IoErrorTruncate, handle.Truncate(0));
        Assert.Equal(Sqlite.IoErrorSync, handle.Sync());
        Assert.Equal((Sqlite.IoErrorSize, 0), handle.Size());
        Assert.Equal(Sqlite.IoErrorLock, handle.Lock(Sqlite.LockShared));
        Assert.Equal(Sqlite.IoErrorLock, handle.LockShared(1, Sqlite.SharedExclusive));
        Assert.Equal((Sqlite.IoErrorMapShared, 0), handle.MapShared(0, 32_768, isMade: true));
        Assert.Equal(Sqlite.Ok, Open(device).Write(new byte[1], 0));
    }

    [Fact]
    public void A_dead_disk_finds_and_opens_nothing()
    {
        var device = new DiskDevice(1);
        Open(device).Write([1], 0);
        Assert.Equal((Sqlite.Ok, true), device.HasFile("db"));
        Assert.Equal((Sqlite.Ok, false), device.HasFile("other"));

        device.End();

        Assert.Equal((Sqlite.IoErrorAccess, false), device.HasFile("db"));
        Assert.Null(device.OpenFile("db", Database));
        Assert.Equal(Sqlite.IoErrorDelete, device.DeleteFile("db", syncsFolder: true));
    }

    [Fact]
    public void Temporary_files_have_no_name_and_others_go_when_they_are_closed_if_they_shall()
    {
        var device = new DiskDevice(1);
        var nameless = device.OpenFile(name: null, Sqlite.OpenReadWrite | Sqlite.OpenCreate)!;
        var named = device.OpenFile("temp", Sqlite.OpenCreate | Sqlite.OpenDeleteOnClose)!;
        Assert.Equal(Sqlite.Ok, nameless.Write([1, 2], 0));
        Assert.Equal(Sqlite.Ok, nameless.Sync());
        Assert.Equal((Sqlite.Ok, 2), nameless.Size());
        Assert.Equal("temp", Assert.Single(device.Folder.Files).Key);

        nameless.Close();
        named.Close();

        Assert.Empty(device.Folder.Files);
    }

    [Fact]
    public void Deleting_says_whether_there_was_something()
    {
        var device = new DiskDevice(1);
        Open(device).Close();

        Assert.Equal(Sqlite.Ok, device.DeleteFile("db", syncsFolder: true));
        Assert.Equal(Sqlite.IoErrorDeleteNoEntry, device.DeleteFile("db", syncsFolder: true));
    }

    [Fact]
    public void A_file_beyond_what_memory_can_hold_and_a_cut_without_room_are_refused()
    {
        var device = new DiskDevice(1) { Capacity = 10 };
        var handle = Open(device);

        Assert.Equal(Sqlite.Full, handle.Write([1], 10));
        Assert.Equal(Sqlite.Full, handle.Truncate(11));
        device.Capacity = null;
        Assert.Equal(Sqlite.Full, handle.Write([1], 3_000_000_000));
        Assert.Equal(Sqlite.Ok, handle.Write([1], 10));
        Assert.Equal(Sqlite.Ok, handle.Truncate(4));
        Assert.Equal((Sqlite.Ok, 4), handle.Size());
    }

    [Fact]
    public void Numbers_come_from_the_seed()
    {
        var (one, two, three) = (new byte[13], new byte[13], new byte[13]);
        new DiskDevice(1).FillRandom(one);
        new DiskDevice(1).FillRandom(two);
        new DiskDevice(2).FillRandom(three);

        Assert.Equal(one, two);
        Assert.NotEqual(one, three);
    }

    [Fact]
    public void Thousands_of_openings_leave_nothing_open_and_no_history()
    {
        using var disk = new SimulatedDisk(seed: 1);
        for (var cycle = 0; cycle < 2_000; cycle++)
        {
            using var log = disk.Open(DiskScript.File);
            if (cycle % 10 == 0) AppendAndCommit(log, 1);
            if (cycle % 100 == 0) disk.ProcessKill();
        }

        Assert.Equal(0, disk.OpenHandles);
        Assert.Equal([DiskScript.File], disk.Files());
    }

    [Fact]
    public void A_disk_that_was_disposed_of_is_collected()
    {
        var disks = Enumerable.Range(0, 20).Select(_ => MadeAndDisposed()).ToList();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.DoesNotContain(disks, disk => disk.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MadeAndDisposed()
    {
        using var disk = new SimulatedDisk(seed: 1);
        AppendAndCommit(disk.Open(DiskScript.File), 3);
        disk.ProcessKill();
        AppendAndCommit(disk.Open(DiskScript.File), 3);
        return new WeakReference(disk.Device);
    }

    private static DiskHandle Open(DiskDevice device) => device.OpenFile("db", Database)!;
}
