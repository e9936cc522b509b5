using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>
/// The process dies at a commit of the session's or of the venue's journal, before or after it is durable,
/// and starts again on what is left. Nothing of that may be seen in either journal.
/// </summary>
[Trait("Req", "STA-3")]
[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-6")]
public sealed class TradingRunCrashTests
{
    private static readonly PaperSettings Quick = new() { Latency = TimeSpan.FromMilliseconds(20) };

    /// <summary>Orders larger than the best level, and answers that come a second late.</summary>
    private static readonly PaperSettings Large = new()
    {
        Latency = TimeSpan.FromMilliseconds(500),
        Deposit = new Usd(400_000m),
    };

    private static readonly Lazy<RunStory> QuickStory = new(() => RunStory.Of(Quick, []));
    private static readonly Lazy<RunStory> LargeStory = new(() => RunStory.Of(Large, []));

    [Fact]
    public void Undisturbed_the_quick_run_trades_much_and_bare_is_only_what_a_fired_stop_closes()
    {
        var story = QuickStory.Value;

        Assert.True(story.Watch.Fills > 15, $"{story.Watch.Fills} fills");
        Assert.True(story.Watch.Stopped > 3, $"{story.Watch.Stopped} stops");
        Assert.True(story.Commits > 150, $"{story.Commits} commits");

        // A stop that has fired is filled by the block after: at most three seconds.
        Assert.InRange(story.Watch.Longest, TimeSpan.Zero, TimeSpan.FromSeconds(3.2));
    }

    [Fact]
    public void Undisturbed_the_large_run_fills_in_parts_and_is_never_bare_beyond_the_deadline()
    {
        var story = LargeStory.Value;

        Assert.True(story.Watch.Fills > story.Distinct.Count, $"{story.Watch.Fills} fills");
        Assert.InRange(story.Watch.Longest, TimeSpan.Zero, RunStory.Deadline);
    }

    [Fact]
    public void Killed_before_or_after_any_of_24_commits_the_run_ends_with_the_same_journals() =>
        KilledAt(Quick, QuickStory.Value, windows: 12);

    [Fact]
    public void Killed_before_or_after_any_of_16_commits_the_large_run_ends_with_the_same_journals() =>
        KilledAt(Large, LargeStory.Value, windows: 8);

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(61, false)]
    [InlineData(41, true)]
    public void Killed_again_and_again_the_run_ends_with_the_same_journals(int every, bool isDurable)
    {
        var faults = Enumerable.Range(0, 400).Select(_ => new CommitFault(every, isDurable));

        var story = RunStory.Of(Quick, faults);

        Assert.True(story.Deaths >= 3, $"{story.Deaths} deaths");
        Assert.Equal(QuickStory.Value.Heads, story.Heads);
        Assert.Equal(QuickStory.Value.Distinct, story.Distinct);
    }

    /// <summary>
    /// Slow answers and orders in parts, killed over the whole run: at every 23rd commit, and at every one
    /// with PERPKEEL_SWEEP=1.
    /// </summary>
    [Theory]
    [InlineData(137)]
    [InlineData(500)]
    [InlineData(900)]
    [InlineData(1_500)]
    public void Killed_anywhere_the_run_ends_with_the_same_journals_however_slow_the_venue(int latencyMs)
    {
        var settings = Large with { Latency = TimeSpan.FromMilliseconds(latencyMs) };
        var whole = RunStory.Of(settings, []);
        var isSweep = Environment.GetEnvironmentVariable("PERPKEEL_SWEEP") is "1";

        Assert.InRange(whole.Watch.Longest, TimeSpan.Zero, RunStory.Deadline);
        for (var cut = 1; cut < whole.Commits; cut += isSweep ? 1 : 23)
        {
            foreach (var isDurable in (bool[])[false, true])
            {
                var story = RunStory.Of(settings, [new CommitFault(cut, isDurable)]);

                Assert.True(
                    whole.Heads == story.Heads, $"{latencyMs} ms, commit {cut}, durable {isDurable}");
                Assert.Equal(whole.Distinct, story.Distinct);
            }
        }
    }

    /// <summary>What went wrong goes wrong the same way when the past is lived again.</summary>
    [Theory]
    [InlineData("stream-gap=0.3,stream-reorder=0.3,stream-duplicate=0.3,never-proposed=0.2")]
    [InlineData("tx-duplicated=0.5,node-behind=0.1,node-lies=0.1,stop-race=1")]
    public void Killed_among_faults_that_leave_answers_the_run_ends_with_the_same_journals(string faults)
    {
        var settings = Faulty(faults);
        var whole = RunStory.Of(settings, [], deadline: TimeSpan.MaxValue);

        Assert.True(whole.Commits > 60, $"{whole.Commits} commits");
        for (var cut = 1; cut < whole.Commits; cut += 17)
        {
            var story = RunStory.Of(
                settings, [new CommitFault(cut, takesEffect: cut % 2 == 0)], deadline: TimeSpan.MaxValue);

            Assert.True(whole.Heads == story.Heads, $"{faults}, commit {cut}");
        }
    }

    /// <summary>
    /// Where answers are lost, a new life asks at other times than the old one would have. The venue still
    /// lives its past again as it was, or it would stop the run, and no order is placed twice.
    /// </summary>
    [Theory]
    [InlineData("all")]
    [InlineData("tx-dropped=0.3,answer-lost=0.3,endpoint-failing=0.2,endpoint-slow=0.2,rate-limit=0.2")]
    public void Killed_again_and_again_among_lost_answers_the_past_is_lived_again_as_it_was(string faults)
    {
        var kills = Enumerable.Range(0, 400).Select(life => new CommitFault(11, takesEffect: life % 2 == 0));

        var story = RunStory.Of(Faulty(faults), kills, deadline: TimeSpan.MaxValue);

        Assert.True(story.Deaths > 4, $"{story.Deaths} deaths");
        Assert.True(story.Distinct.Count > 5, $"{story.Distinct.Count} orders");
    }

    private static PaperSettings Faulty(string faults)
    {
        Assert.True(FaultPlan.Parse(faults.Split(',')).TryGet(out var plan, out _));
        return Large with { Latency = TimeSpan.FromMilliseconds(60), Faults = plan, Seed = 3 };
    }

    private static void KilledAt(PaperSettings settings, RunStory whole, int windows)
    {
        var deaths = new Dictionary<(bool OfSession, bool IsDurable), int>();
        foreach (var cut in Cuts(whole.Commits, windows))
        {
            foreach (var isDurable in (bool[])[false, true])
            {
                var story = RunStory.Of(settings, [new CommitFault(cut, isDurable)]);

                Assert.Equal(whole.Heads, story.Heads);
                Assert.Equal(whole.Distinct, story.Distinct);
                var death = (story.SessionDied, isDurable);
                deaths[death] = deaths.GetValueOrDefault(death) + 1;
            }
        }

        Assert.Equal(windows * 4, deaths.Values.Sum());
        Assert.Equal(4, deaths.Count);
        Assert.All(deaths.Values, count => Assert.True(count >= 4, $"only {count} deaths of one kind"));
    }

    /// <summary>Pairs of neighbours over the whole run: many fall between the two journals.</summary>
    private static IEnumerable<int> Cuts(int commits, int windows) =>
        Enumerable.Range(0, windows).SelectMany(window =>
        {
            var first = 1 + (window * (commits - 2) / windows);
            return (int[])[first, first + 1];
        });
}
