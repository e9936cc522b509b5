using Perpkeel.Rehearsal.Disk;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>What a loss of power does to a file and to a folder.</summary>
[Trait("Req", "STA-3")]
[Trait("Req", "QA-1")]
public sealed class DiskFileTests
{
    private const int Sector = DiskFile.SectorBytes;
    private const int Seeds = 400;

    [Fact]
    public void What_was_synced_stays()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var file = Synced(3_000, 1);

            file.LosePower(new SeededRandom((ulong)seed));

            Assert.Equal(Filled(3_000, 1), file.Bytes.ToArray());
        }
    }

    [Fact]
    public void Each_sector_of_a_write_is_kept_lost_or_torn_and_nothing_beside_it_changes()
    {
        var (kept, lost, torn, mixed) = (0, 0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var file = Synced(5 * Sector, 1);
            file.Write(Filled((3 * Sector) + 100, 2), Sector - 50);

            file.LosePower(new SeededRandom((ulong)seed));

            Assert.Equal(5 * Sector, file.Length);
            Assert.DoesNotContain((byte)2, file.Bytes[..(Sector - 50)].ToArray());
            Assert.DoesNotContain((byte)2, file.Bytes[((4 * Sector) + 50)..].ToArray());
            var sectors = Enumerable.Range(1, 3)
                .Select(at => file.Bytes.Slice(at * Sector, Sector).ToArray().Distinct().ToArray()).ToList();
            torn += sectors.Count(sector => sector.Length == 2);
            kept += sectors.Count(sector => sector is [2]);
            lost += sectors.Count(sector => sector is [1]);
            if (sectors.Exists(sector => sector is [1]) && sectors.Exists(sector => sector is [2])) mixed++;
        }

        Assert.All([kept, lost, mixed], count => Assert.InRange(count, Seeds / 4, Seeds * 3));
        Assert.InRange(torn, 1, Seeds / 3);
    }

    [Fact]
    public void A_later_write_may_be_kept_where_an_earlier_one_is_lost()
    {
        var seen = new HashSet<(byte, byte)>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var file = Synced(2 * Sector, 1);
            file.Write(Filled(Sector, 2), 0);
            file.Write(Filled(Sector, 3), Sector);

            file.LosePower(new SeededRandom((ulong)seed));

            seen.Add((file.Bytes[0], file.Bytes[Sector]));
        }

        Assert.Superset(new HashSet<(byte, byte)> { (1, 1), (1, 3), (2, 1), (2, 3) }, seen);
    }

    [Fact]
    public void A_file_that_grew_ends_where_something_was_kept_or_in_zeros()
    {
        var lengths = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var file = Synced(Sector, 1);
            file.Write(Filled(2 * Sector, 2), 3 * Sector);

            file.LosePower(new SeededRandom((ulong)seed));

            lengths.Add(file.Length);
            Assert.All(
                file.Bytes[Sector..].ToArray().Take(2 * Sector), value => Assert.Equal(0, value));
        }

        Assert.Superset(new HashSet<int> { Sector, 4 * Sector, 5 * Sector }, lengths);
    }

    [Fact]
    public void A_truncation_was_done_or_not()
    {
        var lengths = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var file = Synced(4 * Sector, 1);
            file.Truncate(Sector);
            Assert.Equal(Sector, file.Length);

            file.LosePower(new SeededRandom((ulong)seed));

            lengths.Add(file.Length);
            Assert.DoesNotContain((byte)0, file.Bytes.ToArray());
        }

        Assert.Equal([Sector, 4 * Sector], lengths.Order());
    }

    [Fact]
    public void A_write_beyond_the_end_leaves_zeros_and_reading_beyond_it_gives_them()
    {
        var file = Synced(10, 1);
        file.Write([7], 20);
        var into = Filled(30, 9);

        Assert.Equal(21, file.Read(into, 0));
        Assert.Equal([.. Filled(10, 1), .. new byte[10], 7, .. new byte[9]], into);
        Assert.Equal(0, file.Read(into, 5_000_000_000));
        file.Truncate(15);
        file.Truncate(25);
        Assert.Equal([.. Filled(10, 1), .. new byte[15]], file.Bytes.ToArray());
    }

    [Fact]
    public void Only_the_end_of_the_last_write_can_be_corrected()
    {
        var file = Synced(10, 1);
        Assert.False(file.Correct([5], 9));
        file.Write([2, 2], 4);

        Assert.False(file.Correct([5], 4));
        Assert.True(file.Correct([5], 5));
        Assert.Equal([1, 2, 5, 1], file.Bytes[3..7].ToArray());
        file.Truncate(6);
        Assert.False(file.Correct([5], 5));
    }

    [Fact]
    public void A_new_name_may_be_lost_and_an_old_one_come_back_until_they_are_synced()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var folder = new DiskFolder();
            Make(folder, "old", 1);
            Make(folder, "saved", 1);
            folder.Sync();
            folder.Delete("old");
            Make(folder, "new", 1);
            Make(folder, "own", 1);
            folder.Sync(folder.Find("own")!);
            folder.Delete("saved");
            Make(folder, "saved", 2);
            folder.Sync(folder.Find("saved")!);

            folder.LosePower(new SeededRandom((ulong)seed));

            Assert.Equal(2, folder.Find("saved")!.Bytes[0]);
            seen.Add(string.Join(' ', folder.Files.Select(file => file.Key)));
            Assert.Equal(folder.Files.Count(), folder.Files.Select(file => file.Value).Distinct().Count());
        }

        Assert.Equal(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "new old own saved", "new own saved", "old own saved", "own saved",
            },
            seen);
    }

    [Fact]
    public void A_file_that_was_replaced_may_be_any_of_those_that_had_its_name()
    {
        var seen = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var folder = new DiskFolder();
            Make(folder, "log", 1);
            folder.Delete("log");
            Make(folder, "log", 2);

            folder.LosePower(new SeededRandom((ulong)seed));

            seen.Add(folder.Find("log")?.Bytes[0] ?? 0);
        }

        Assert.Equal([0, 1, 2], seen.Order());
    }

    private static void Make(DiskFolder folder, string name, byte value)
    {
        var file = folder.Make(name);
        file.Write([value], 0);
        file.Sync();
    }

    private static DiskFile Synced(int bytes, byte value)
    {
        var file = new DiskFile();
        file.Write(Filled(bytes, value), 0);
        file.Sync();
        return file;
    }

    private static byte[] Filled(int bytes, byte value) => [.. Enumerable.Repeat(value, bytes)];
}
