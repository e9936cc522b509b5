using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.Reports;
using Perpkeel.Rehearsal.World;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.World;

/// <summary>The whole system in virtual time, for some hours of some seeds.</summary>
[Trait("Req", "QA-1")]
public sealed class RehearsalRunTests(ITestOutputHelper output)
{
    private static readonly RehearsalPlan Short = new() { Seed = 1, Hours = 2 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Req", "EXE-3")]
    [Trait("Req", "EXE-4")]
    [Trait("Req", "EXE-6")]
    [Trait("Req", "STA-3")]
    [Trait("Req", "REC-1")]
    public void With_every_fault_nothing_that_must_hold_is_broken(ulong seed)
    {
        var result = Live(Short with { Seed = seed, Faults = RehearsalFaults.All.WithCrashes(0.5m) });

        output.WriteLine($"{result.Facts} facts, {result.Checks} checks, {result.Deaths} deaths");
        Assert.True(result.Breach is null, $"{result.Breach?.Invariant}: {result.Breach?.Message}");
        Assert.True(result.Deaths > 0, "no process has died");
        Assert.True(result.Faults.Count > 10, $"{result.Faults.Count} kinds of faults have happened");
        Assert.Equal(result.Plan.EndsAt, result.EndedAt);
    }

    [Fact]
    public void Without_faults_nothing_dies()
    {
        var result = Live(Short with { Faults = RehearsalFaults.None });

        Assert.Null(result.Breach);
        Assert.Equal(0, result.Deaths);
        Assert.Empty(result.Faults);
        Assert.True(result.Answers > 0, "nobody was answered");
    }

    [Fact]
    public void The_same_seed_comes_out_the_same_and_another_one_does_not()
    {
        var first = Live(Short with { Hours = 1 });
        var second = Live(Short with { Hours = 1 });
        var other = Live(Short with { Hours = 1, Seed = 2 });

        Assert.Equal(first.Hash, second.Hash);
        Assert.NotEqual(first.Hash, other.Hash, StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "USR-1")]
    public void A_user_has_the_same_facts_alone()
    {
        var plan = Short with { Faults = RehearsalFaults.All.WithCrashes(0.9m).ThatHitAllAlike() };
        var together = Live(plan);

        for (var user = 0; user < plan.Accounts; user++)
        {
            var alone = Live(plan with { Alone = user });

            Assert.Equal(together.Deaths, alone.Deaths);
            Assert.Equal(together.Heads[user], Assert.Single(alone.Heads));
        }

        Assert.True(together.Deaths > 0, "no process has died");
    }

    [Fact]
    public void Each_fault_of_the_machine_is_survived_again_and_again()
    {
        foreach (var fault in MachineFault.All)
        {
            Assert.True(RehearsalFaults.Parse([$"{fault.Name}=1"]).TryGet(out var faults, out _));

            var result = Live(Short with { Faults = faults, Accounts = 1 });

            Assert.True(
                result.Breach is null, $"{fault.Name}: {result.Breach?.Invariant}: {result.Breach?.Message}");
            Assert.InRange(result.Faults[fault.Name], 1, Short.Hours);
            var ended = result.Deaths + result.Upgrades + result.FailedStarts;
            Assert.True(ended > 0 || fault == MachineFault.DiskSlow, $"{fault.Name} has ended nothing");
        }
    }

    [Fact]
    public void What_happens_can_be_told_line_by_line()
    {
        var lines = new List<string>();

        var result = RehearsalRun.Of(
            Short with { Hours = 1 }, lines.Add, TestContext.Current.CancellationToken);

        Assert.Equal(result.Facts, lines.Count(line => line.Contains(" fact    ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains(" send ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" fault ", StringComparison.Ordinal));
    }

    private static RehearsalResult Live(RehearsalPlan plan) =>
        RehearsalRun.Of(plan, null, TestContext.Current.CancellationToken);
}
