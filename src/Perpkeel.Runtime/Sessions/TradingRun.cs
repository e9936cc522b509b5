using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Reactive.Linq;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Effects;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Guards;
using Perpkeel.Runtime.Pipelines;
using Perpkeel.Runtime.Time;
using Perpkeel.Venues;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Runtime.Sessions;

/// <summary>What a run trades with.</summary>
public sealed record TradingSettings
{
    /// <summary>The account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>Its limits.</summary>
    public required RiskLimits Limits { get; init; }

    /// <summary>The strategy's rules.</summary>
    public required SniperRules Sniper { get; init; }

    /// <summary>Second 0: what comes earlier is shown to signals only.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Where order ids begin for a new account.</summary>
    public required ClientOrderId FirstClientId { get; init; }

    /// <summary>Whether new risk waits from the start until somebody resumes.</summary>
    public bool IsHalted { get; init; }
}

/// <summary>The venue as a run needs it: markets in, account in, orders out.</summary>
/// <param name="Markets">Markets in.</param>
/// <param name="Account">Account in.</param>
/// <param name="Orders">Orders out.</param>
/// <param name="Balances">What the venue says of accounts when it is asked.</param>
public sealed record VenuePorts(
    IMarketFeed Markets, IAccountFeed Account, IOrderGateway Orders, IAccountReader Balances);

/// <summary>
/// Market data in, protected orders out: the pipelines, one strategy and one account's session, composed. The
/// same composition serves live, paper and backtest; they differ in who supplies the ports and the time.
/// </summary>
public sealed class TradingRun : IDisposable
{
    /// <summary>Name of the meter of a run.</summary>
    public const string MeterName = "Perpkeel";

    private static readonly TimeSpan EvaluationPeriod = TimeSpan.FromSeconds(1);

    private readonly MarketHub _hub = new();
    private readonly Meter _meter = new(MeterName);
    private readonly TradingSettings _settings;
    private readonly VenuePorts _venue;
    private readonly VirtualClock _clock;
    private readonly EffectRunner _effects;
    private readonly StrategyHost<SniperState> _host;
    private readonly TrailingWatch _trailing;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly CancellationToken _cancellation;
    private readonly DateTimeOffset _mutedUntil;

    /// <summary>Composes the run and recovers the account from its journal.</summary>
    /// <exception cref="JournalException">The journal cannot be used.</exception>
    public TradingRun(
        TradingSettings settings, VenuePorts venue, IRecordLog log, VirtualClock clock,
        ILoggerFactory loggers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(venue);
        _settings = settings;
        _venue = venue;
        _clock = clock;
        _cancellation = cancellation;
        var markets = venue.Markets.Markets;
        Session = new AccountSession(
            new AccountEngine(markets, settings.Limits), new FactLog(log, settings.Account), clock, clock);
        Guard = new VenueHealth(
            settings.Account.ToString(), new BreakerRules(), clock, _meter,
            loggers.CreateLogger<VenueHealth>());
        _effects = new EffectRunner(
            Session, new GuardedGateway(venue.Orders, Guard), clock, loggers.CreateLogger<EffectRunner>(),
            cancellation);
        _effects.SignalDue += (_, due) => _ = GuardAsync(ContinueAsync(due.Signal));
        Strategy = new Sniper(settings.Sniper);
        var recovered = _mutedUntil = Session.RecoveredUntil ?? DateTimeOffset.MinValue;
        Board = new MarketBoard(markets);
        _host = new StrategyHost<SniperState>(Strategy, Session, Board, recovered);
        _trailing = new TrailingWatch(Session, Board);
        Desk = new AccountDesk(settings.Account, Session, Board);
        Balances = new BalanceManager(
            venue.Balances, ConfirmationRules.ForBalance, clock, _meter,
            loggers.CreateLogger<BalanceManager>(), cancellation);
        Leverages = new LeverageCalculator(
            venue.Balances, _ => settings.Limits.LeverageCap, ConfirmationRules.ForLeverage, clock, _meter,
            loggers.CreateLogger<LeverageCalculator>(), cancellation);
        Executor = new OrderExecutor(
            new VenueConfirmer(Balances, Leverages, Guard), clock, loggers.CreateLogger<OrderExecutor>(),
            new ExecutionMeters(_meter));
        Executor.Add(Desk);
        Processed = ViewPipeline.From(_hub.MarketData).Publish().RefCount();
        var ticks = ScorePipeline.Ticks(_hub.MarketData);
        Scores = Observable.Merge(
            ScorePipeline.From(ticks, new MomentumSignal(), 0),
            ScorePipeline.From(ticks, new VolumeSignal(), 1),
            ScorePipeline.From(ticks, new VolatilitySignal(), 2)).Publish().RefCount();
    }

    /// <summary>The account.</summary>
    public AccountSession Session { get; }

    /// <summary>The latest prices.</summary>
    public MarketBoard Board { get; }

