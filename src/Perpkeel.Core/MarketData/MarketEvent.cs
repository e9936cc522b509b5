using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>What a market event tells.</summary>
public enum MarketEventKind
{
    /// <summary>Nothing; the value of <c>default</c>.</summary>
    None = 0,

    /// <summary>The whole book is now this best bid and ask.</summary>
    Quote,

    /// <summary>One price level of the book has a new size; zero removes it.</summary>
    Level,

    /// <summary>Somebody traded.</summary>
    Trade,

    /// <summary>A bar of trading has ended.</summary>
    Candle,

    /// <summary>The oracle price, which is the mark of every position.</summary>
    Oracle,

    /// <summary>The funding rate of the hour that has just ended.</summary>
    Funding,
}

/// <summary>
/// One message of a market stream, in the market's own ticks and steps, small enough to copy. Which members
/// mean something follows from <see cref="Kind"/>; make one with the factory of its kind.
/// </summary>
public readonly record struct MarketEvent
{
    private MarketEvent(MarketEventKind kind, int market, DateTimeOffset at)
    {
        Kind = kind;
        Market = market;
        At = at;
    }

    /// <summary>What it tells.</summary>
    public MarketEventKind Kind { get; }

    /// <summary>Index of the market in its run.</summary>
    public int Market { get; }

    /// <summary>When it became known (a candle: the end of its bar).</summary>
    public DateTimeOffset At { get; }

    /// <summary>Place in the stream, from 1; given by the feed that publishes it.</summary>
    public long Sequence { get; init; }

    /// <summary>Level: which side of the book.</summary>
    public Side Side { get; private init; }

    /// <summary>Quote: best bid.</summary>
    public Ticks Bid { get; private init; }

    /// <summary>Quote: best ask.</summary>
    public Ticks Ask { get; private init; }

    /// <summary>Quote: what rests at the best bid.</summary>
    public Steps BidSize { get; private init; }

    /// <summary>Quote: what rests at the best ask.</summary>
    public Steps AskSize { get; private init; }

    /// <summary>Candle: first price of the bar.</summary>
    public Ticks Open { get; private init; }

    /// <summary>Candle: highest price of the bar.</summary>
    public Ticks High { get; private init; }

    /// <summary>Candle: lowest price of the bar.</summary>
    public Ticks Low { get; private init; }

    /// <summary>Candle: last price of the bar. Trade and level: its price.</summary>
    public Ticks Last { get; private init; }

    /// <summary>Candle: what was traded in the bar. Trade: its size. Level: what rests there now.</summary>
    public Steps Volume { get; private init; }

    /// <summary>Candle: how long the bar was.</summary>
    public TimeSpan Length { get; private init; }

    /// <summary>Oracle: the integer price; times 10^(the market's oracle exponent) it is a price.</summary>
    public long OraclePrice { get; private init; }

    /// <summary>Funding: the rate for one hour; positive is paid by longs to shorts.</summary>
    public decimal FundingRate { get; private init; }

    /// <summary>The whole book is now this best bid and ask.</summary>
    public static MarketEvent Quote(
        int market, DateTimeOffset at, Ticks bid, Steps bidSize, Ticks ask, Steps askSize) =>
        new(MarketEventKind.Quote, market, at)
        {
            Bid = bid,
            BidSize = bidSize,
            Ask = ask,
            AskSize = askSize,
        };

    /// <summary>One price level has a new size; zero removes it.</summary>
    public static MarketEvent Level(int market, DateTimeOffset at, Side side, Ticks price, Steps size) =>
        new(MarketEventKind.Level, market, at) { Side = side, Last = price, Volume = size };

    /// <summary>Somebody traded.</summary>
    public static MarketEvent Trade(int market, DateTimeOffset at, Ticks price, Steps size) =>
        new(MarketEventKind.Trade, market, at) { Last = price, Volume = size };

    /// <summary>A bar of trading ended at <paramref name="candle"/>'s end.</summary>
    public static MarketEvent Bar(int market, Candle candle) =>
        new(MarketEventKind.Candle, market, candle.OpenedAt + candle.Length)
        {
            Open = candle.Open,
            High = candle.High,
            Low = candle.Low,
            Last = candle.Close,
            Volume = candle.Volume,
            Length = candle.Length,
        };

    /// <summary>The oracle's price.</summary>
    public static MarketEvent Oracle(int market, DateTimeOffset at, long price) =>
        new(MarketEventKind.Oracle, market, at) { OraclePrice = price };

    /// <summary>The funding rate of the hour that ended at <paramref name="at"/>.</summary>
    public static MarketEvent Funding(int market, DateTimeOffset at, decimal hourlyRate) =>
        new(MarketEventKind.Funding, market, at) { FundingRate = hourlyRate };

    /// <summary>The bar that a candle event tells of.</summary>
    public Candle ToCandle() => new(At - Length, Length, Open, High, Low, Last, Volume);
}
