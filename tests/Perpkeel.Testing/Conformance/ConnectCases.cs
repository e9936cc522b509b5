using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>What is told before anything is traded.</summary>
internal static class ConnectCases
{
    private const string Area = "Connect";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-01", Area, "lists its markets by index, each with a tick and a step", MarketsAsync),
        new("CONF-02", Area, "tells market events from 1 without holes, in the order of time", EventsAsync),
        new("CONF-03", Area, "tells the deposit first, with sequence 1", DepositAsync),
        new("CONF-04", Area, "tells a new oracle price", OracleAsync),
        new("CONF-05", Area, "tells the book that others make", BookAsync),
    ];

    private static async Task MarketsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var markets = scene.Venue.Markets.Markets;
        Conforms.That(markets.Count > 0, "there is no market");
        Conforms.That(scene.Venue.Markets.Source.Length > 0, "nobody says where the markets come from");
        for (var i = 0; i < markets.Count; i++)
        {
            Conforms.Same(i, markets[i].Index, "a market's index");
            Conforms.That(markets[i].TickSize > 0 && markets[i].StepSize > 0, $"{markets[i].Id} has no grid");
        }
    }

    private static async Task EventsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);
        await scene.MoveOracleAsync(1.01m);

        var last = DateTimeOffset.MinValue;
        for (var i = 0; i < scene.Events.Count; i++)
        {
            var next = scene.Events[i];
            Conforms.Same(i + 1L, next.Sequence, "an event's sequence");
            Conforms.That(next.At >= last, $"event {next.Sequence} is earlier than the one before");
            Conforms.That(next.At <= scene.Venue.Now, $"event {next.Sequence} has not happened yet");
            Conforms.That(next.Market < scene.Venue.Markets.Markets.Count, "an event is of no market");
            last = next.At;
        }
    }

    private static async Task DepositAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.SettleAsync();

        Conforms.Same(1, scene.Reports.Count, "reports of an account that did nothing");
        Conforms.That(scene.Reports[0] is VenueReport.Deposited, $"{scene.Reports[0]} came first");
        Conforms.Same(1L, scene.Reports[0].Sequence, "its sequence");
        var deposit = ((VenueReport.Deposited)scene.Reports[0]).Amount;
        Conforms.Same(await scene.Venue.BalanceAsync(), deposit, "money");
    }

    private static async Task OracleAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        Conforms.Same(scene.At(1m), scene.Oracle()!.Value, "the oracle price before");

        await scene.Venue.MoveOracleAsync(scene.Market, scene.At(0.98m));
        await scene.SettleAsync();

        Conforms.Same(scene.At(0.98m), scene.Oracle()!.Value, "the oracle price after");
    }

    private static async Task BookAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        await scene.ShowAsync((Side.Buy, 0.99m, 3m), (Side.Buy, 0.995m, 2m), (Side.Sell, 1.02m, 4m));

        Conforms.Same(scene.SizeOf(2m), SizeAt(scene, Side.Buy, 0.995m), "the best bid");
        Conforms.Same(scene.SizeOf(3m), SizeAt(scene, Side.Buy, 0.99m), "the bid behind it");
        Conforms.Same(scene.SizeOf(4m), SizeAt(scene, Side.Sell, 1.02m), "the best ask");
        Conforms.Same(default, SizeAt(scene, Side.Sell, 1.001m), "the ask that has gone");
    }

    /// <summary>What rests at a price, from the events alone.</summary>
    internal static Size SizeAt(ConformanceScene scene, Side side, decimal share)
    {
        var (price, size) = (scene.Market.TicksOf(scene.At(share)), 0L);
        foreach (var next in scene.Events.Where(each => each.Market == scene.Market.Index))
        {
            if (next.Kind == MarketEventKind.Level && next.Side == side && next.Last == price)
            {
                size = next.Volume.Value;
            }
            else if (next.Kind == MarketEventKind.Quote)
            {
                var (best, held) = side == Side.Buy ? (next.Bid, next.BidSize) : (next.Ask, next.AskSize);
                size = best == price ? held.Value : 0;
            }
        }

        return scene.Market.SizeOf(new(size));
    }
}
