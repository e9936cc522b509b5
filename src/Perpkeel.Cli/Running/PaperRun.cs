using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Control;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Core.Engine;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Telemetry;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Paper;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Cli.Running;

/// <summary>
/// A paper account on the modelled chain, composed: the source, the venue with its journal, the session with
/// its own, one virtual clock for both.
/// </summary>
internal sealed class PaperRun : IDisposable
{
    /// <summary>
    /// Engine time after the last event of a recording in which what is under way comes to its end.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private readonly RunOptions _options;
    private readonly MarketChoice _markets;
    private readonly RunFolder _folder;
    private readonly TimeProvider _wall;
    private readonly CancellationTokenSource _stop = new();
    private readonly VirtualClock _clock;
    private readonly TradingSettings _settings;
    private readonly PaperVenue _venue;
    private readonly TradingRun _run;
    private readonly RunHistory _history;
    private readonly SnapshotBuilder _snapshots;
    private readonly DateTimeOffset _resumesAt;
    private readonly long _began;
    private long _rows;

    /// <summary>Composes the run and recovers both parties from their journals.</summary>
    /// <exception cref="JournalException">A journal cannot be used.</exception>
    public PaperRun(RunOptions options, MarketChoice markets, RunFolder folder, TimeProvider wall, long began)
    {
        _options = options;
        _markets = markets;
        _folder = folder;
        _wall = wall;
        _began = began;
        _clock = new VirtualClock(markets.BeginsAt);
        _settings = SettingsOf.Trading(options.Config, markets) with { IsHalted = options.IsHalted };
        _venue = new PaperVenue(
            markets.Source, SettingsOf.Venue(options.Config, options.Models), _clock, folder.Venue,
            _settings.Account.ToString());
        _run = new TradingRun(
            _settings, new VenuePorts(_venue, _venue, _venue, _venue), folder.Journal, _clock,
            NullLoggerFactory.Instance, _stop.Token);
        _history = new RunHistory(wall, markets.Source.Markets);
        _snapshots = new SnapshotBuilder(_run, _settings, _history);
        _run.Session.FactRecorded += (_, recorded) => OnFact(recorded.Fact);
        CheckAgreement();
        DateTimeOffset?[] lived =
        [
            markets.Source.StartsAt, _run.Session.RecoveredUntil, _venue.ActedUntil,
            folder.LivedUntil(_settings.Account),
        ];
        _resumesAt = lived.Max() ?? markets.Source.StartsAt;
        var account = new LiveAccount(_run, _settings, _clock, _resumesAt, options.Config.Strategy.Name);
        Control = new ControlInbox(
        [
            new OrdersHandler(account.Look), new PositionsHandler(account.Look),
            new SizeHandler(account.Look), new ExecuteHandler(account.Look, _run, _stop.Token),
            new BalanceHandler(account.Look, _run, _stop.Token),
            new LeverageHandler(account.Look, _run, _stop.Token),
            .. ((string[])[UserHandler.Stop, UserHandler.Resume, UserHandler.Flatten, UserHandler.Switch])
                .Select(kind => new UserHandler(kind, account.Look, _run, _clock)),
        ]);
        RunFile.Write(folder.Path, _settings.Account, options.Config, markets.Source.Markets);
    }

    /// <summary>Tells of each fact that is worth a line.</summary>
    public event EventHandler<LineEventArgs>? Line;

    /// <summary>Whether an account of an earlier start is continued.</summary>
    public bool IsResumed => _run.Session.RecoveredUntil is not null;

    /// <summary>Engine time at which it goes on; what lies before was lived earlier.</summary>
    public DateTimeOffset ResumesAt => _resumesAt;

    /// <summary>The account as it is.</summary>
    public AccountState State => _run.Session.State;

    /// <summary>Where others ask of this run; it answers between two instants.</summary>
    public ControlInbox Control { get; }

    /// <summary>Runs until the source, the duration or the user ends it.</summary>
    /// <param name="frame">Called between instants, a few times a second.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    public LoopEnd Run(Action frame, CancellationToken cancellation)
    {
        using var home = _clock.Enter();
        using var lines = _run.MarketData.Subscribe(OnEvent);
        _run.Start();
        _ = WatchAsync(_venue.RunAsync(_stop.Token));
        var loop = new RunLoop(_clock, _wall, _history);
        var settings = new LoopSettings
        {
            Speed = _options.Config.Run.Speed.Factor,
            PacedFrom = _resumesAt,
            Until = Until(),
            EachInstant = ThrowFault,
            Between = Control.CarryOut,
            Wake = Control.Wake,
        };
        var end = loop.Run(settings, frame, cancellation);
        if (end == LoopEnd.TimeIsUp && settings.Until == _markets.EndsAt + Settling) end = LoopEnd.Finished;
        ThrowFault();
        _run.Session.Note(
            end == LoopEnd.Finished ? "finished" : "stopped",
            new RecoveryNote($"{State.Positions.Count} positions open"));
        Control.Close();
        _stop.Cancel();
        return end;
    }

