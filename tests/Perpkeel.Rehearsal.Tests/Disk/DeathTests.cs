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
    /// <summary>The script has some 450 operations; one that does not end is found by this.</summary>
    private const int MostPoints = 5_000;

    [Theory]
    [InlineData(Durability.PowerLoss)]
    [InlineData(Durability.ProcessKill)]
    public void Killed_at_any_operation_a_journal_has_every_commit_that_returned(Durability durability) =>
        DieEverywhere(seed: 1, durability, isPowerLost: false);

    [Fact]
    public void After_a_loss_of_power_at_any_operation_a_journal_has_every_commit_that_returned()
    {
        for (var seed = 1UL; seed <= (DiskScript.IsSweep ? 40UL : 3UL); seed++)
        {
            DieEverywhere(seed, Durability.PowerLoss, isPowerLost: true);
        }
    }

    [Fact]
    public void A_journal_that_does_not_wait_for_the_disk_loses_a_tail_and_nothing_in_the_middle()
    {
        var lost = 0;
        for (var seed = 1UL; seed <= (DiskScript.IsSweep ? 40UL : 1UL); seed++)
        {
            lost += DieEverywhere(seed, Durability.ProcessKill, isPowerLost: true);
        }

        Assert.NotEqual(0, lost);
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
            var died = DiskScript.Die(seed, point, durability, isPowerLost, script);
            lost += died.Lost;
            if (died.IsDead) continue;
            Assert.Equal(DiskScript.Commits, script.Committed);
            Assert.True(point > 200, $"only {point} operations were seen");
            return lost;
        }

        throw new InvalidOperationException("The script does not end.");
    }
}
