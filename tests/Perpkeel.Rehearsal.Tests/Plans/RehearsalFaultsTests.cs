using Perpkeel.Rehearsal.Plans;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Plans;

/// <summary>What goes wrong in a rehearsal, as it is written and read back.</summary>
[Trait("Req", "QA-1")]
public sealed class RehearsalFaultsTests
{
    [Theory]
    [InlineData("all", "all")]
    [InlineData("none", "none")]
    [InlineData("kill", "kill=0.1")]
    [InlineData("kill=0.25,halt=0.5", "halt=0.5,kill=0.25")]
    [InlineData("all,kill=0", "")]
    public void Words_are_read_and_written_back(string words, string written)
    {
        Assert.True(RehearsalFaults.Parse(words.Split(',')).TryGet(out var faults, out _));
        Assert.True(
            RehearsalFaults.Parse(faults.ToString().Split(',')).TryGet(out var again, out _));

        if (written.Length > 0) Assert.Equal(written, faults.ToString());
        Assert.Equal(faults.ToString(), again.ToString());
    }

    [Theory]
    [InlineData("meteor")]
    [InlineData("kill=2")]
    [InlineData("kill=often")]
    [InlineData("halt=2")]
    public void What_is_no_fault_or_no_chance_is_told(string word)
    {
        Assert.False(RehearsalFaults.Parse([word]).TryGet(out _, out var wrong));

        Assert.Contains(word.Split('=')[0], wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_all_that_there_are()
    {
        Assert.False(RehearsalFaults.Parse(["meteor"]).TryGet(out _, out var wrong));

        Assert.All(
            MachineFault.All, fault => Assert.Contains(fault.Name, wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void One_fault_can_be_left_out()
    {
        var without = RehearsalFaults.All.Without("kill").Without("halt");

        Assert.Equal(
            RehearsalFaults.All.Names.Where(name => name is not ("kill" or "halt")), without.Names,
            StringComparer.Ordinal);
    }

    [Fact]
    public void The_chance_of_crashes_is_that_of_each_fault_of_the_machine()
    {
        var faults = RehearsalFaults.None.WithCrashes(0.3m);

        Assert.All(MachineFault.All, fault => Assert.Equal(300_000, faults.ChanceOf(fault)));
        Assert.True(faults.Venue.IsEmpty);
    }

    [Fact]
    public void A_plan_says_how_it_is_asked_for_again()
    {
        var plan = new RehearsalPlan { Seed = 9, Hours = 3, Alone = 1, Faults = RehearsalFaults.None };

        Assert.Equal(
            "--seed 9 --hours 3 --markets 2 --accounts 2 --strategies 2 --alone 1 --faults none",
            plan.ToString());
    }
}
