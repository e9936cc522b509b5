using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>One synthetic market: puts its path on the grid and tells it as events.</summary>
internal sealed class SyntheticMarket
{
    private const double OracleSteps = 1_000;
    private const decimal Billion = 1_000_000_000m;
    private const int MostTrades = 6;

    // A level of the book holds several trades' worth.
    private const double LevelTrades = 12;

    // Most trades are small and a few are large: x / (1.05 - x) has a mean of about 2.2 for a uniform x.
    private const double TradeSkew = 1.05;
    private const double TradeMean = 2.2;

    // Trading never falls asleep altogether, or minutes would lack a bar.
    private const double IdleShare = 0.4;

    private readonly PricePath _path;
    private readonly SyntheticBook _book;
    private readonly SeededRandom _tradeRandom;
    private readonly double _tickSize;
    private readonly double _usualTradeSteps;
    private readonly double _tradesPerSecond;
    private readonly int _index;

    /// <summary>Takes a stream of chance that is nobody else's.</summary>
    public SyntheticMarket(SyntheticProfile profile, SeededRandom random)
    {
        Market = profile.Market;
        _index = Market.Index;
        _tickSize = (double)Market.TickSize;
        _usualTradeSteps = profile.TradeUsd / profile.StartPrice / (double)Market.StepSize;
        _tradesPerSecond = profile.TradesPerSecond;
        _path = new PricePath(profile, random.Fork(1));
        _tradeRandom = random.Fork(2);
        _book = new SyntheticBook(
            _index, random.Fork(3), profile.StartPrice / _tickSize, _usualTradeSteps * LevelTrades);
    }

    /// <summary>The instrument.</summary>
    public Market Market { get; }

    /// <summary>Moves it on by one second and tells what happened: book, trades, oracle, funding.</summary>
    public void Step(
        CommonFactor common, DateTimeOffset at, bool showsBook, bool endsHour, ICollection<SourceEvent> batch)
    {
        _path.Step(common);
        var bid = (long)Math.Floor((_path.Mid - _path.HalfSpread) / _tickSize);
        var ask = (long)Math.Ceiling((_path.Mid + _path.HalfSpread) / _tickSize);
        if (showsBook) _book.MoveTo(bid, ask, at, batch);
        Trade(bid, ask, at, showsBook, batch);

        var oracle = (long)Math.Floor(_path.Oracle / _tickSize * OracleSteps);
        batch.Add(new SourceEvent(MarketEvent.Oracle(_index, at, oracle)));
        if (endsHour)
        {
            batch.Add(new SourceEvent(MarketEvent.Funding(_index, at, _path.TakeFundingRate() / Billion)));
        }
    }

    /// <summary>Restless seconds see more and larger trades; buyers and sellers are equally many.</summary>
    private void Trade(
        long bid, long ask, DateTimeOffset at, bool showsBook, ICollection<SourceEvent> batch)
    {
        var restless = IdleShare + ((1 - IdleShare) * _path.Liveliness);
        var count = Math.Min(MostTrades, (int)((_tradesPerSecond * restless) + _tradeRandom.NextUnit()));
        for (var i = 0; i < count; i++)
        {
            var buys = _tradeRandom.NextUnit() < 0.5;
            var draw = _tradeRandom.NextUnit();
            var steps = (long)(_usualTradeSteps * restless * draw / (TradeSkew - draw) / TradeMean);
            if (showsBook) steps = Math.Min(steps, buys ? _book.AskSize : _book.BidSize);
            batch.Add(new SourceEvent(MarketEvent.Trade(
                _index, at, new Ticks(buys ? ask : bid), new Steps(Math.Max(1, steps)))));
        }
    }
}
