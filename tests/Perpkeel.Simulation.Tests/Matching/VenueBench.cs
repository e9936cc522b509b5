using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Matching;

namespace Perpkeel.Simulation.Tests.Matching;

/// <summary>
/// An exchange with two markets, prices in USD and sizes in coins. BTC has a tick of 1 USD, a step of
/// 0.0001 and asks for 5 % initial and 3 % maintenance margin; ETH a tick of 0.1 USD and a step of 0.001.
/// </summary>
internal sealed class VenueBench
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    public static readonly VenueFees NoFees = new(new Ppm(0), new Ppm(0));
    public static readonly Market Btc = MarketOf("BTC", 0, resolution: -10, oracleExponent: -5);
    public static readonly Market Eth = MarketOf("ETH", 1, resolution: -9, oracleExponent: -6);

    private readonly List<VenueReport> _reports = [];
    private uint _lastId;

    public VenueBench(decimal deposit = 10_000m, VenueFees? fees = null)
    {
        Exchange = new SimulatedExchange([Btc, Eth], fees ?? VenueFees.FirstTier, _reports.Add);
        Exchange.Deposit(new Usd(deposit), Start);
    }

    public SimulatedExchange Exchange { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public IReadOnlyList<VenueReport> Reports => _reports;

    public decimal Usdc => Exchange.Account.Quote.ToUsd().Value;

    public decimal Position => Btc.SizeOf(Exchange.Account.PositionSteps(Btc)).Value;

    public AccountRisk Risk => Exchange.Risk();

    public VenueBench Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>A deep book of one level a side around an oracle price.</summary>
    public VenueBench Deep(decimal bid, decimal ask, decimal oracle)
    {
        _ = Tell(MarketEvent.Quote(0, Now, TicksOf(bid), StepsOf(100m), TicksOf(ask), StepsOf(100m)));
        return Oracle(oracle);
    }

    public VenueBench Level(Side side, decimal price, decimal size)
    {
        _ = Tell(MarketEvent.Level(0, Now, side, TicksOf(price), StepsOf(size)));
        return this;
    }

    public VenueBench Oracle(decimal price)
    {
        _ = Tell(MarketEvent.Oracle(0, Now, (long)(price * 100_000m)));
        return this;
    }

    public VenueReport[] Trade(decimal price, decimal size) =>
        Tell(MarketEvent.Trade(0, Now, TicksOf(price), StepsOf(size)));

    public VenueReport[] Funding(decimal hourlyRate) => Tell(MarketEvent.Funding(0, Now, hourlyRate));

    /// <summary>A recorded bar begins: a quote a tick on either side, an oracle price, a budget.</summary>
    public VenueBench OpenBar(decimal open, decimal budget)
    {
        var one = new Steps(1);
        _ = Tell(
            MarketEvent.Quote(0, Now, TicksOf(open - 1m), one, TicksOf(open + 1m), one), StepsOf(budget));
        return Oracle(open);
    }

    /// <summary>A recorded bar of one minute ends.</summary>
    public VenueReport[] EndBar(decimal open, decimal high, decimal low, decimal close, decimal volume = 10m)
    {
        var length = TimeSpan.FromMinutes(1);
        var opened = Now;
        Now += length;
        return Tell(MarketEvent.Bar(0, new Candle(
            opened, length, TicksOf(open), TicksOf(high), TicksOf(low), TicksOf(close), StepsOf(volume))));
    }

    public VenueReport[] Tell(MarketEvent next, Steps? budget = null) =>
        Heard(() => Exchange.OnMarket(new SourceEvent(next, budget)));

    public VenueReport[] Place(OrderIntent order) => Heard(() => Exchange.OnPlace(order, Now));

    public VenueReport[] Cancel(ClientOrderId id) => Heard(() => Exchange.OnCancel(id, Now));

    public VenueReport[] Market(Side side, decimal size, decimal limit, bool reduceOnly = false) =>
        Place(Order(OrderKind.Market, side, size, limit, reduceOnly: reduceOnly));

    public OrderIntent Order(
        OrderKind kind, Side side, decimal size, decimal limit, decimal? trigger = null,
        bool reduceOnly = false) => new()
        {
            ClientId = new ClientOrderId(++_lastId),
            Bracket = 1,
            Market = Btc.Id,
            Role = reduceOnly ? OrderRole.Close : OrderRole.Entry,
            Kind = kind,
            Side = side,
            Size = new Size(size),
            Limit = new Price(limit),
            Trigger = trigger is { } price ? new Price(price) : null,
            ReduceOnly = reduceOnly,
            IntendedAt = Now,
        };

    /// <summary>A protecting stop or target with plenty of room for slippage.</summary>
    public OrderIntent Protection(OrderKind kind, Side side, decimal trigger, decimal size = 1m) =>
        Order(kind, side, size, side == Side.Buy ? trigger * 2m : 1m, trigger, reduceOnly: true);

    private static Ticks TicksOf(decimal price) => Btc.TicksOf(new Price(price));

    private static Steps StepsOf(decimal size) => Btc.StepsOf(new Size(size));

    private static Market MarketOf(string coin, int index, int resolution, int oracleExponent) => new()
    {
        Id = new MarketId(coin + "-USD"),
        Index = index,
        BaseAsset = coin,
        AtomicResolution = resolution,
        QuantumConversionExponent = -9,
        StepBaseQuantums = 1_000_000,
        SubticksPerTick = 100_000,
        OracleExponent = oracleExponent,
        InitialMarginPpm = new Ppm(50_000),
        MaintenanceFractionPpm = new Ppm(600_000),
    };

    private VenueReport[] Heard(Action act)
    {
        var before = _reports.Count;
        act();
        return [.. _reports.Skip(before)];
    }
}
