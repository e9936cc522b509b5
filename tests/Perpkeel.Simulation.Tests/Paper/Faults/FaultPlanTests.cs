using System.Text;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Faults;

[Trait("Req", "PAP-1")]
public sealed class FaultPlanTests
{
    [Fact]
    public void A_fault_without_a_chance_has_the_usual_one_of_its_unit()
    {
        Assert.True(FaultPlan.Parse(["answer-lost", "halt"]).TryGet(out var plan, out _));

        Assert.Equal(FaultKind.UsualPpm, plan.ChanceOf(FaultKind.AnswerLost));
        Assert.Equal(FaultKind.UsualHourPpm, plan.ChanceOf(FaultKind.Halt));
        Assert.Equal(0, plan.ChanceOf(FaultKind.StreamGap));
    }

    [Fact]
    public void All_names_every_fault_and_a_later_word_goes_before_an_earlier_one()
    {
        string[] words = ["all=0.5", "halt=0", "stream-gap=0.000001"];
        Assert.True(FaultPlan.Parse(words).TryGet(out var plan, out _));

        Assert.Equal(FaultKind.All.Length, plan.ChancesPpm.Count);
        Assert.Equal((500_000, 0, 1), (
            plan.ChanceOf(FaultKind.TxDropped), plan.ChanceOf(FaultKind.Halt),
            plan.ChanceOf(FaultKind.StreamGap)));
    }

    [Theory]
    [InlineData("answer-lots", "answer-lots is no fault")]
    [InlineData("halt=1.5", "from 0 to 1")]
    [InlineData("halt=-0.1", "from 0 to 1")]
    [InlineData("halt=often", "from 0 to 1")]
    [InlineData("halt=", "from 0 to 1")]
    [InlineData("", "is no fault")]
    public void What_is_no_fault_or_no_chance_is_told(string word, string expected)
    {
        Assert.False(FaultPlan.Parse([word]).TryGet(out _, out var words));

        Assert.Contains(expected, words, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_all_names()
    {
        Assert.False(FaultPlan.Parse(["x"]).TryGet(out _, out var words));

        Assert.All(FaultKind.All, kind => Assert.Contains(kind.Name, words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_reads_as_it_was_written()
    {
        Assert.True(FaultPlan.Parse(["tx-dropped=0.25", "halt=1"]).TryGet(out var plan, out _));

        Assert.Equal("halt=1,tx-dropped=0.25", plan.ToString());
        Assert.True(FaultPlan.Parse(plan.ToString().Split(',')).TryGet(out var again, out _));
        Assert.Equal(plan.ChancesPpm, again.ChancesPpm);
        Assert.Equal(string.Empty, FaultPlan.None.ToString());
    }

    [Fact]
    public void A_fault_hits_as_often_as_its_chance_says_and_the_same_numbers_for_the_same_seed()
    {
        Assert.True(FaultPlan.Parse(["tx-dropped=0.1", "tx-delayed=0.1"]).TryGet(out var plan, out _));
        var dice = new FaultDice(plan, 7, DateTimeOffset.UnixEpoch);
        var again = new FaultDice(plan, 7, DateTimeOffset.UnixEpoch);

        var dropped = Hits(dice, FaultKind.TxDropped);
        var delayed = Hits(dice, FaultKind.TxDelayed);

        Assert.InRange(dropped.Count, 900, 1_100);
        Assert.Equal(dropped, Hits(again, FaultKind.TxDropped));
        Assert.NotEqual(dropped, delayed);
        Assert.NotEqual(dropped, Hits(new FaultDice(plan, 8, DateTimeOffset.UnixEpoch), FaultKind.TxDropped));
        Assert.Empty(Hits(dice, FaultKind.AnswerLost));
        Assert.Equal(dropped.Count, dice.Counts["tx-dropped"]);
    }

    [Fact]
    public void A_while_lies_in_its_hour_or_the_next_and_lasts_as_long_as_it_may()
    {
        Assert.True(FaultPlan.Parse(["indexer-lag=1"]).TryGet(out var plan, out _));
        var dice = new FaultDice(plan, 7, DateTimeOffset.UnixEpoch);

        for (var hour = 0; hour < 200; hour++)
        {
            var span = dice.SpanOf(
                FaultKind.IndexerLag, hour, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10))!.Value;

            Assert.InRange(
                span.From, DateTimeOffset.UnixEpoch.AddHours(hour),
                DateTimeOffset.UnixEpoch.AddHours(hour + 1));
            Assert.InRange(span.Until - span.From, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));
            Assert.Equal(span, new FaultSpans(dice).Lag(span.From));
            Assert.Equal(span, new FaultSpans(dice).Lag(span.Until.AddTicks(-1)));
            Assert.NotEqual(span, new FaultSpans(dice).Lag(span.Until));
        }
    }

    [Fact]
    public void The_page_lists_all_faults_and_models()
    {
        var path = Path.Combine(RepositoryRoot.Find(), "docs", "venues", "paper-models.md");
        var page = Page();
        if (ExecutedDocument.IsUpdate) File.WriteAllText(path, page);

        Assert.Equal(File.ReadAllText(path), page);
    }

    private static List<long> Hits(FaultDice dice, FaultKind kind) =>
    [
        .. Enumerable.Range(1, 10_000).Select(number => (long)number)
            .Where(number => dice.Hits(kind, number)),
    ];

    private static string Page()
    {
        var page = new StringBuilder("""
            # Paper venue: faults and models

            Written by a test from the program's own tables. Everything is decided by the seed.

            ## Faults

            `perpkeel run --fault NAME[=P]`, as often as wanted; `--fault all` for all of them. P is the
            chance, from 0 to 1, of each message to the node, of each piece that the Indexer tells of the
            account, or of each hour, in which the fault then lasts for a while.

            | name | chance of each | usual | what happens |
            |---|---|---|---|

            """);
        foreach (var kind in FaultKind.All)
        {
            var isHour = kind.Unit == FaultUnit.Hour;
            page.Append("| `").Append(kind.Name).Append("` | ").Append(kind.Unit switch
            {
                FaultUnit.Hour => "hour",
                FaultUnit.Piece => "piece told",
                _ => "message sent",
            }).Append(" | ").Append(isHour ? "0.3" : "0.02").Append(" | ").Append(kind.Words).Append(" |\n");
        }

        Add(page, "Where resting orders stand", "`--fill-model NAME`",
            FillModel.All.Select(model => (model.Name, model.Words)));
        Add(page, "How long messages take", "`--latency-model NAME`, around `venue.latencyMs`",
            LatencyModel.All.Select(model => (model.Name, model.Words)));
        return page.ToString();
    }

    private static void Add(
        StringBuilder page, string title, string option, IEnumerable<(string Name, string Words)> models)
    {
        page.Append("\n## ").Append(title).Append("\n\n").Append(option)
            .Append("\n\n| name | what it does |\n|---|---|\n");
        foreach (var (name, words) in models)
        {
            page.Append("| `").Append(name).Append("` | ").Append(words).Append(" |\n");
        }
    }
}