    /// <summary>The run as it is now.</summary>
    public RunSnapshot Snapshot() => _snapshots.Build(
        _markets.Source.Description, _options.Config.Run.Speed.Factor, _clock.Now, _clock.Now < _resumesAt);

    /// <summary>What the run did.</summary>
    public RunSummary Summary(LoopEnd end)
    {
        var totals = State.Totals;
        var elapsed = _wall.GetElapsedTime(_began);
        return new RunSummary
        {
            Source = _markets.Source.Description,
            Ended = end switch
            {
                LoopEnd.Finished => "finished",
                LoopEnd.TimeIsUp => "time-is-up",
                _ => "cancelled",
            },
            EngineTime = _clock.Now > State.At ? _clock.Now : State.At,
            Rows = _rows,
            Events = _run.Events,
            EventsPerSecond = (long)(_run.Events / Math.Max(elapsed.TotalSeconds, 0.001)),
            Evaluations = _run.Host.Evaluations,
            Decisions = totals.Decisions,
            Refusals = totals.Refusals,
            PlansDropped = _run.Host.Overflowed,
            Orders = totals.Orders,
            Fills = totals.Fills,
            Wins = totals.Wins,
            Losses = totals.Losses,
            OpenPositions = State.Positions.Values.Count(position => !position.Size.IsZero),
            Equity = Decimals.Text(Equity().Value),
            RealisedPnl = Decimals.Text(totals.Realised.Value),
            Fees = Decimals.Text(totals.Fees.Value),
            Funding = Decimals.Text(totals.Funding.Value),
            MaxDrawdown = Decimals.Text(State.DrawdownAt(Equity())),
            SecondsUnprotected = State.UnprotectedLateMsAt(_clock.Now) / 1_000m,
            UnprotectedP99Ms = totals.UnprotectedQuantileMs(0.99),
            Liquidations = totals.Liquidations,
            PeakMemoryBytes = Process.GetCurrentProcess().PeakWorkingSet64,
            ElapsedSeconds = decimal.Round((decimal)elapsed.TotalSeconds, 3),
            JournalRecords = State.Sequence,
            JournalHash = _run.Session.Head,
            VenueHash = _folder.Venue.Head(_settings.Account.ToString()),
            ChainHash = _venue.ChainHash,
            Blocks = _venue.Height,
            Faults = _venue.FaultCounts,
            Data = _folder.Path,
            Remarks = _markets.Remarks,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Control.Dispose();
        _run.Dispose();
        _stop.Dispose();
    }

    /// <summary>While the past is run again its prices are not today's: the last mark is.</summary>
    private Usd Equity() => _clock.Now < _resumesAt ? State.MarkedEquity : Snapshot().Account.Equity;

    private DateTimeOffset? Until()
    {
        var settled = _markets.EndsAt + Settling;
        var duration = _options.Duration is { } span ? _resumesAt + span : (DateTimeOffset?)null;
        return duration < settled ? duration : settled ?? duration;
    }

    /// <summary>
    /// A failure that halted the session ends the run within its instant: a venue that went on without its
    /// trader would live through what the trader never will.
    /// </summary>
    private void ThrowFault()
    {
        if (_run.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
    }

    /// <summary>
    /// A failure of the venue ends the run within its instant: before the session decides, and journals, on
    /// markets that stand still.
    /// </summary>
    private static async Task WatchAsync(Task venue)
    {
        try
        {
            await venue;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var failure = ExceptionDispatchInfo.Capture(error);
            SynchronizationContext.Current?.Post(_ => failure.Throw(), null);
        }
    }

    /// <summary>
    /// The venue never knows less than the account has heard of it, unless a file was exchanged.
    /// </summary>
    private void CheckAgreement()
    {
        var account = _settings.Account.ToString();
        var reports = _folder.Venue.LastSequence(account);
        if (State.LastVenueSequence <= reports && (State.Sequence > 0 || reports <= 1)) return;
        throw new JournalException(
            JournalFault.Corrupt, RunFolder.VenueOf(_folder.Path),
            $"It has {reports} reports where the account's journal beside it knows of "
            + $"{State.LastVenueSequence}: the two are not of one run.",
            "Put both files back from one backup, or choose another folder with --data.");
    }

    private void OnEvent(MarketEvent next)
    {
        if (next.Kind == MarketEventKind.Candle) _rows++;
        _history.OnEvent(next);
    }

    private void OnFact(JournaledFact fact)
    {
        _history.OnFact(fact);
        if (Line is { } line && FactWords.Of(fact) is { } words) line(this, new LineEventArgs(words));
    }
}

/// <summary>A line worth telling.</summary>
/// <param name="line">The line.</param>
internal sealed class LineEventArgs(JournalLine line) : EventArgs
{
    /// <summary>The line.</summary>
    public JournalLine Line => line;
}
