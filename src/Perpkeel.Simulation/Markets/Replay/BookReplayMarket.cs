using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>One market of a replayed book: where it has come to, and what was last told of it.</summary>
internal sealed class BookReplayMarket(int market, BookRecording recording, long endsAtMs)
{
    private const long SecondMs = 1_000;

    // Oracle prices are three digits finer than ticks; the middle is half of bid and ask.
    private const long OracleUnitsPerTick = 1_000;

    // Each second the oracle goes the fourth part of the way to the middle of the book.
    private const long OracleParts = 4;

    private RecordedBook _told = new(long.MinValue, [], []);
    private int _nextBook;
    private int _nextTrade;
    private long _oracle;
    private long _oracleDueMs = long.MaxValue;
    private long _takenBids = long.MaxValue;
    private long _takenAsks;

    /// <summary>When it next has anything to tell; the greatest number when nothing is left.</summary>
    public long NextMs => Math.Min(Math.Min(BookMs, TradeMs), Math.Min(StaleMs, _oracleDueMs));

    private long BookMs =>
        _nextBook < recording.Books.Count ? recording.Books[_nextBook].AtMs : long.MaxValue;

    private long TradeMs =>
        _nextTrade < recording.Trades.Count ? recording.Trades[_nextTrade].AtMs : long.MaxValue;

    private bool IsKnown => _told.Bids.Length > 0 || _told.Asks.Length > 0;

    /// <summary>When nobody knows any longer what rests, unless a snapshot comes before.</summary>
    private long StaleMs =>
        IsKnown && _told.AtMs + BookRecording.StaleMs is var stale && stale <= endsAtMs
            ? stale
            : long.MaxValue;

    /// <summary>
    /// Tells what happens at an instant: trades, which were made in the old book, then the new one, then the
    /// oracle.
    /// </summary>
    public void Tell(long nowMs, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        for (; TradeMs == nowMs; _nextTrade++) TellTrade(recording.Trades[_nextTrade], at, batch);

        var wasKnown = IsKnown;
        if (BookMs > nowMs && StaleMs <= nowMs) Show(new RecordedBook(nowMs, [], []), at, batch);
        for (; BookMs == nowMs; _nextBook++) Show(recording.Books[_nextBook], at, batch);
        TellOracle(nowMs, wasKnown, at, batch);
    }

    private void TellTrade(in RecordedTrade trade, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        batch.Add(new SourceEvent(
            MarketEvent.Trade(market, at, new Ticks(trade.Price), new Steps(trade.Size), trade.Taker)));
        if (trade.Taker == Side.Buy) _takenAsks = Math.Max(_takenAsks, trade.Price);
        else _takenBids = Math.Min(_takenBids, trade.Price);
    }

    private void Show(RecordedBook next, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        Remove(Side.Buy, _told.Bids, next.Bids, at, batch);
        Remove(Side.Sell, _told.Asks, next.Asks, at, batch);
        Add(Side.Buy, _told.Bids, next.Bids, at, batch);
        Add(Side.Sell, _told.Asks, next.Asks, at, batch);
        _told = next;
        (_takenBids, _takenAsks) = (long.MaxValue, 0);
    }

    private void Remove(
        Side side, RecordedLevel[] old, RecordedLevel[] next, DateTimeOffset at,
        ICollection<SourceEvent> batch)
    {
        foreach (var level in old)
        {
            if (SizeAt(next, level.Price) == 0) Level(side, level.Price, 0, at, batch);
        }
    }

    /// <summary>
    /// What has a new size, and what takers have passed since: that is told again, because whoever let them
    /// take from it has less.
    /// </summary>
    private void Add(
        Side side, RecordedLevel[] old, RecordedLevel[] next, DateTimeOffset at,
        ICollection<SourceEvent> batch)
    {
        foreach (var level in next)
        {
            var isTaken = side == Side.Buy ? level.Price >= _takenBids : level.Price <= _takenAsks;
            if (!isTaken && SizeAt(old, level.Price) == level.Size) continue;
            Level(side, level.Price, level.Size, at, batch);
        }
    }

    private void TellOracle(long nowMs, bool wasKnown, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        if (_told.Bids.Length == 0 || _told.Asks.Length == 0)
        {
            if (_oracleDueMs <= nowMs) _oracleDueMs = IsKnown ? nowMs + SecondMs : long.MaxValue;
            return;
        }

        var middle = (_told.Bids[0].Price + _told.Asks[0].Price) * OracleUnitsPerTick / 2;
        var isFirst = !wasKnown || _oracle == 0;
        if (!isFirst && nowMs < _oracleDueMs) return;
        _oracle = isFirst ? middle : _oracle + ((middle - _oracle) / OracleParts);
        batch.Add(new SourceEvent(MarketEvent.Oracle(market, at, _oracle)));
        var dueMs = ((nowMs / SecondMs) + 1) * SecondMs;
        _oracleDueMs = dueMs <= endsAtMs ? dueMs : long.MaxValue;
    }

    private void Level(
        Side side, long price, long size, DateTimeOffset at, ICollection<SourceEvent> batch) =>
        batch.Add(new SourceEvent(
            MarketEvent.Level(market, at, side, new Ticks(price), new Steps(size))));

    private static long SizeAt(RecordedLevel[] levels, long price)
    {
        foreach (var level in levels)
        {
            if (level.Price == price) return level.Size;
        }

        return 0;
    }
}
