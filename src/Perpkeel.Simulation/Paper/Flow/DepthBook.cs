using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>A market's price levels as somebody tells them, changed in place.</summary>
internal sealed class DepthBook
{
    /// <summary>Bids, highest first.</summary>
    public DepthSide Bids { get; } = new(isBid: true);

    /// <summary>Asks, lowest first.</summary>
    public DepthSide Asks { get; } = new(isBid: false);

    /// <summary>One side.</summary>
    public DepthSide this[Side side] => side == Side.Buy ? Bids : Asks;

    /// <summary>Takes a quote or a level in; other events leave it as it is.</summary>
    public void Apply(in MarketEvent next)
    {
        if (next.Kind == MarketEventKind.Level)
        {
            this[next.Side].Set(next.Last.Value, next.Volume.Value);
        }
        else if (next.Kind == MarketEventKind.Quote)
        {
            Bids.Clear();
            Asks.Clear();
            Bids.Set(next.Bid.Value, next.BidSize.Value);
            Asks.Set(next.Ask.Value, next.AskSize.Value);
        }
    }

    /// <summary>
    /// Tells what changes this book into another, removals before additions, and becomes it.
    /// </summary>
    public void Become(DepthBook other, int market, DateTimeOffset at, ICollection<MarketEvent> told)
    {
        Remove(Side.Buy, other, market, at, told);
        Remove(Side.Sell, other, market, at, told);
        Add(Side.Buy, other, market, at, told);
        Add(Side.Sell, other, market, at, told);
    }

    private void Remove(
        Side side, DepthBook other, int market, DateTimeOffset at, ICollection<MarketEvent> told)
    {
        var own = this[side];
        for (var i = own.Levels.Length - 1; i >= 0; i--)
        {
            var price = own.Levels[i].Price;
            if (other[side].SizeAt(price) > 0) continue;
            own.Set(price, 0);
            told.Add(MarketEvent.Level(market, at, side, new Ticks(price), new Steps(0)));
        }
    }

    private void Add(
        Side side, DepthBook other, int market, DateTimeOffset at, ICollection<MarketEvent> told)
    {
        var own = this[side];
        foreach (var (price, size) in other[side].Levels)
        {
            if (own.SizeAt(price) == size) continue;
            own.Set(price, size);
            told.Add(MarketEvent.Level(market, at, side, new Ticks(price), new Steps(size)));
        }
    }
}
