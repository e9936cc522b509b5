using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Paper;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper;

[Trait("Req", "PAP-1")]
public sealed class PaperVenueTests
{
    private static readonly TimeSpan Offset = TimeSpan.FromTicks(3);

    [Fact]
    public void A_new_account_is_given_its_deposit_once()
    {
        var log = new MemoryRecordLog();
        var settings = new PaperSettings { Deposit = new Usd(500m) };
        using (var first = new VenueLife(VenueScenes.Synthetic, log, settings: settings)) first.RunToEnd();

        using var second = new VenueLife(VenueScenes.Synthetic, log.Survivor(), settings: settings);
        second.RunToEnd();

        var (at, report, _) = Assert.Single(second.Heard);
        Assert.Equal(500m, Assert.IsType<VenueReport.Deposited>(report).Amount.Value);
        Assert.Equal(VenueScenes.Synthetic.StartsAt + TimeSpan.FromMilliseconds(150) + Offset, at);
    }

    [Fact]
    public void The_feed_gives_all_events_in_order_numbered_from_one_and_ends_with_the_source()
    {
        using var life = new VenueLife(VenueScenes.Synthetic, new MemoryRecordLog());

        life.RunToEnd();

        Assert.True(life.HasEnded);
        Assert.True(life.Events.Count > 1_000);
        Assert.Equal(Enumerable.Range(1, life.Events.Count), life.Events.Select(next => (int)next.Sequence));
        Assert.Equal(6, life.Venue.Markets.Count);
        Assert.Equal("listed", life.Venue.Source);
    }

