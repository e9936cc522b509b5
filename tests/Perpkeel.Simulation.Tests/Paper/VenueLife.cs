using System.Threading.Channels;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Paper;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>One life of a venue on a virtual clock, with all that a client heard of it and when.</summary>
internal sealed class VenueLife : IDisposable
{
    public const string Stream = "venue/paper/tests";

    private readonly IDisposable _home;
    private readonly Task _venue;
    private readonly Task _reports;
    private readonly Task _events;

    public VenueLife(
        ListedSource source, MemoryRecordLog log, ScriptedTrader? trader = null,
        PaperSettings? settings = null, long heardBefore = 0)
    {
        Clock = new VirtualClock(source.BeginsAt);
        _home = Clock.Enter();
        Log = log;
        Venue = new PaperVenue(source, settings ?? new PaperSettings(), Clock, log, Stream);
        trader?.Start(Venue, Clock);
        _reports = HearAsync(Venue.Subscribe(heardBefore));
        _events = WatchAsync(Venue.Events);
        _venue = Venue.RunAsync(CancellationToken.None);
    }

    public VirtualClock Clock { get; }

    public MemoryRecordLog Log { get; }

    public PaperVenue Venue { get; }

    public List<(DateTimeOffset At, VenueReport Report, int Durable)> Heard { get; } = [];

    public List<MarketEvent> Events { get; } = [];

    public bool HasEnded => !_venue.IsCompleted && _events.IsCompletedSuccessfully;

    /// <summary>Runs until nothing is left to do, or the journal has broken off.</summary>
    public void RunToEnd(CommitFault? fault = null)
    {
        while (fault is not { IsBroken: true } && Clock.RunInstant())
        {
            if (_venue.Exception?.InnerException is { } error) throw error;
        }
    }

    /// <summary>Runs a venue until one of its commits breaks off; gives what is durable then.</summary>
    public static MemoryRecordLog Broken(ListedSource source, ScriptedTrader trader, CommitFault fault)
    {
        var log = new MemoryRecordLog(fault);
        try
        {
            using var life = new VenueLife(source, log, trader);
            life.RunToEnd(fault);
        }
        catch (JournalException) when (fault.IsBroken)
        {
            // The process has died.
        }

        return log.Survivor();
    }

    public void Dispose() => _home.Dispose();

    // Not ReadAllAsync: it leaves the clock's thread.
    private async Task HearAsync(ChannelReader<VenueReport> reports)
    {
        while (await reports.WaitToReadAsync(CancellationToken.None))
        {
            while (reports.TryRead(out var report)) Heard.Add((Clock.Now, report, Log.Durable(Stream).Count));
        }
    }

    private async Task WatchAsync(ChannelReader<MarketEvent> events)
    {
        while (await events.WaitToReadAsync(CancellationToken.None))
        {
            while (events.TryRead(out var next)) Events.Add(next);
        }
    }
}
