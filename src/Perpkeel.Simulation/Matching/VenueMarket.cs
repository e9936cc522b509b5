using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Matching;

/// <summary>
/// One market as the venue has it: the public book less what our orders took from it, and the oracle price.
/// Where a market was recorded without its book, a budget for each bar takes the place of the sizes.
/// </summary>
internal sealed class VenueMarket(Market market)
{
    private OrderBook _book;
    private Steps? _budget;

    /// <summary>The market.</summary>
    public Market Market => market;

    /// <summary>Integer oracle price; zero before the first.</summary>
    public long Oracle { get; private set; }

    /// <summary>The oracle price.</summary>
    public Price OraclePrice => new(Oracle * Decimals.PowerOfTen(market.OracleExponent));

    /// <summary>Half of the spread in whole ticks, rounded up.</summary>
    public long HalfSpread =>
        _book.Bids.IsEmpty || _book.Asks.IsEmpty
            ? 1
            : Math.Max(1, (_book.BestAsk.Price.Value - _book.BestBid.Price.Value + 1) / 2);

    /// <summary>
    /// What orders of ours may still take in the present bar; null where the book bounds it.
    /// </summary>
    public Steps? Budget => _budget;

    /// <summary>Takes note of an event.</summary>
    public void Observe(in SourceEvent next)
    {
        if (next.FillBudget is { } budget) _budget = budget;
        if (next.Event.Kind == MarketEventKind.Oracle) Oracle = next.Event.OraclePrice;
        else _book = _book.Step(next.Event);
    }

    /// <summary>After a bar has ended nobody trades until the next one begins.</summary>
    public void EndBar()
    {
        if (_budget is not null) _budget = default(Steps);
    }

    /// <summary>What an order can take now at its limit or better, best price first.</summary>
    public IEnumerable<BookLevel> Offers(Side side, Ticks limit)
    {
        foreach (var level in _book.Against(side))
        {
            if (side == Side.Buy ? level.Price > limit : level.Price < limit) yield break;
            var size = _budget ?? level.Size;
            if (size.Value > 0) yield return level with { Size = size };
            if (_budget is not null) yield break;
        }
    }

    /// <summary>Removes what a fill of ours took, so that it is not there twice.</summary>
    public void Consume(Side side, Ticks price, Steps size, FillKind kind)
    {
        if (_budget is { } budget)
        {
            _budget = new Steps(Math.Max(0, budget.Value - size.Value));
        }
        else if (kind != FillKind.Maker)
        {
            foreach (var level in _book.Against(side))
            {
                if (level.Price != price) continue;
                _book = _book.With(side.Opposite(), price, level.Size - size);
                return;
            }
        }
    }
}
