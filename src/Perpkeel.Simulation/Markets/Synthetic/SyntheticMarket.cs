using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>One synthetic market: puts its path on the grid and tells it as events.</summary>
internal sealed class SyntheticMarket
{
    private const double OracleSteps = 1_000;
    private const decimal Billion = 1_000_000_000m;

    // A level of the book holds several trades' worth.
    private const double LevelTrades = 12;

    private readonly PricePath _path;
    private readonly SyntheticBook _book;
    private readonly SyntheticTakers _takers;
    private readonly FundingMean _funding = new();
    private readonly double _tickSize;
    private readonly int _index;

    /// <summary>Takes a stream of chance that is nobody else's.</summary>
    public SyntheticMarket(SyntheticProfile profile, MarketModel model, SeededRandom random)
    {
        Market = profile.Market;
        _index = Market.Index;
        _tickSize = (double)Market.TickSize;
        _path = new PricePath(profile, model, random.Fork(1));
        _takers = new SyntheticTakers(profile, model, random.Fork(2));
        var usualSteps = profile.TradeUsd / profile.StartPrice / (double)Market.StepSize;
        _book = new SyntheticBook(
            _index, random.Fork(3), profile.StartPrice * profile.MinuteVolatility / _tickSize,
            usualSteps * LevelTrades * model.Depth);
    }

    /// <summary>The instrument.</summary>
    public Market Market { get; }

    /// <summary>Moves it on by one second and tells what happened: trades, book, oracle, funding.</summary>
    public void Step(
        CommonFactor common, DateTimeOffset at, bool showsBook, bool endsHour, ICollection<SourceEvent> batch)
    {
        _path.Step(common);
        var bid = Math.Max(1, (long)Math.Floor((_path.Mid - _path.HalfSpread) / _tickSize));
        var ask = Math.Max(bid + 1, (long)Math.Ceiling((_path.Mid + _path.HalfSpread) / _tickSize));
        MoveBook(bid, ask, at, showsBook, batch);

        var oracle = Math.Floor(_path.Oracle / _tickSize * OracleSteps);
        _funding.Add(bid * OracleSteps, ask * OracleSteps, oracle);
        batch.Add(new SourceEvent(MarketEvent.Oracle(_index, at, (long)oracle)));
        if (endsHour)
        {
            batch.Add(new SourceEvent(MarketEvent.Funding(_index, at, _funding.Take() / Billion)));
        }
    }

    /// <summary>
    /// Trades in the old book, then the new one. In the second in which it is first shown nobody trades.
    /// </summary>
    private void MoveBook(
        long bid, long ask, DateTimeOffset at, bool showsBook, ICollection<SourceEvent> batch)
    {
        if (showsBook == _book.IsDrawn && _book.BestBid > 0)
        {
            _takers.Trade(_book, (bid, ask), _path.Liveliness, at, batch);
        }

        if (showsBook) _book.MoveTo(bid, ask, _path.Makers, at, batch);
        else _book.Place(bid, ask, _path.Makers);
    }
}
