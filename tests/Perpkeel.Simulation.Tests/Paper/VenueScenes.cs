using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>Markets and a trader who does a bit of everything in them.</summary>
internal static class VenueScenes
{
    private static readonly DateTimeOffset SyntheticStart = new(2026, 1, 5, 9, 59, 0, TimeSpan.Zero);

    private static readonly Lazy<ListedSource> Minutes = new(() => ListedSource.Of(
        new SyntheticMarkets(7, SyntheticStart), SyntheticStart.AddSeconds(-5),
        SyntheticStart.AddMinutes(2)));

    public static ListedSource Synthetic => Minutes.Value.Again();

    /// <summary>Entries, stops near the market, resting orders, cancels, a funding hour, a refusal.</summary>
    public static ScriptedTrader SyntheticTrader()
    {
        var trader = new ScriptedTrader();
        var source = Synthetic;
        for (var i = 0; i < 6; i++)
        {
            var market = source.Markets[i];
            var price = OracleOf(source, market);
            var at = SyntheticStart.AddSeconds(3 + (7 * i));
            var side = i % 2 == 0 ? Side.Buy : Side.Sell;
            var away = side.Sign() * price;
            var size = 6_000m / price;
            var stop = trader.Order(
                at, market, OrderKind.StopMarket, side.Opposite(), size, price - (away * 0.1m),
                price - (away * 0.0005m), reduceOnly: true);
            trader.Order(at.AddSeconds(0.2), market, OrderKind.Market, side, size, price + (away * 0.02m));
            trader.Order(
                at.AddSeconds(0.4), market, OrderKind.TakeProfitMarket, side.Opposite(), size,
                price - (away * 0.1m), price + (away * 0.0005m), reduceOnly: true);
            trader.Order(
                at.AddSeconds(0.45), market, OrderKind.StopMarket, side.Opposite(), size, price, price,
                reduceOnly: true);
            trader.Order(at.AddSeconds(0.5), market, OrderKind.Limit, side, size, price - (away * 0.0003m));
            trader.Order(
                at.AddSeconds(30.5), market, OrderKind.Market, side, size * 9m, price + (away * 0.02m));
            if (i % 3 == 0) trader.Cancel(at.AddSeconds(45.3), stop);
            trader.Order(at.AddSeconds(75), market, OrderKind.Market, side.Opposite(), size * 99m,
                price - (away * 0.02m), reduceOnly: true);
        }

        AddTooLate(trader, source);
        return trader;
    }

    /// <summary>
    /// An order that the account can just carry when it comes to the node, and no more in its block: the
    /// first entry was filled between.
    /// </summary>
    private static void AddTooLate(ScriptedTrader trader, ListedSource source)
    {
        var market = source.Markets[0];
        var price = OracleOf(source, market);
        var most = 10_000m * market.MaxLeverage.Value / price;
        trader.Order(
            SyntheticStart.AddSeconds(3.19), market, OrderKind.Limit, Side.Buy, most * 0.99m, price * 0.99m);
    }

    /// <summary>Two hours of bars that follow on each other, with a gap.</summary>
    public static ListedSource Replay(ReplayData data) =>
        ListedSource.Of(new CandleReplay(data), data.StartsAt, data.EndsAt);

    /// <summary>A stop is hit at the end of a bar; the bar after it is used up to its budget.</summary>
    public static ScriptedTrader ReplayTrader(ListedSource source)
    {
        var trader = new ScriptedTrader();
        var market = source.Markets[0];
        for (var minute = 0; minute < 5; minute++)
        {
            var at = source.StartsAt.AddMinutes(minute);
            trader.Order(
                at.AddSeconds(10), market, OrderKind.Market, Side.Buy, minute % 2 == 0 ? 60m : 150m, 120m);
            trader.Order(
                at.AddSeconds(11), market, OrderKind.StopMarket, Side.Sell, 60m, 50m, 95m, reduceOnly: true);
            trader.Order(at.AddSeconds(12), market, OrderKind.Limit, Side.Buy, 5m, 96m);
        }

        return trader;
    }

    private static decimal OracleOf(ListedSource source, Market market)
    {
        var batch = new List<SourceEvent>();
        _ = source.Again().TryNext(batch, out _);
        var oracle = batch.Find(item =>
            item.Event.Kind == MarketEventKind.Oracle && item.Event.Market == market.Index);
        return oracle.Event.OraclePrice * Decimals.PowerOfTen(market.OracleExponent);
    }
}
