using Perpkeel.Rehearsal.Disk;
using Perpkeel.Storage.Journal;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>
/// A journal whose process dies at every one of its operations, and whose disk then keeps what it wants of
/// what was not synced.
/// </summary>
[Trait("Req", "STA-3")]
[Trait("Req", "QA-1")]
public sealed class DeathTests
{
    /// <summary>More than twice as many points as the script has, which is not much work.</summary>
    private const int MostPoints = 5_000;

    /// <summary>Times the number of the commit: thirteen megabytes in all.</summary>
    private const int LargePayload = 25_000;

    private static readonly bool IsSweep =
        string.Equals(Environment.GetEnvironmentVariable("PERPKEEL_SWEEP"), "1", StringComparison.Ordinal);

    [Theory]
    [InlineData(Durability.PowerLoss)]
    [InlineData(Durability.ProcessKill)]
    public void Killed_at_any_operation_a_journal_has_every_commit_that_returned(Durability durability) =>
        DieEverywhere(seed: 1, durability, isPowerLost: false);

    [Fact]
    public void After_a_loss_of_power_at_any_operation_a_journal_has_every_commit_that_returned()
    {
        for (var seed = 1UL; seed <= (IsSweep ? 40UL : 3UL); seed++)
        {
            DieEverywhere(seed, Durability.PowerLoss, isPowerLost: true);
        }
    }

    [Fact]
    public void A_journal_that_does_not_wait_for_the_disk_loses_a_tail_and_nothing_in_the_middle()
    {
        var lost = 0;
        for (var seed = 1UL; seed <= (IsSweep ? 40UL : 2UL); seed++)
        {
            lost += DieEverywhere(seed, Durability.ProcessKill, isPowerLost: true);
        }

        Assert.NotEqual(0, lost);
    }

    /// <summary>
    /// A log of thousands of pages, which SQLite carries over into the database several times on the way and
    /// then begins anew: at each sync, and at some of the writes between them.
    /// </summary>
    [Theory]
    [InlineData(Durability.PowerLoss)]
    [InlineData(Durability.ProcessKill)]
    public void Deaths_around_checkpoints_lose_no_more_than_others(Durability durability)
    {
        var seen = new List<DiskOperation>();
        using (var disk = new SimulatedDisk(seed: 1))
        {
            disk.BeforeOperation = operation =>
            {
                seen.Add(operation);
                return DiskOutcome.Go;
            };
            new DiskScript(LargePayload).Run(disk, durability);
        }

        var saved = seen.Where(
            operation => operation is { Kind: DiskOperationKind.Sync, File: DiskScript.File });
        Assert.True(saved.Count() >= 4, "SQLite made too few checkpoints");
        var step = IsSweep ? 10 : 400;
        var points = seen.Where(operation => operation.Kind == DiskOperationKind.Sync)
            .SelectMany(operation => (long[])[operation.Number, operation.Number + 1])
            .Concat(seen.Where(operation => operation.Number % step == 0).Select(one => one.Number));
        foreach (var point in points.Distinct())
        {
            Die(seed: 1, point, durability, isPowerLost: true, new DiskScript(LargePayload));
        }
    }

    [Fact]
    public void Dying_again_while_the_journal_is_mended_loses_nothing_either()
    {
        for (var seed = 1UL; seed <= (IsSweep ? 200UL : 20UL); seed++)
        {
            using var disk = new SimulatedDisk(seed);
            var script = new DiskScript();
            disk.BeforeOperation = DieAt(300 + (long)(seed * 7));
            script.Run(disk, Durability.PowerLoss);
            Assert.True(disk.IsDead);

            for (var death = 1; death <= 30; death++)
            {
                if (death % 2 == 0) disk.PowerLoss();
                disk.BeforeOperation = DieAt(disk.Operations + death);
                var mend = Record.Exception(() => disk.Open(DiskScript.File).Dispose());
                Assert.True(mend is null or Venues.Journal.JournalException, $"seed {seed}: {mend}");
                disk.ProcessKill();
            }

            disk.BeforeOperation = null;
            script.Check(disk, script.Committed);
        }
    }

    /// <summary>
    /// Dies at the first operation, the second, and so on until the script gets through; gives how many
    /// commits were lost that had returned.
    /// </summary>
    private static int DieEverywhere(ulong seed, Durability durability, bool isPowerLost)
    {
        var lost = 0;
        for (var point = 1L; point < MostPoints; point++)
        {
            var script = new DiskScript();
            var died = Die(seed, point, durability, isPowerLost, script);
            lost += died.Lost;
            if (died.IsDead) continue;
            Assert.Equal(DiskScript.Commits, script.Committed);
            Assert.True(point > 200, $"only {point} operations were seen");
            return lost;
        }

        throw new InvalidOperationException("The script does not end.");
    }

    /// <summary>Lives until an operation, dies, and checks what is left.</summary>
    private static (bool IsDead, int Lost) Die(
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

    private static Func<DiskOperation, DiskOutcome> DieAt(long point) =>
        operation => operation.Number == point ? DiskOutcome.Die : DiskOutcome.Go;
}
