using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>As much of a book as holds the impact notional on either side.</summary>
internal static class Probe
{
    /// <summary>The levels of a book as orders of the chain, as far as they are needed.</summary>
    public static IReadOnlyCollection<BookOrder> Of(Market market, DepthBook book)
    {
        var orders = new List<BookOrder>();
        Add(market, Side.Buy, book.Bids, orders);
        Add(market, Side.Sell, book.Asks, orders);
        return orders;
    }

    private static void Add(Market market, Side side, DepthSide levels, List<BookOrder> orders)
    {
        var left = market.ImpactNotional;
        foreach (var (ticks, steps) in levels.Levels)
        {
            var (subticks, quantums) = (ticks * market.SubticksPerTick, steps * market.StepBaseQuantums);
            orders.Add(new(side, quantums, subticks));
            left -= market.FillValue(subticks, quantums);
            if (left < QuoteQuantums.Zero) return;
        }
    }
}
