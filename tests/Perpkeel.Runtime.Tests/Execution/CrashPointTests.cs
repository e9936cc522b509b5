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
        var (points, timed, bare, failures) = (0, 0, TimeSpan.Zero, new List<string>());
        var first = 0;
        foreach (var scenario in CrashScenario.All)
        {
            var whole = CrashStory.Of(scenario, 0, isDurable: false);
            for (var cut = isSweep ? 1 : 1 + (first++ % Share); cut <= whole.Commits; cut += isSweep ? 1 : Share)
            {
                foreach (var isDurable in (bool[])[false, true])
                {
                    points++;
                    try
                    {
                        var story = CrashStory.Of(scenario, cut, isDurable);
                        Assert.Equal(1, story.Deaths);
                        if (story.Bare > bare) bare = story.Bare;
                        if (string.Equals(story.End, whole.End, StringComparison.Ordinal)) continue;
                        if (scenario.IsTimed) timed++;
                        else failures.Add($"{scenario.Name}, commit {cut}, {isDurable}: {story.End} != {whole.End}");
                    }
                    catch (Exception error) when (error is Xunit.Sdk.XunitException
                        or InvalidOperationException or KeyNotFoundException)
                    {
                        failures.Add($"{scenario.Name}, commit {cut}, {isDurable}: {error.Message}");
                    }
                }
            }
        }

        output.WriteLine(
            $"{CrashScenario.All.Count} scenarios, {points} deaths, {failures.Count} divergences, {timed} other "
            + $"ends where the time of an interruption decides, longest without a stop {bare.TotalSeconds:0.00} s");
        Assert.Empty(failures);
    }
}