    /// <summary>The account as an executor reaches it.</summary>
    public AccountDesk Desk { get; }

    /// <summary>The breakers of the way to the venue.</summary>
    public VenueHealth Guard { get; }

    /// <summary>Balances as the venue confirms them.</summary>
    public BalanceManager Balances { get; }

    /// <summary>Leverage as the venue confirms it.</summary>
    public LeverageCalculator Leverages { get; }

    /// <summary>The door for signals.</summary>
    public OrderExecutor Executor { get; }

    /// <summary>The strategy.</summary>
    public Sniper Strategy { get; }

    /// <summary>The strategy's host, with the latest views and scores.</summary>
    public StrategyHost<SniperState> Host => _host;

    /// <summary>All market events.</summary>
    public IObservable<MarketEvent> MarketData => _hub.MarketData;

    /// <summary>Each market's folded view, one for each event.</summary>
    public IObservable<MarketView> Processed { get; }

    /// <summary>Scores as they change.</summary>
    public IObservable<ScoreChange> Scores { get; }

    /// <summary>What the strategy decides, before the risk gate.</summary>
    public IObservable<Decision> Decisions => _host.Decisions;

    /// <summary>Market events so far.</summary>
    public long Events => _hub.Count;

    /// <summary>A failure that has to end the run, if there was one.</summary>
    public Exception? Fault => Session.Fault;

    /// <summary>
    /// Begins. On the clock's thread and with the clock entered. An account with a past is resumed: its
    /// unanswered orders are looked up, missed reports are asked for, timers are set again.
    /// </summary>
    public void Start()
    {
        _subscriptions.Add(Balances.Follow(Session, _settings.Account));
        _subscriptions.Add(Leverages.Follow(Session, _settings.Account));
        _subscriptions.Add(Processed.Subscribe(Board.OnView));
        _subscriptions.Add(Scores.Subscribe(_host.OnScore));
        _subscriptions.Add(EvaluationPipeline.From(_hub.MarketData, EvaluationPeriod, _clock)
            .Subscribe(OnEvaluation));
        if (Session.State.IsOpen)
        {
            Session.Note("started", new RecoveryNote($"resumed after fact {Session.State.Sequence}"));
            Session.Resume();
            if (_settings.IsHalted) Session.Post(Halted);
            Session.Prices = () => _clock.Now > _mutedUntil ? PricesNow() : [];
            _ = GuardAsync(RecoverAsync());
        }
        else
        {
            Session.Prices = PricesNow;
            var open = new Request.Open(_settings.FirstClientId, _venue.Markets.Source);
            _clock.CreateTimer(
                _ => Begin(open), null, _settings.StartsAt - _clock.Now, Timeout.InfiniteTimeSpan);
        }

        _ = GuardAsync(HearAsync());
        _ = GuardAsync(_hub.PumpAsync(_venue.Markets.Events, _cancellation));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
        Desk.Dispose();
        _host.Dispose();
        _hub.Dispose();
        _meter.Dispose();
    }

    /// <summary>
    /// What was missed is heard and what is due is decided first, above all that nothing new is risked after
    /// a halted start, and that no entry is sent whose stop is gone; then what has no answer is looked up.
    /// </summary>
    private async Task RecoverAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(1), _clock, _cancellation);
        await _effects.RecoverAsync();
    }

    private ImmutableArray<MarketFacts> PricesNow() =>
        Board.Prices(Session.State, _clock.Now, _settings.Limits.StaleAfter);

    private static Request.Stop Halted { get; } = new("start", "started halted");

    private void Begin(Request.Open open)
    {
        Session.Post(open);
        if (_settings.IsHalted) Session.Post(Halted);
    }

    /// <summary>
    /// The second half of a signal waits until the past has been lived again: it needs the prices of now.
    /// </summary>
    private async Task ContinueAsync(TradeSignal signal)
    {
        if (_clock.Now <= _mutedUntil)
        {
            await Task.Delay(_mutedUntil - _clock.Now + EvaluationPeriod, _clock, _cancellation);
        }

        await Executor.ContinueAsync(Desk, signal, _cancellation);
    }

    private void OnEvaluation(DateTimeOffset now)
    {
        _host.OnEvaluation(now);
        if (now > _mutedUntil) _trailing.OnEvaluation(now);
    }

    /// <summary>What fails halts the session before it decides anything more.</summary>
    [SuppressMessage("Design", "CA1031", Justification =
        "The supervisor of the run's loops: whatever ends one of them must end the session.")]
    private async Task GuardAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Session.Halt(error);
        }
    }

    private async Task HearAsync()
    {
        var reports = _venue.Account.Subscribe(Session.State.LastVenueSequence);
        while (await reports.WaitToReadAsync(_cancellation))
        {
            while (reports.TryRead(out var report)) Session.Post(new Request.Hear(report));
        }
    }
}
