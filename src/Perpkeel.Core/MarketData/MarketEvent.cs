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
/// mean something follows from <see cref="Kind"/>, the others are zero; make one with the factory of its
/// kind.
/// </summary>
public readonly record struct MarketEvent
{
    private const decimal FundingUnit = 0.000_000_000_001m;

    // What a kind tells shares six numbers: a stream copies its events many times, so they are kept small.
    private readonly long _atTicks;
    private readonly long _first;
    private readonly long _second;
    private readonly long _third;
    private readonly long _fourth;
    private readonly long _fifth;
    private readonly long _lengthTicks;
    private readonly int _market;
    private readonly byte _kind;
    private readonly byte _side;

    private MarketEvent(
        MarketEventKind kind, int market, DateTimeOffset at, long first, long second = 0, long third = 0,
        long fourth = 0, long fifth = 0, TimeSpan length = default, Side side = Side.None)
    {
        _kind = (byte)kind;
        _market = market;
        _atTicks = at.UtcTicks;
        _first = first;
        _second = second;
        _third = third;
        _fourth = fourth;
        _fifth = fifth;
        _lengthTicks = length.Ticks;
        _side = (byte)side;
    }

    /// <summary>What it tells.</summary>
    public MarketEventKind Kind => (MarketEventKind)_kind;

    /// <summary>Index of the market in its run.</summary>
    public int Market => _market;

    /// <summary>When it became known (a candle: the end of its bar), in UTC.</summary>
    public DateTimeOffset At => new(_atTicks, TimeSpan.Zero);

    /// <summary>Place in the stream, from 1; given by the feed that publishes it.</summary>
    public long Sequence { get; init; }

    /// <summary>
    /// Level: which side of the book. Trade: who took; none where that was not recorded.
    /// </summary>
    public Side Side => (Side)_side;

    /// <summary>Quote: best bid.</summary>
    public Ticks Bid => new(If(MarketEventKind.Quote, _first));

    /// <summary>Quote: best ask.</summary>
    public Ticks Ask => new(If(MarketEventKind.Quote, _second));

    /// <summary>Quote: what rests at the best bid.</summary>
    public Steps BidSize => new(If(MarketEventKind.Quote, _third));

    /// <summary>Quote: what rests at the best ask.</summary>
    public Steps AskSize => new(If(MarketEventKind.Quote, _fourth));

    /// <summary>Candle: first price of the bar.</summary>
    public Ticks Open => new(If(MarketEventKind.Candle, _third));

    /// <summary>Candle: highest price of the bar.</summary>
    public Ticks High => new(If(MarketEventKind.Candle, _fourth));

    /// <summary>Candle: lowest price of the bar.</summary>
    public Ticks Low => new(If(MarketEventKind.Candle, _fifth));

    /// <summary>Candle: last price of the bar. Trade and level: its price.</summary>
    public Ticks Last => new(IsPriced ? _first : 0);

    /// <summary>Candle: what was traded in the bar. Trade: its size. Level: what rests there now.</summary>
    public Steps Volume => new(IsPriced ? _second : 0);

    /// <summary>Candle: how long the bar was.</summary>
    public TimeSpan Length => new(_lengthTicks);

    /// <summary>Oracle: the integer price; times 10^(the market's oracle exponent) it is a price.</summary>
    public long OraclePrice => If(MarketEventKind.Oracle, _first);

    /// <summary>
    /// Funding: the rate for one hour, to twelve decimals; positive is paid by longs to shorts.
    /// </summary>
    public decimal FundingRate => If(MarketEventKind.Funding, _first) * FundingUnit;

    private bool IsPriced => Kind is MarketEventKind.Trade or MarketEventKind.Level or MarketEventKind.Candle;

    /// <summary>The whole book is now this best bid and ask.</summary>
    public static MarketEvent Quote(
        int market, DateTimeOffset at, Ticks bid, Steps bidSize, Ticks ask, Steps askSize) =>
        new(MarketEventKind.Quote, market, at, bid.Value, ask.Value, bidSize.Value, askSize.Value);

    /// <summary>One price level has a new size; zero removes it.</summary>
    public static MarketEvent Level(int market, DateTimeOffset at, Side side, Ticks price, Steps size) =>
        new(MarketEventKind.Level, market, at, price.Value, size.Value, side: side);

    /// <summary>Somebody traded.</summary>
    /// <param name="market">Index of the market.</param>
    /// <param name="at">When.</param>
    /// <param name="price">At which price.</param>
    /// <param name="size">How much.</param>
    /// <param name="taker">Which side took; none where that is not known.</param>
    public static MarketEvent Trade(
        int market, DateTimeOffset at, Ticks price, Steps size, Side taker = Side.None) =>
        new(MarketEventKind.Trade, market, at, price.Value, size.Value, side: taker);

    /// <summary>A bar of trading ended at <paramref name="candle"/>'s end.</summary>
    public static MarketEvent Bar(int market, Candle candle) =>
        new(MarketEventKind.Candle, market, candle.OpenedAt + candle.Length, candle.Close.Value,
            candle.Volume.Value, candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Length);

    /// <summary>The oracle's price.</summary>
    public static MarketEvent Oracle(int market, DateTimeOffset at, long price) =>
        new(MarketEventKind.Oracle, market, at, price);

    /// <summary>
    /// The funding rate of the hour that ended at <paramref name="at"/>, rounded to twelve decimals.
    /// </summary>
    public static MarketEvent Funding(int market, DateTimeOffset at, decimal hourlyRate) =>
        new(MarketEventKind.Funding, market, at, (long)decimal.Round(hourlyRate / FundingUnit));

    /// <summary>The bar that a candle event tells of.</summary>
    public Candle ToCandle() => new(At - Length, Length, Open, High, Low, Last, Volume);

    private long If(MarketEventKind kind, long value) => Kind == kind ? value : 0;
}
