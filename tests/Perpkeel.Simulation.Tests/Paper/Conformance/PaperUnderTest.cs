using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Testing;
using Perpkeel.Testing.Conformance;
using Perpkeel.Venues;

namespace Perpkeel.Simulation.Tests.Paper.Conformance;

/// <summary>Paper venues on a stage, for the cases that any venue passes.</summary>
internal sealed class PaperVenues(Func<PaperSettings, PaperSettings>? with = null) : IVenueMaker
{
    public string Name => "Paper";

    public ValueTask<IVenueUnderTest> OpenAsync(Usd deposit)
    {
        var settings = new PaperSettings { Seed = 11, Deposit = deposit };
        return new(new PaperUnderTest(with?.Invoke(settings) ?? settings));
    }
}

/// <summary>One paper venue in virtual time, with its journal in memory.</summary>
internal sealed class PaperUnderTest : IVenueUnderTest, IMarketFeed
{
    private const int MostEvents = 1_000_000;
    private const decimal OraclePrice = 50_000m;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 47, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    private readonly PaperSettings _settings;
    private readonly SortedDictionary<(Side Side, long Price), long> _shown = [];
    private StageSource _source;
    private MemoryRecordLog _log = new();
    private VirtualClock _clock;
    private IDisposable _home;
    private PaperVenue _venue;
    private Task _running;
    private Channel<MarketEvent> _events;

    public PaperUnderTest(PaperSettings settings)
    {
        _settings = settings;
        Market[] markets =
        [
            SampleMarkets.Btc with { ImpactNotional = QuoteQuantums.FromUsdRoundingDown(new Usd(10_000m)) },
            SampleMarkets.Eth,
        ];
        _source = new StageSource(markets, Start);
        _source.Tell(at => MarketEvent.Oracle(0, at, OracleOf(markets[0], OraclePrice)));
        _source.Tell(at => MarketEvent.Oracle(1, at, OracleOf(markets[1], 3_000m)));
        (_clock, _home, _venue, _running, _events) = Begin();
    }

    public IMarketFeed Markets => this;

    public IAccountFeed Account => _venue;

    public IOrderGateway Orders => _venue;

    public DateTimeOffset Now => _clock.Now;

    public TimeSpan Patience => TimeSpan.FromSeconds(40);

    public TimeSpan? StandsFor => OrderMap.StandsFor;

    string IMarketFeed.Source => _venue.Source;

    IReadOnlyList<Market> IMarketFeed.Markets => _venue.Markets;

    ChannelReader<MarketEvent> IMarketFeed.Events => _events.Reader;

    public string? CodeOf(RefusalCause cause) => cause switch
    {
        RefusalCause.OffGrid => "clob/12",
        RefusalCause.Undercollateralized => "clob/3007",
        RefusalCause.PlacementRate => "clob/5001",
        RefusalCause.EquityTier => "clob/10001",
        _ => null,
    };

    public ValueTask PassAsync(TimeSpan time)
    {
        var until = Now + time;
        if (time >= Long) _source.Rest(until);
        Pass(until);
        return ValueTask.CompletedTask;
    }

    public ValueTask MoveOracleAsync(Market market, Price price)
    {
        _source.Tell(at => MarketEvent.Oracle(market.Index, at, OracleOf(market, price.Value)));
        return ValueTask.CompletedTask;
    }

    public ValueTask ShowBookAsync(Market market, IReadOnlyList<OthersLevel> levels)
    {
        foreach (var (side, price) in _shown.Keys.ToList()) Tell(market, side, price, 0);
        _shown.Clear();
        foreach (var level in levels)
        {
            var (price, size) = (market.TicksOf(level.Price).Value, market.StepsOf(level.Size).Value);
            _shown[(level.Side, price)] = size;
            Tell(market, level.Side, price, size);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask TakeAsync(Market market, Side side, Price limit, Size size)
    {
        _source.Tell(at => MarketEvent.Trade(
            market.Index, at, market.TicksOf(limit), market.StepsOf(size), side));
        return ValueTask.CompletedTask;
    }

    public ValueTask<Usd> BalanceAsync()
    {
        var ledger = _venue.World.Parts.Chain.Ledger;
        var account = ledger.Accounts.Find(_venue.World.Parts.Account);
        return new(new QuoteQuantums(ledger.UsdcOf(account)).ToUsd());
    }

    public ValueTask<Size> PositionAsync(Market market)
    {
        var accounts = _venue.World.Parts.Chain.Ledger.Accounts;
        var held = accounts[accounts.Find(_venue.World.Parts.Account)].QuantumsIn(market.Index);
        return new(market.SizeOf(new Steps(held / market.StepBaseQuantums)));
    }

    public ValueTask RestartAsync()
    {
        var now = Now;
        _home.Dispose();
        _log = _log.Survivor();
        _source = _source.Again();
        (_clock, _home, _venue, _running, _events) = Begin();
        Pass(now);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }

    private (VirtualClock Clock, IDisposable Home, PaperVenue Venue, Task Running,
        Channel<MarketEvent> Events) Begin()
    {
        var clock = new VirtualClock(Start);
        var home = clock.Enter();
        var venue = new PaperVenue(_source, _settings, clock, _log, VenueLife.Stream);
        return (clock, home, venue, venue.RunAsync(CancellationToken.None),
            Channel.CreateBounded<MarketEvent>(MostEvents));
    }

    /// <summary>What the venue tells is read at once: it waits for nobody.</summary>
    private void Pass(DateTimeOffset until)
    {
        var isThere = false;
        using var alarm = _clock.CreateTimer(
            _ => isThere = true, null, until - Now, Timeout.InfiniteTimeSpan);
        while (!isThere && _clock.RunInstant())
        {
            if (_running.Exception?.InnerException is { } error) throw error;
            while (_venue.Events.TryRead(out var next))
            {
                if (!_events.Writer.TryWrite(next)) throw new InvalidOperationException("Nobody reads.");
            }
        }
    }

    private void Tell(Market market, Side side, long price, long size) => _source.Tell(
        at => MarketEvent.Level(market.Index, at, side, new Ticks(price), new Steps(size)));

    private static long OracleOf(Market market, decimal price) =>
        (long)(price * Decimals.PowerOfTen(-market.OracleExponent));
}
