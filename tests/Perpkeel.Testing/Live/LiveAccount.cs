using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Effects;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Guards;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Testing.Live;

/// <summary>
/// One process that runs one account against an <see cref="AutoVenue"/>: session, effects behind breakers,
/// balances, executor, composed as a run composes them, without a strategy.
/// </summary>
public sealed class LiveAccount : IDisposable
{
    /// <summary>Where order ids begin.</summary>
    public static ClientOrderId FirstId { get; } = new(1_000);

    private readonly CancellationTokenSource _stop = new();
    private readonly Meter _meter = new("Perpkeel.Tests");
    private readonly ProcessGate _gate;
    private readonly AutoVenue _venue;
    private readonly MeterReadings? _meters;
    private readonly EffectRunner _effects;

    /// <summary>Composes the process on what its journal holds.</summary>
    public LiveAccount(
        AutoVenue venue, AccountEngine engine, IRecordLog log, VirtualClock clock, ILoggerFactory loggers,
        bool isMeasured)
    {
        ArgumentNullException.ThrowIfNull(venue);
        _venue = venue;
        _gate = new ProcessGate(venue);
        if (isMeasured) _meters = new MeterReadings(_meter);
        Session = new AccountSession(engine, new FactLog(log, venue.Account), clock, clock);
        Guard = new VenueHealth(
            "auto", new BreakerRules(), clock, _meter, loggers.CreateLogger<VenueHealth>());
        _effects = new EffectRunner(
            Session, new GuardedGateway(_gate, Guard), clock, loggers.CreateLogger<EffectRunner>(),
            _stop.Token);
        Board = new MarketBoard(venue.Markets);
        Desk = new AccountDesk(venue.Account, Session, Board);
        Balances = new BalanceManager(
            venue, ConfirmationRules.ForBalance, clock, _meter, loggers.CreateLogger<BalanceManager>(),
            _stop.Token);
        var leverages = new LeverageCalculator(
            venue, _ => engine.Limits.LeverageCap, ConfirmationRules.ForLeverage, clock, _meter,
            loggers.CreateLogger<LeverageCalculator>(), _stop.Token);
        Executor = new OrderExecutor(
            new VenueConfirmer(Balances, leverages, Guard), clock, loggers.CreateLogger<OrderExecutor>(),
            new ExecutionMeters(_meter));
        Executor.Add(Desk);
        Balances.Follow(Session, venue.Account);
        leverages.Follow(Session, venue.Account);
        _effects.SignalDue += (_, due) => _ = GuardAsync(ContinueAsync(due.Signal));
    }

    /// <summary>The account.</summary>
    public AccountSession Session { get; }

    /// <summary>Its prices.</summary>
    public MarketBoard Board { get; }

    /// <summary>The account as the executor reaches it.</summary>
    public AccountDesk Desk { get; }

    /// <summary>The breakers.</summary>
    public VenueHealth Guard { get; }

    /// <summary>Balances as the venue confirms them.</summary>
    public BalanceManager Balances { get; }

    /// <summary>The door for signals.</summary>
    public OrderExecutor Executor { get; }

    /// <summary>What its instruments were told.</summary>
    public MeterReadings Meters => _meters ?? throw new InvalidOperationException("Nothing is measured.");

    /// <summary>The account as its facts have made it.</summary>
    public AccountState State => Session.State;

    /// <summary>Begins, or begins again.</summary>
    public void Start()
    {
        if (Session.State.IsOpen)
        {
            Session.Note("started", new RecoveryNote("by a test"));
            Session.Resume();
            _ = GuardAsync(_effects.RecoverAsync());
        }
        else
        {
            Session.Post(new Request.Open(FirstId, "tests"));
        }

        _ = GuardAsync(HearAsync());
    }

    /// <summary>The process is gone: nothing of it reaches the venue or the journal any more.</summary>
    public void Die()
    {
        _gate.IsDead = true;
        Session.Halt(new InvalidOperationException("The process has died."));
        _stop.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Die();
        Desk.Dispose();
        _meters?.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    private Task ContinueAsync(TradeSignal signal) => Executor.ContinueAsync(Desk, signal, _stop.Token);

    private async Task HearAsync()
    {
        var reports = _venue.Subscribe(Session.State.LastVenueSequence);
        while (await reports.WaitToReadAsync(_stop.Token))
        {
            while (reports.TryRead(out var report)) Session.Post(new Request.Hear(report));
        }
    }

    private async Task GuardAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // The process has ended.
        }
        catch (Exception error) when (error is JournalException or InvalidOperationException)
        {
            Session.Halt(error);
        }
    }
}