    [Fact]
    public void A_message_takes_the_latency_there_and_the_node_s_belief_comes_back_by_the_Indexer()
    {
        var settings = new PaperSettings
        {
            Latency = TimeSpan.FromMilliseconds(200),
            IndexerLag = TimeSpan.FromMilliseconds(300),
        };
        var source = VenueScenes.Synthetic;
        var sent = source.StartsAt.AddSeconds(3);
        var trader = new ScriptedTrader();
        trader.Order(sent, source.Markets[0], OrderKind.Market, Side.Buy, 0.01m, 1_000m);
        using var life = new VenueLife(source, new MemoryRecordLog(), trader, settings);

        life.RunToEnd();

        var (at, report, _) = Assert.Single(life.Heard, heard => heard.Report is VenueReport.Opened);
        Assert.Equal(sent + settings.Latency + Offset, report.At);
        Assert.Equal(report.At + settings.IndexerLag + settings.Latency + Offset, at);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public void Every_report_is_durable_before_anybody_hears_of_it()
    {
        using var life = new VenueLife(
            VenueScenes.Synthetic, new MemoryRecordLog(), VenueScenes.SyntheticTrader());

        life.RunToEnd();

        Assert.True(life.Heard.Count > 40, $"{life.Heard.Count} reports");
        Assert.All(life.Heard, heard => Assert.True(heard.Durable >= heard.Report.Sequence));
    }

    [Fact]
    public void Nothing_is_heard_of_a_report_whose_commit_failed()
    {
        var fault = new CommitFault(4, takesEffect: false);
        var trader = VenueScenes.SyntheticTrader();
        using var life = new VenueLife(VenueScenes.Synthetic, new MemoryRecordLog(fault), trader);

        Assert.Throws<JournalException>(() => life.RunToEnd());
        for (var instant = 0; instant < 20; instant++) Record.Exception(() => life.Clock.RunInstant());

        Assert.IsType<VenueReport.Deposited>(Assert.Single(life.Heard).Report);
    }

    [Fact]
    public void A_subscription_from_a_sequence_gives_what_was_missed_and_then_what_happens()
    {
        var log = new MemoryRecordLog();
        using (var first = new VenueLife(VenueScenes.Synthetic, log, VenueScenes.SyntheticTrader()))
        {
            first.Clock.RunUntil(VenueScenes.Synthetic.StartsAt.AddSeconds(20));
        }

        var missed = log.LastSequence(VenueLife.Stream);
        using var second = new VenueLife(
            VenueScenes.Synthetic, log.Survivor(), VenueScenes.SyntheticTrader(), heardBefore: 3);
        second.RunToEnd();

        Assert.True(missed > 5);
        var heard = second.Heard.ConvertAll(one => one.Report.Sequence);
        Assert.Equal(Enumerable.Range(4, heard.Count).Select(number => (long)number), heard);
        Assert.True(heard.Count > missed);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public async Task A_look_up_tells_orders_that_came_from_those_that_did_not()
    {
        var source = VenueScenes.Synthetic;
        var trader = new ScriptedTrader();
        var id = trader.Order(
            source.StartsAt.AddSeconds(1), source.Markets[0], OrderKind.Limit, Side.Buy, 0.01m, 1_000m);
        using var life = new VenueLife(source, new MemoryRecordLog(), trader);

        life.Clock.RunUntil(source.StartsAt.AddSeconds(1));
        var other = await life.Venue.LookUpAsync(new(id.Value + 1), CancellationToken.None);
        var asked = life.Venue.LookUpAsync(id, CancellationToken.None);
        var isAnswered = asked.IsCompleted;
        life.Clock.RunUntil(source.StartsAt.AddSeconds(2));

        Assert.True(other.TryGet(out var absent, out _));
        Assert.True((await asked).TryGet(out var known, out _));
        Assert.False(isAnswered, "while it is under way nobody knows");
        Assert.Equal((OrderPresence.Absent, OrderPresence.Known), (absent.Presence, known.Presence));
        Assert.Contains("never", absent.Evidence, StringComparison.Ordinal);
        Assert.Contains("a node took it", known.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_venue_ends_its_feed()
    {
        using var stop = new CancellationTokenSource();
        var source = VenueScenes.Synthetic;
        var clock = new Perpkeel.Runtime.Time.VirtualClock(source.BeginsAt);
        using var home = clock.Enter();
        var venue = new PaperVenue(
            source, new PaperSettings(), clock, new MemoryRecordLog(), VenueLife.Stream);
        var running = venue.RunAsync(stop.Token);

        stop.Cancel();
        clock.RunUntil(source.BeginsAt.AddSeconds(2));

        Assert.True(running.IsCanceled);
        while (venue.Events.TryRead(out _))
        {
        }

        Assert.True(venue.Events.Completion.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("place", 1, """{"order":{}}""", JournalFault.UnknownVersion)]
    [InlineData("made", 3, "{}", JournalFault.UnknownVersion)]
    [InlineData("made", 2, "{}", JournalFault.Corrupt)]
    [InlineData("made", 2, "not json", JournalFault.Corrupt)]
    public void A_way_to_the_node_that_cannot_be_read_stops_the_start(
        string kind, int version, string payload, JournalFault fault)
    {
        var log = new MemoryRecordLog();
        log.Append(VenueLife.Stream + "/post", new LogRecord(
            1, kind, version, VenueScenes.Synthetic.StartsAt, System.Text.Encoding.UTF8.GetBytes(payload)));
        log.Commit();

        var error = Assert.Throws<JournalException>(() => new VenueLife(VenueScenes.Synthetic, log));

        Assert.Equal(fault, error.Fault);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public void A_venue_is_not_continued_with_other_settings()
    {
        var log = new MemoryRecordLog();
        using (var first = new VenueLife(VenueScenes.Synthetic, log)) first.RunToEnd();

        var error = Assert.Throws<JournalException>(() => new VenueLife(
            VenueScenes.Synthetic, log.Survivor(),
            settings: new PaperSettings { FillModel = FillModel.Find("front")! }));

        Assert.Contains("front", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public void A_past_that_comes_out_differently_stops_the_run()
    {
        var log = new MemoryRecordLog();
        log.Append(VenueLife.Stream, new LogRecord(
            1, "deposited", ReportCodec.Version, VenueScenes.Synthetic.StartsAt, "{}"u8.ToArray()));
        log.Commit();
        using var life = new VenueLife(VenueScenes.Synthetic, log);

        var error = Assert.Throws<JournalException>(() => life.RunToEnd());

        Assert.Equal(JournalFault.Corrupt, error.Fault);
        Assert.Contains("record 1", error.Message, StringComparison.Ordinal);
    }
}
