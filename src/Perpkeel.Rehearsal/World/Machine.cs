using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Rehearsal.World;

/// <summary>
/// The machine on which the process runs: its clock, its disk, the lives of the process one after the other,
/// and what goes wrong with them. Users and venues live on beside it.
/// </summary>
internal sealed class Machine : IDisposable
{
    private const string Journal = "journal.db";

    private static readonly TimeSpan LeastDowntime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MostDowntime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestDowntime = TimeSpan.FromHours(3);
    private static readonly TimeSpan UpgradeTakes = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryStart = TimeSpan.FromSeconds(30);

    private readonly List<Seat> _seats = [];
    private readonly Chance _chance;
    private readonly Tally _tally;
    private readonly SimulatedDisk _disk;
    private readonly DiskTrouble _trouble;
    private CancellationTokenSource? _process;
    private SqliteRecordLog? _log;
    private CallDeath _callDeath;
    private Chance? _struck;

    /// <summary>A machine that is switched off.</summary>
    public Machine(VirtualClock clock, Chance chance, Tally tally)
    {
        Clock = clock;
        _chance = chance;
        _tally = tally;
        _disk = new SimulatedDisk(chance.Bits());
        _trouble = new DiskTrouble(_disk);
        _trouble.Happened += (_, happened) => _tally.Fault(happened.Fault.Name, _seats);
    }

    private enum CallDeath
    {
        None = 0,
        Before,
        After,
    }

    /// <summary>Time between two instants of the markets.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How much of a past the markets have.</summary>
    public static TimeSpan Past { get; } = TimeSpan.FromMinutes(65);

    /// <summary>The time of all.</summary>
    public VirtualClock Clock { get; }

    /// <summary>How many processes there have been so far.</summary>
    public int Lives { get; private set; }

    /// <summary>When the process that lives began.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>Whether a process lives.</summary>
    public bool IsAlive => _process is { IsCancellationRequested: false };

    /// <summary>Ends with the process that lives.</summary>
    public CancellationToken ProcessEnds => _process?.Token ?? new CancellationToken(canceled: true);

    /// <summary>Until when the disk makes the process stand still; null while it does not.</summary>
    public DateTimeOffset? StandsStillUntil { get; private set; }

    /// <summary>A user takes a seat; before the first start.</summary>
    public void Add(Seat seat) => _seats.Add(seat);

    /// <summary>Does something once, after a time.</summary>
    public void Alarm(TimeSpan after, Action action) => Clock.CreateTimer(
        _ => action(), null, after, Timeout.InfiniteTimeSpan);

    /// <summary>Starts the process; where that fails, again a little later.</summary>
    public void Start()
    {
        if (IsAlive) return;
        Lives++;
        BeganAt = Clock.Now;
        _process = new CancellationTokenSource();
        try
        {
            var log = _disk.Open(Journal);
            _log = log;
            foreach (var seat in _seats) Begin(seat, log);
        }
        catch (JournalException error)
        {
            _tally.FailedStarts++;
            Check(_seats[0], error);
            End(isPowerLost: false, RetryStart);
        }
    }

    /// <summary>
    /// A commit has failed or a session has halted: the process ends, as <c>perpkeel run</c> does.
    /// </summary>
    public void Fail(Seat? seat, Exception error)
    {
        Check(seat ?? _seats[0], error);
        _tally.Deaths++;
        End(isPowerLost: false, RetryStart);
    }

    /// <summary>Sees to it that what goes wrong in something that nobody awaits is found.</summary>
    public static void Supervise(Seat seat, Task task) => _ = WatchAsync(seat, task);

    /// <summary>Whether something of the process has ended it; then it is buried.</summary>
    public void LookAfter()
    {
        if (_process is null) return;
        if (_trouble.IsDead)
        {
            Die(isPowerLost: false);
            return;
        }

        foreach (var seat in _seats)
        {
            if (seat.Run?.Fault is not { } fault) continue;
            Fail(seat, fault);
            return;
        }
    }

    /// <summary>Something happens to the machine now, or soon.</summary>
    /// <param name="fault">What.</param>
    /// <param name="chance">Chance of its own, for what it does.</param>
    public void Strike(MachineFault fault, Chance chance)
    {
        if (!IsAlive) return;
        _struck = chance;
        var at = chance.Between(1, 60);
        if (fault == MachineFault.KillAtWrite) _trouble.DieAt(at);
        else if (fault == MachineFault.DiskError) _trouble.FailAt(at);
        else if (fault == MachineFault.KillAtCall)
        {
            _callDeath = chance.Percent(50) ? CallDeath.Before : CallDeath.After;
        }
        else if (fault == MachineFault.DiskFull)
        {
            _trouble.Fill();
            Alarm(chance.Between(RetryStart, TimeSpan.FromMinutes(10)), _trouble.MakeRoom);
        }
        else
        {
            _tally.Fault(fault.Name, _seats);
            StrikeNow(fault, chance);
        }
    }

