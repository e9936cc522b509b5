using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Post;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>What happens follows from the source, the settings and what was sent.</summary>
[Trait("Req", "PAP-1")]
public sealed class PaperWorldTests
{
    private static readonly DateTimeOffset End = VenueScenes.Synthetic.StartsAt.AddMinutes(5);

    [Theory]
    [InlineData("fixed", "queue")]
    [InlineData("jitter", "share")]
    [InlineData("spikes", "front")]
    [InlineData("jitter", "through")]
    public void The_same_messages_make_the_same_history_however_the_world_is_driven(
        string latency, string fill)
    {
        var settings = new PaperSettings
        {
            Seed = 3,
            LatencyModel = LatencyModel.Find(latency)!,
            FillModel = FillModel.Find(fill)!,
        };
        var log = new MemoryRecordLog();
        using (var life = new VenueLife(VenueScenes.Synthetic, log, VenueScenes.SyntheticTrader(), settings))
        {
            life.RunToEnd();
        }

        var start = VenueScenes.Synthetic.StartsAt;
        var posted = new Outbox(log, VenueLife.Stream, settings.ToRecord(), start).Postings;
        var atOnce = TimeSpan.FromHours(1);
        var whole = Run(settings, posted, atOnce);
        var stepwise = Run(settings, posted, TimeSpan.FromMilliseconds(37));

        Assert.True(posted.Count > 30, $"{posted.Count} messages");
        Assert.Equal(whole, stepwise);
        Assert.NotEqual(whole.History, Run(settings with { Seed = 4 }, posted, atOnce).History);
        Assert.NotEqual(whole.History, Run(settings, [.. posted.SkipLast(1)], atOnce).History);
    }

    [Fact]
    public void A_message_that_waits_to_be_sent_in_a_past_that_is_lived_again_changes_nothing_before()
    {
        var world = new PaperWorld(VenueScenes.Synthetic, new PaperSettings(), new Ears());
        var other = new PaperWorld(VenueScenes.Synthetic, new PaperSettings(), new Ears());
        var at = VenueScenes.Synthetic.StartsAt.AddSeconds(20);
        world.Send(Place(at));

        world.RunUntil(at.AddTicks(-1));
        other.RunUntil(at.AddTicks(-1));
        var before = (world.Parts.Chain.HistoryHash, world.Parts.Chain.Height);
        world.RunUntil(at.AddSeconds(10));
        other.RunUntil(at.AddSeconds(10));

        Assert.Equal(other.Parts.Chain.Height, world.Parts.Chain.Height);
        Assert.NotEqual(other.Parts.Chain.HistoryHash, world.Parts.Chain.HistoryHash);
        Assert.NotEqual(before.HistoryHash, world.Parts.Chain.HistoryHash);
    }

    private static (ulong History, string Told) Run(
        PaperSettings settings, IReadOnlyList<Posting> posted, TimeSpan step)
    {
        var ears = new Ears();
        var world = new PaperWorld(VenueScenes.Synthetic, settings, ears);
        foreach (var posting in posted) world.Send(posting);
        for (var now = VenueScenes.Synthetic.BeginsAt; now < End; now += step) world.RunUntil(now);
        world.RunUntil(End);
        return (world.Parts.Chain.HistoryHash, string.Join('\n', ears.Told));
    }

    private static Posting.Place Place(DateTimeOffset at)
    {
        var market = VenueScenes.Synthetic.Markets[0];
        return new Posting.Place
        {
            Number = 1,
            SentAt = at,
            Nonce = (ulong)at.ToUnixTimeMilliseconds(),
            GoodTilBlock = 0,
            GoodTilBlockTime = (uint)at.AddDays(1).ToUnixTimeSeconds(),
            Order = new OrderIntent
            {
                ClientId = new ClientOrderId(1),
                Bracket = 1,
                Market = market.Id,
                Role = OrderRole.Entry,
                Kind = OrderKind.Limit,
                Side = Core.Instruments.Side.Buy,
                Size = market.SizeOf(new(10)),
                Limit = market.PriceOf(new(100)),
                ReduceOnly = false,
                IntendedAt = at,
            },
        };
    }

    private sealed class Ears : IPaperListener
    {
        public List<string> Told { get; } = [];

        public void OnMarkets(IReadOnlyList<MarketEvent> events)
        {
            foreach (var next in events) Told.Add(next.ToString());
        }

        public void OnReport(VenueReport report, DateTimeOffset at) => Told.Add($"{at:O} {report}");

        public void OnAnswer(Posting posting, TxResult result) => Told.Add($"{posting.Number} {result}");
    }
}
