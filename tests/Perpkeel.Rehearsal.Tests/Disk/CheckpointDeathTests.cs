using Perpkeel.Rehearsal.Disk;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Disk;

/// <summary>
/// Deaths while SQLite carries its log over into the database, and while it mends what a death has left.
/// </summary>
[Trait("Req", "STA-3")]
[Trait("Req", "QA-1")]
public sealed class CheckpointDeathTests
{
    /// <summary>Times the number of the commit: thirteen megabytes in all.</summary>
    private const int LargePayload = 25_000;

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
        var step = DiskScript.IsSweep ? 10 : 400;
        var points = seen.Where(operation => operation.Kind == DiskOperationKind.Sync)
            .SelectMany(operation => (long[])[operation.Number, operation.Number + 1])
            .Concat(seen.Where(operation => operation.Number % step == 0).Select(one => one.Number));
        foreach (var point in points.Distinct())
        {
            DiskScript.Die(seed: 1, point, durability, isPowerLost: true, new DiskScript(LargePayload));
        }
    }

    [Fact]
    public void Dying_again_while_the_journal_is_mended_loses_nothing_either()
    {
        for (var seed = 1UL; seed <= (DiskScript.IsSweep ? 200UL : 20UL); seed++)
        {
            using var disk = new SimulatedDisk(seed);
            var script = new DiskScript();
            disk.BeforeOperation = DiskScript.DieAt(50 + (long)(seed * 37 % 380));
            script.Run(disk, Durability.PowerLoss);
            Assert.True(disk.IsDead);

            for (var death = 1; death <= 30; death++)
            {
                if (death % 2 == 0) disk.PowerLoss();
                disk.BeforeOperation = DiskScript.DieAt(disk.Operations + death);
                var mend = Record.Exception(() => disk.Open(DiskScript.File).Dispose());
                Assert.True(mend is null or JournalException, $"seed {seed}: {mend}");
                disk.ProcessKill();
            }

            disk.BeforeOperation = null;
            script.Check(disk, script.Committed);
        }
    }
}
