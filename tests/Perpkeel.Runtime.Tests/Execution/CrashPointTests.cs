using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>
/// The process dies at a commit, before it is durable (all that was gathered is gone) or after (nothing that
/// follows from it was done), and begins again. It ends as if it had not died.
/// </summary>
[Trait("Req", "STA-3")]
[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-6")]
public sealed class CrashPointTests(ITestOutputHelper output)
{
    /// <summary>Every second one of them; every one with PERPKEEL_SWEEP=1.</summary>
    private const int Share = 2;

    [Fact]
    public void There_are_at_least_50_scenarios_and_no_two_of_one_name()
    {
        Assert.True(CrashScenario.All.Count >= 50, $"{CrashScenario.All.Count}");
        Assert.Distinct(CrashScenario.All.Select(scenario => scenario.Name), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void Dying_again_and_again_doubles_nothing_bares_nothing_and_changes_no_outcome(int every)
    {
        var deaths = 0;
        foreach (var scenario in CrashScenario.All)
        {
            var whole = CrashStory.Of(scenario, 0, isDurable: false);

            var story = CrashStory.Again(scenario, every);

            deaths += story.Deaths;
            if (!scenario.IsTimed) Assert.Equal(whole.End, story.End);
        }

        Assert.True(deaths > CrashScenario.All.Count, $"{deaths} deaths");
        output.WriteLine($"{CrashScenario.All.Count} scenarios, {deaths} deaths");
    }

    [Fact]
    public void A_death_at_any_commit_doubles_nothing_bares_nothing_and_changes_no_outcome()
    {
        var isSweep = Environment.GetEnvironmentVariable("PERPKEEL_SWEEP") is "1";
        var step = isSweep ? 1 : Share;
        var tally = new CrashTally();
        var first = 0;
        foreach (var scenario in CrashScenario.All)
        {
            var whole = CrashStory.Of(scenario, 0, isDurable: false);
            for (var cut = 1 + (first++ % step); cut <= whole.Commits; cut += step)
            {
                tally.Take(scenario, whole, cut, isDurable: false);
                tally.Take(scenario, whole, cut, isDurable: true);
            }
        }

        output.WriteLine(tally.ToString());
        Assert.Empty(tally.Failures);
    }
}

/// <summary>What came of all deaths.</summary>
internal sealed class CrashTally
{
    private int _deaths;
    private int _timed;
    private TimeSpan _bare;

    public List<string> Failures { get; } = [];

    public void Take(CrashScenario scenario, CrashStory whole, int cut, bool isDurable)
    {
        var name = $"{scenario.Name}, commit {cut}, {(isDurable ? "durable" : "lost")}";
        _deaths++;
        try
        {
            var story = CrashStory.Of(scenario, cut, isDurable);
            Assert.Equal(1, story.Deaths);
            if (story.Bare > _bare) _bare = story.Bare;
            if (string.Equals(story.End, whole.End, StringComparison.Ordinal)) return;
            if (scenario.IsTimed) _timed++;
            else Failures.Add($"{name}: {story.End} instead of {whole.End}");
        }
        catch (Exception error) when (error is Xunit.Sdk.XunitException
            or InvalidOperationException or KeyNotFoundException)
        {
            Failures.Add($"{name}: {error.Message}");
        }
    }

    public override string ToString() =>
        $"{CrashScenario.All.Count} scenarios, {_deaths} deaths, {Failures.Count} divergences, "
        + $"{_timed} other ends where the time of an interruption decides, longest without a stop "
        + $"{_bare.TotalMilliseconds:0} ms";
}
