using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.Reports;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Reports;

/// <summary>A smaller rehearsal that breaks the same.</summary>
[Trait("Req", "QA-1")]
public sealed class ShrinkerTests
{
    [Fact]
    public void All_that_the_breach_does_not_need_is_left_out()
    {
        var lines = new List<string>();

        // It takes the second user, two strategies, a halt, and the fifth hour.
        var smallest = Shrinker.Shrink(
            Broken(new RehearsalPlan { Seed = 5, Accounts = 3, Strategies = 3, Markets = 4 }),
            plan => Live(plan, plan.Alone is null or 1 && plan.Strategies >= 2 && plan.Hours >= 5
                && plan.Faults.Names.Contains("halt", StringComparer.Ordinal)),
            lines.Add, TestContext.Current.CancellationToken);

        Assert.Equal(
            "--seed 5 --hours 5 --markets 1 --accounts 3 --strategies 2 --alone 1 --faults halt=0.3",
            smallest.Plan.ToString());
        Assert.NotEmpty(lines);
    }

    [Fact]
    public void What_cannot_be_smaller_stays()
    {
        var broken = Broken(new RehearsalPlan { Seed = 5, Hours = 3 });

        var smallest = Shrinker.Shrink(
            broken, plan => Live(plan, isBroken: false), _ => { }, TestContext.Current.CancellationToken);

        Assert.Same(broken, smallest);
    }

    [Fact]
    public void Another_breach_is_no_smaller_one()
    {
        var broken = Broken(new RehearsalPlan { Seed = 5, Hours = 3 });

        var smallest = Shrinker.Shrink(
            broken, plan => Broken(plan, "another"), _ => { }, TestContext.Current.CancellationToken);

        Assert.Same(broken, smallest);
    }

    [Fact]
    public void What_is_whole_is_not_shrunk()
    {
        var whole = Samples.Result(new RehearsalPlan());

        Assert.Same(whole, Shrinker.Shrink(whole, _ => { }, TestContext.Current.CancellationToken));
    }

    private static RehearsalResult Live(RehearsalPlan plan, bool isBroken) =>
        isBroken ? Broken(plan) : Samples.Result(plan);

    private static RehearsalResult Broken(RehearsalPlan plan, string name = "money-conserved") =>
        Samples.Result(plan) with { Breach = Samples.Breach(name) };
}
