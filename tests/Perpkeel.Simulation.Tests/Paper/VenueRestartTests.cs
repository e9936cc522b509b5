using System.Text;
using Perpkeel.Simulation.Tests.Markets.Replay;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>A venue that dies at any commit writes, started again, the journal it would have
/// written.</summary>
[Trait("Req", "STA-3")]
[Trait("Req", "PAP-1")]
public sealed class VenueRestartTests
{
    /// <summary>From one commit that breaks off to the next; every one with PERPKEEL_SWEEP=1.</summary>
    private static int Step => Environment.GetEnvironmentVariable("PERPKEEL_SWEEP") is "1" ? 1 : 4;

    [Fact]
    public void Restarted_at_a_fourth_of_all_commits_on_the_synthetic_market_the_journal_is_the_same()
    {
        var kinds = RestartedEverywhere(VenueScenes.Synthetic, VenueScenes.SyntheticTrader());

        Assert.Contains("filled", kinds, StringComparer.Ordinal);
        Assert.Contains("triggered", kinds, StringComparer.Ordinal);
        Assert.Contains("funding-paid", kinds, StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "PAP-2")]
    public void Restarted_at_a_fourth_of_all_commits_of_a_replay_the_journal_is_the_same()
    {
        using var folder = new TemporaryFolder();
        _ = folder.Candles(
            "BTCUSDT.csv", (0, "100,101,94,95,1000"), (1, "95,106.1,93,106,1000"), (2, "106,107,92,93,900.5"),
            (4, "100,101,99,100,800"), (5, "100,101,70,72,700"));
        var source = VenueScenes.Replay(folder.Load());

        var kinds = RestartedEverywhere(source, VenueScenes.ReplayTrader(source));

        Assert.Contains("filled", kinds, StringComparer.Ordinal);
        Assert.Contains("triggered", kinds, StringComparer.Ordinal);
    }

    private static List<string> RestartedEverywhere(ListedSource source, ScriptedTrader trader)
    {
        var count = new CommitFault(0, takesEffect: true);
        var undisturbed = new MemoryRecordLog(count);
        using (var life = new VenueLife(source.Again(), undisturbed, trader)) life.RunToEnd();
        var whole = Journal(undisturbed);

        Assert.True(count.Commits > 12, $"{count.Commits} commits");
        for (var commit = 1; commit <= count.Commits; commit += Step)
        {
            foreach (var takesEffect in (bool[])[false, true])
            {
                var left = VenueLife.Broken(source.Again(), trader, new CommitFault(commit, takesEffect));
                using var next = new VenueLife(source.Again(), left, trader);
                next.RunToEnd();
                Assert.Equal(whole, Journal(left));
            }
        }

        return [.. undisturbed.Durable(VenueLife.Stream).Select(record => record.Kind)];
    }

    private static List<string> Journal(MemoryRecordLog log) =>
        [.. log.Durable(VenueLife.Stream).Select(record =>
            $"{record.Sequence} {record.At:O} {record.Kind} {Encoding.UTF8.GetString(record.Payload.Span)}")];
}
