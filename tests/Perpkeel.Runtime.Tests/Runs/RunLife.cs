using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper;
using Perpkeel.Testing;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>The journals of both parties, which may break off at one of their commits.</summary>
internal sealed record RunLogs(MemoryRecordLog Session, MemoryRecordLog Venue, CommitFault Fault)
{
    public static RunLogs New(CommitFault fault) =>
        new(new MemoryRecordLog(fault), new MemoryRecordLog(fault), fault);

    /// <summary>What the next life finds.</summary>
    public RunLogs Survivors(CommitFault next) => new(Session.Survivor(next), Venue.Survivor(next), next);

    public (string Session, string Venue) Heads => (Session.Head(RunLife.Stream), Venue.Head(RunLife.Stream));
}

/// <summary>One life of the whole system, from its composition until its end or its death.</summary>
internal sealed class RunLife : IDisposable
{
    public static readonly AccountId Account = new("paper", "simulation", "tests");
    public static readonly string Stream = Account.ToString();

    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _home;
    private readonly Task _venue;

    public RunLife(
        IMarketSource source, DateTimeOffset beginsAt, RunLogs logs, List<OrderIntent>? wire = null,
        PaperSettings? venue = null, TradingSettings? settings = null)
    {
        Clock = new VirtualClock(beginsAt);
        _home = Clock.Enter();
        Venue = new PaperVenue(
            source, venue ?? new PaperSettings { Latency = TimeSpan.FromMilliseconds(20) }, Clock, logs.Venue,
            Stream);
        Run = new TradingRun(
            settings ?? Aggressive(source.StartsAt),
            new VenuePorts(Venue, Venue, new WireTap(Venue, wire ?? []), Venue),
            logs.Session, Clock, NullLoggerFactory.Instance, _stop.Token);
        Run.Start();
        _venue = Venue.RunAsync(_stop.Token);
    }

    public VirtualClock Clock { get; }

    public PaperVenue Venue { get; }

    public TradingRun Run { get; }

    /// <summary>Rules that trade as often as the placement budget allows, with close stops.</summary>
    public static TradingSettings Aggressive(DateTimeOffset startsAt) => new()
    {
        Account = Account,
        StartsAt = startsAt,
        FirstClientId = new ClientOrderId(1_000),
        Limits = new RiskLimits
        {
            Cooldown = TimeSpan.FromSeconds(2),
            DailyLoss = 1m,
            MaxDrawdown = 1m,
        },
        Sniper = new SniperRules
        {
            EnterScore = new Score(5_500),
            ExitScore = new Score(3_000),
            Confirmations = 1,
            StopDistance = 0.0004m,
            HoldFor = TimeSpan.FromSeconds(25),
        },
    };

    /// <summary>Runs instants until a time, looking in between; false when a commit was broken off.</summary>
    public bool RunUntil(
        DateTimeOffset until, CommitFault fault, Action? between = null, Func<DateTimeOffset>? end = null)
    {
        while (Clock.NextInstant() is { } next && next <= (end?.Invoke() ?? until))
        {
            Clock.RunInstant();
            if (fault.IsBroken) return false;
            if ((Run.Fault ?? _venue.Exception?.InnerException) is { } error)
            {
                throw new InvalidOperationException("The run has failed.", error);
            }

            between?.Invoke();
        }

        return true;
    }

    public void Dispose()
    {
        _stop.Cancel();
        Run.Dispose();
        _stop.Dispose();
        _home.Dispose();
    }
}