    private void StrikeNow(MachineFault fault, Chance chance)
    {
        if (fault == MachineFault.Kill) Die(isPowerLost: false);
        else if (fault == MachineFault.PowerLoss) Die(isPowerLost: true);
        else if (fault == MachineFault.Upgrade) Upgrade();
        else if (fault == MachineFault.DiskSlow)
        {
            StandsStillUntil = Clock.Now + chance.Between(RetryStart / 30, RetryStart * 2 / 3);
        }
        else throw new ArgumentException($"{fault.Name} is no known fault.", nameof(fault));
    }

    /// <summary>Nothing goes wrong from now on.</summary>
    public void Mend()
    {
        _trouble.Mend();
        _callDeath = CallDeath.None;
        if (!IsAlive) Start();
    }

    /// <summary>Whether the process dies right before a call.</summary>
    public bool DiesBeforeCall()
    {
        if (_callDeath != CallDeath.Before) return false;
        Fall();
        return true;
    }

    /// <summary>Whether the process dies right after a call has left.</summary>
    public bool DiesAfterCall()
    {
        if (_callDeath != CallDeath.After) return false;
        Fall();
        return true;
    }

    /// <summary>The journal, while a process lives.</summary>
    public IRecordLog? Read() => _log;

    /// <inheritdoc/>
    public void Dispose()
    {
        Bury();
        _log?.Dispose();
        _disk.Dispose();
    }

    private void Begin(Seat seat, IRecordLog log)
    {
        seat.Line = new ProcessLine(seat, this);
        seat.Run = new TradingRun(
            seat.Trading, new VenuePorts(seat.Line, seat.Line, seat.Line, seat.Line), log, Clock,
            NullLoggerFactory.Instance, ProcessEnds);
        seat.Audit.OnBegin(seat.Run, log);
        seat.Run.Start();
    }

    /// <summary>
    /// The process falls dead within an instant: what it still does in it comes to nothing.
    /// </summary>
    private void Fall()
    {
        _callDeath = CallDeath.None;
        _tally.Fault(MachineFault.KillAtCall.Name, _seats);
        foreach (var seat in _seats) seat.Line?.Cut();
        _trouble.Die();
    }

    /// <summary>Most are started again soon; now and then nobody looks for hours.</summary>
    private void Die(bool isPowerLost)
    {
        var chance = _struck ?? _chance;
        var most = chance.Percent(5) ? LongestDowntime : MostDowntime;
        _tally.Deaths++;
        End(isPowerLost, chance.Between(LeastDowntime, most));
    }

    private void Upgrade()
    {
        try
        {
            foreach (var seat in _seats)
            {
                seat.Run?.Session.Note("stopped", new RecoveryNote("an upgrade"));
            }
        }
        catch (JournalException error)
        {
            Fail(null, error);
            return;
        }

        foreach (var seat in _seats) seat.ChangeLimits(Clock.Now);
        _log?.Dispose();
        _tally.Upgrades++;
        End(isPowerLost: false, UpgradeTakes);
    }

    private void End(bool isPowerLost, TimeSpan downtime)
    {
        // First the disk: a log that is closed in order would sync what a death loses.
        if (isPowerLost) _disk.PowerLoss();
        else _disk.ProcessKill();
        Bury();

        // The disk disposes of what its dead had open.
        _log = null;
        _trouble.Bury();
        StandsStillUntil = null;
        _callDeath = CallDeath.None;
        Alarm(downtime, Start);
    }

    private void Bury()
    {
        foreach (var seat in _seats)
        {
            seat.Line?.Cut();
            seat.Audit.OnEnd();
            seat.Run?.Session.Halt(new InvalidOperationException("The process has ended."));
        }

        _process?.Cancel();
        foreach (var seat in _seats)
        {
            seat.Run?.Dispose();
            (seat.Run, seat.Line) = (null, null);
        }

        _process?.Dispose();
        _process = null;
    }

    private void Check(Seat seat, Exception error)
    {
        if (error is not JournalException failed || !_trouble.IsCauseOf(failed)) seat.Audit.BreakOwn(error);
    }

    [SuppressMessage("Design", "CA1031", Justification =
        "The supervisor of what nobody awaits: whatever ends it is a finding, to be told with its seed.")]
    private static async Task WatchAsync(Seat seat, Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The process has ended.
        }
        catch (Exception error)
        {
            seat.Audit.BreakOwn(error);
        }
    }
}
