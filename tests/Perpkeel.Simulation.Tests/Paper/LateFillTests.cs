using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>A cancel that was acknowledged is no proof that nothing fills any more.</summary>
[Trait("Req", "PAP-1")]
[Trait("Req", "EXE-4")]
public sealed class LateFillTests
{
    [Fact]
    public void An_order_may_fill_after_its_cancel_was_acknowledged()
    {
        Assert.True(FaultPlan.Parse(["late-fill=1"]).TryGet(out var plan, out _));
        var source = VenueScenes.Synthetic;
        var market = source.Markets[0];
        var bid = BestBid(source.Again(), market) * 0.97m;
        var trader = new ScriptedTrader();
        var id = trader.Order(
            source.StartsAt.AddSeconds(2), market, OrderKind.Limit, Side.Buy, 0.01m, bid);
        trader.Cancel(source.StartsAt.AddSeconds(20), id);
        using var life = new VenueLife(
            source, new MemoryRecordLog(), trader, new PaperSettings { Faults = plan });

        life.RunToEnd();

        var fill = Assert.Single(
            life.Heard.ConvertAll(heard => heard.Report).OfType<VenueReport.Filled>(),
            filled => filled.ClientId == id);
        Assert.True(fill.At > source.StartsAt.AddSeconds(20), $"{fill.At:O}");
        Assert.Equal((FillKind.Maker, 0.01m), (fill.Kind, fill.Size.Value));
        var end = Assert.Single(
            life.Heard.ConvertAll(heard => heard.Report).OfType<VenueReport.Ended>(),
            ended => ended.ClientId == id);
        Assert.Equal((OrderEnding.Filled, 0.01m), (end.Ending, end.FilledSize.Value));
        Assert.Equal(1, life.Venue.FaultCounts["late-fill"]);
    }

    private static decimal BestBid(ListedSource source, Market market)
    {
        var batch = new List<SourceEvent>();
        var best = 0m;
        while (source.TryNext(batch, out var at) && at <= source.StartsAt)
        {
            foreach (var next in batch)
            {
                var heard = next.Event;
                if (heard.Market != market.Index || heard.Kind != MarketEventKind.Level) continue;
                if (heard.Side == Side.Buy) best = Math.Max(best, market.PriceOf(heard.Last).Value);
            }
        }

        return best;
    }
}
