using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.Reports;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Reports;

/// <summary>What many rehearsals are summed up to.</summary>
[Trait("Req", "QA-1")]
public sealed class RehearsalReportTests
{
    [Fact]
    public void Results_are_added_up()
    {
        var plan = new RehearsalPlan { Seed = 1, Hours = 2 };

        var report = RehearsalReport.Of(
            [Samples.Result(plan), Samples.Result(plan with { Seed = 2 })], "1.2.3", TimeSpan.FromSeconds(4));

        Assert.Equal(2, report.Seeds);
        Assert.Equal(20, report.Facts);
        Assert.Equal(5m, report.FactsPerSecond);
        Assert.Equal(50m, report.ChecksPerSecond);
        Assert.Equal(4, report.Deaths);
        Assert.Equal(8, report.Faults["kill"]);
        Assert.Equal(new FaultAtStep("kill", "idle", 8), Assert.Single(report.Steps));
        Assert.Equal(1.5m, report.LongestBareSeconds);
        Assert.Equal(80m, decimal.Round(report.HoursPerMinute));
        Assert.Equal("--hours 2 --markets 2 --accounts 2 --strategies 2 --faults all", report.Flags);
    }

    [Fact]
    public void A_broken_seed_is_told_with_what_finds_it_again()
    {
        var result = Samples.Result(new RehearsalPlan { Seed = 9 }) with
        {
            Breach = Samples.Breach("money-conserved"),
        };

        var report = RehearsalReport.Of([result], "1.2.3", TimeSpan.FromSeconds(4));

        var broken = Assert.Single(report.Broken);
        Assert.Equal($"perpkeel simulate {result.Plan}", broken.Command);
        var page = RehearsalPage.Of(report);
        Assert.Contains(
            "money-conserved (EXE-9), paper/rehearsal/user-1, 01-05 20:00:00: 1 is not 2", page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_a_table_of_faults_and_steps()
    {
        var page = RehearsalPage.Of(RehearsalReport.Of(
            [Samples.Result(new RehearsalPlan())], "1.2.3", TimeSpan.FromSeconds(4)));

        Assert.Contains("| fault | times | idle |", page, StringComparison.Ordinal);
        Assert.Contains("| kill | 4 | 4 |", page, StringComparison.Ordinal);
        Assert.Contains("| Stop Open | 5 |", page, StringComparison.Ordinal);
        Assert.Contains("| build | 1.2.3 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_seeds_make_an_empty_report()
    {
        var report = RehearsalReport.Of([], "1.2.3", TimeSpan.Zero);

        Assert.Equal(0, report.Seeds);
        Assert.Equal(0m, report.HoursPerMinute);
    }

    [Fact]
    public void A_sweep_lives_through_all_seeds_in_their_order()
    {
        var done = new List<ulong>();
        var sweep = new RehearsalSweep
        {
            Plan = new RehearsalPlan { Hours = 1, Accounts = 2, Markets = 1 },
            First = 1,
            Last = 3,
            Jobs = 2,
            IsTwice = true,
            IsApart = true,
        };

        var results = sweep.Run(
            result => done.Add(result.Plan.Seed), TestContext.Current.CancellationToken);

        Assert.Equal([1UL, 2UL, 3UL], results.Select(result => result.Plan.Seed));
        Assert.Equal([1UL, 2UL, 3UL], done.Order());
        Assert.All(results, result => Assert.Null(result.Breach));
    }

    [Fact]
    public void A_rehearsal_that_cannot_even_begin_is_a_finding_and_does_not_end_the_others()
    {
        var sweep = new RehearsalSweep
        {
            Plan = new RehearsalPlan { Hours = 1, Strategies = 0 },
            First = 7,
            Last = 8,
        };

        var results = sweep.Run(_ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Equal("simulation-stands", result.Breach?.Invariant));
        Assert.StartsWith(
            "perpkeel simulate --seed 7", results[0].Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_wants_no_more_after_the_first_finding_gets_no_more()
    {
        var sweep = new RehearsalSweep
        {
            Plan = new RehearsalPlan { Hours = 1, Strategies = 0 },
            First = 1,
            Last = 50,
            EndsWhenBroken = true,
        };

        Assert.Single(sweep.Run(_ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_sweep_that_is_broken_off_has_what_was_done()
    {
        using var stop = new CancellationTokenSource();
        var sweep = new RehearsalSweep
        {
            Plan = new RehearsalPlan { Hours = 1, Markets = 1, Accounts = 1 },
            First = 1,
            Last = 1_000_000,
        };

        Assert.Single(sweep.Run(_ => stop.Cancel(), stop.Token));
    }
}
