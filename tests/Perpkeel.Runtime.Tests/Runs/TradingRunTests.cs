using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Pipelines;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Tests.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Runs;

[Trait("Req", "PAP-1")]
public sealed class TradingRunTests
{
    [Fact]
    [Trait("Req", "QA-1")]
    public void The_same_seed_twice_gives_the_same_journals_and_another_seed_others()
    {
        var first = HeadsOf(3);

        Assert.Equal(first, HeadsOf(3));
        Assert.NotEqual(first, HeadsOf(4));
    }

    [Fact]
    [Trait("Req", "RX-1")]
    public void All_streams_are_public_and_tell_of_the_same_run()
    {
        var fault = new CommitFault(0, takesEffect: true);
        var logs = RunLogs.New(fault);
        using var life = new RunLife(new RestlessMarkets(), RestlessMarkets.BeginsAt, logs);
        var events = 0;
        var views = 0;
        var scores = new List<ScoreChange>();
        var decisions = new List<Decision>();
        using var one = life.Run.MarketData.Subscribe(_ => events++);
        using var two = life.Run.Processed.Subscribe(_ => views++);
        using var three = life.Run.Scores.Subscribe(scores.Add);
        using var four = life.Run.Decisions.Subscribe(decisions.Add);

        life.RunUntil(RestlessMarkets.End, fault);

        Assert.True(events > 5_000);
        Assert.Equal((events, (long)events), (views, life.Run.Events));
        Assert.Equal([0, 1, 2], scores.Select(change => change.Signal).Distinct().Order());
        Assert.Equal(life.Run.Session.State.Totals.Decisions, decisions.Count);
        Assert.All(decisions, decision => Assert.Equal(6, decision.Rows.Length));
        Assert.Null(life.Run.Fault);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void On_the_wire_each_stop_is_sent_before_its_entry_and_each_target_after()
    {
        var fault = new CommitFault(0, takesEffect: true);
        var wire = new List<OrderIntent>();
        using var life =
            new RunLife(new RestlessMarkets(), RestlessMarkets.BeginsAt, RunLogs.New(fault), wire);

        life.RunUntil(RestlessMarkets.End, fault);

        var brackets = wire.GroupBy(order => order.Bracket)
            .Where(orders => orders.First().IntendedAt < RestlessMarkets.End.AddSeconds(-10)).ToList();
        Assert.True(brackets.Count > 5, $"{brackets.Count} brackets");
        Assert.All(brackets, orders =>
        {
            var roles = orders.Select(order => order.Role).ToList();
            Assert.Equal([OrderRole.Stop, OrderRole.Entry], roles.Take(2));
            Assert.Single(roles, OrderRole.Stop);
            Assert.True(roles.Count(role => role == OrderRole.Target) <= 1);
        });
    }

    [Fact]
    public void A_market_feed_that_fails_is_the_runs_fault()
    {
        var broken = Channel.CreateBounded<MarketEvent>(1);
        broken.Writer.Complete(new InvalidOperationException("feed torn"));

        Assert.Equal(
            "feed torn", FaultOf(new FakeFeeds(broken.Reader, Channel.CreateBounded<VenueReport>(1).Reader)));
    }

    [Fact]
    public void An_account_feed_that_fails_is_the_runs_fault()
    {
        var broken = Channel.CreateBounded<VenueReport>(1);
        broken.Writer.Complete(new InvalidOperationException("account torn"));

        Assert.Equal(
            "account torn",
            FaultOf(new FakeFeeds(Channel.CreateBounded<MarketEvent>(1).Reader, broken.Reader)));
    }

    private static (string Session, string Venue) HeadsOf(ulong seed)
    {
        var fault = new CommitFault(0, takesEffect: true);
        var logs = RunLogs.New(fault);
        var source = new Faults.BoundedMarkets(
            new SyntheticMarkets(seed, RestlessMarkets.Start), RestlessMarkets.End, TimeSpan.Zero);
        using var life = new RunLife(source, source.BeginsAt, logs);

        life.RunUntil(source.StartsAt.AddMinutes(5), fault);

        Assert.True(life.Run.Session.State.Totals.Fills > 6);
        return logs.Heads;
    }

    private static string? FaultOf(FakeFeeds feeds)
    {
        var clock = new VirtualClock(Samples.Start);
        using var home = clock.Enter();
        using var run = new TradingRun(
            RunLife.Aggressive(Samples.Start),
            new VenuePorts(feeds, feeds, new Effects.ScriptedGateway(clock), new ScriptedVenue()),
            new MemoryRecordLog(), clock, NullLoggerFactory.Instance, CancellationToken.None);

        run.Start();
        try
        {
            clock.RunUntil(Samples.Start.AddSeconds(1));
        }
        catch (InvalidOperationException error)
        {
            return "thrown: " + error.Message;
        }

        return run.Fault?.Message;
    }

    private sealed class FakeFeeds(ChannelReader<MarketEvent> events, ChannelReader<VenueReport> reports)
        : IMarketFeed, IAccountFeed
    {
        public IReadOnlyList<Market> Markets => Samples.Markets;

        public string Source => "fake";

        public ChannelReader<MarketEvent> Events => events;

        public ChannelReader<VenueReport> Subscribe(long afterSequence) => reports;
    }
}
