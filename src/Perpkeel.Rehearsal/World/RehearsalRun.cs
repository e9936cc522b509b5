using System.Diagnostics.CodeAnalysis;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.Reports;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Storage.Journal;

namespace Perpkeel.Rehearsal.World;

/// <summary>
/// One rehearsal of the whole system: users, venues and a machine in one virtual time, on one thread, out of
/// one number.
/// </summary>
public sealed class RehearsalRun : IDisposable
{
    private const ulong MachineStream = 900;
    private const ulong FaultStream = 901;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(3);

    /// <summary>Far more than the busiest instant has; a circle reaches it in a second.</summary>
    private const long Circle = 1_000_000;

    private readonly RehearsalPlan _plan;
    private readonly VirtualClock _clock = new(RehearsalPlan.StartsAt - Machine.Past) { MostAtOnce = Circle };
    private readonly Tally _tally;
    private readonly SimulatedDisk _venueDisk;
    private readonly SqliteRecordLog _venueLog;
    private readonly List<Seat> _seats = [];
    private readonly Machine _machine;
    private readonly Chance _faults;
    private readonly CancellationTokenSource _end = new();

    private RehearsalRun(RehearsalPlan plan, Action<string>? trace)
    {
        _plan = plan;
        _tally = new Tally { Trace = trace };
        var random = new SeededRandom(plan.Seed);
        _machine = new Machine(_clock, new Chance(random.Fork(MachineStream)), _tally);
        _faults = new Chance(random.Fork(FaultStream));
        _venueDisk = new SimulatedDisk(plan.Seed);
        _venueLog = _venueDisk.Open("venues.db");
    }

    /// <summary>Lives through a plan, to its end or to the first thing that does not hold.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trace">
    /// Takes a line for each fact, message and fault; null where nobody reads them.
    /// </param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    public static RehearsalResult Of(
        RehearsalPlan plan, Action<string>? trace, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var run = new RehearsalRun(plan, trace);
        return run.Live(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _machine.Dispose();
        _venueLog.Dispose();
        _venueDisk.Dispose();
        _end.Dispose();
    }

    private RehearsalResult Live(CancellationToken cancellation)
    {
        using var home = _clock.Enter();
        var numbers = _plan.Alone is { } one ? [one] : Enumerable.Range(0, _plan.Accounts);
        foreach (var number in numbers)
        {
            var seat = new Seat(_plan, number, _machine, _venueLog, _tally);
            _seats.Add(seat);
            _machine.Add(seat);
        }

        foreach (var seat in _seats)
        {
            Machine.Supervise(seat, seat.Venue.RunAsync(_end.Token));
            Machine.Supervise(seat, seat.Tap.PumpAsync(_end.Token));
        }

        _machine.Start();
        At(RehearsalPlan.StartsAt, Begin);
        At(_plan.FaultsUntil, _machine.Mend);
        foreach (var seat in _seats)
        {
            At(_plan.SettledAt - Calm, seat.Operator.Stop);
            At(_plan.SettledAt, () => Rest(seat, _plan.SettledAt + Calm));
        }

        RunUntil(_plan.EndsAt, cancellation);
        if (_tally.Breach is null)
        {
            foreach (var seat in _seats) seat.Audit.OnOver();
        }

        return Result();
    }

    private void Begin()
    {
        foreach (var seat in _seats)
        {
            foreach (var caller in seat.Callers) caller.Begin(_plan.FaultsUntil);
            seat.Operator.Begin(_plan.FaultsUntil);
        }

        for (var hour = 0; hour < _plan.Hours; hour++) Plan(hour);
        EveryLook();
    }

    /// <summary>What happens to the machine in an hour depends on the hour alone.</summary>
    private void Plan(int hour)
    {
        foreach (var fault in MachineFault.All)
        {
            var chance = _faults.Fork((ulong)MachineFault.All.IndexOf(fault)).Fork((ulong)hour);
            if (!chance.Falls(_plan.Faults.ChanceOf(fault))) continue;
            var within = chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            At(
                RehearsalPlan.StartsAt + TimeSpan.FromHours(hour) + within,
                () => _machine.Strike(fault, chance));
        }
    }

    private void EveryLook()
    {
        if (_machine.IsAlive)
        {
            foreach (var seat in _seats) seat.Audit.OnLook();
        }

        _machine.Alarm(LookEvery, EveryLook);
    }

    /// <summary>
    /// Stops may fire and prices pass at any instant: both parties have to agree at one of them soon.
    /// </summary>
    private void Rest(Seat seat, DateTimeOffset until)
    {
        if (_clock.Now < until && !seat.Audit.IsAtRest())
        {
            _machine.Alarm(LookEvery, () => Rest(seat, until));
            return;
        }

        seat.Audit.OnRest();
        seat.Operator.Flatten();
    }

    private void At(DateTimeOffset time, Action action) =>
        _machine.Alarm(time > _clock.Now ? time - _clock.Now : TimeSpan.Zero, action);

    [SuppressMessage("Design", "CA1031", Justification =
        "The supervisor of the rehearsed process: whatever ends it is a finding, to be told with its seed.")]
    private void RunUntil(DateTimeOffset until, CancellationToken cancellation)
    {
        while (_tally.Breach is null && _clock.NextInstant() is { } next && next <= until)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _clock.RunInstant();
                _machine.LookAfter();
            }
            catch (Exception error)
            {
                _machine.Fail(null, error);
            }
        }
    }

    private RehearsalResult Result()
    {
        // What every account's journal and every chain has become is all that has happened.
        var streams = _seats.Select(seat => seat.Account.ToString()).ToList();
        var log = _machine.Read();
        var heads = streams.Select(stream => log?.Head(stream) ?? string.Empty).ToList();
        var hash = RehearsalHash.Of(
        [
            .. heads, .. streams.Select(_venueLog.Head), .. _seats.Select(seat => seat.Venue.ChainHash),
            $"{_tally.Facts} {_tally.Checks} {_tally.Deaths}", _tally.Breach?.Message ?? string.Empty,
        ]);
        return RehearsalResult.Of(_plan, _tally, hash, [.. heads], _clock.Now);
    }
}
