using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Matching;
using Perpkeel.Venues;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation;

/// <summary>What a simulated venue is made with.</summary>
public sealed record VenueSettings
{
    /// <summary>Fees.</summary>
    public VenueFees Fees { get; init; } = VenueFees.FirstTier;

    /// <summary>Time that a message takes, each way.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What the paper account is given at second 0.</summary>
    public Usd Deposit { get; init; } = new(10_000m);
}

/// <summary>
/// The embedded venue behind the port, for one account: a party of its own with its own journal, which it
/// reads back when it starts. A report is durable before anybody hears of it. Runs on the given clock; on a
/// virtual one its time stands still while the process is down.
/// </summary>
public sealed class SimulatedVenue : IMarketFeed, IAccountFeed, IOrderGateway
{
    /// <summary>
    /// Messages travel a fraction of a millisecond longer than they are set to, so that none arrives at the
    /// same instant as a market event: which of two things came first must never depend on a restart.
    /// </summary>
    private static readonly TimeSpan Offset = TimeSpan.FromTicks(3);

    /// <summary>Reports that may wait for a reader; far more than orders can be in flight.</summary>
    private const int MostReports = 65_536;

    private readonly IMarketSource _source;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _latency;
    private readonly VenueLog _log;
    private readonly VenuePost _post;
    private readonly HashSet<VenueMessage> _underWay = [];
    private readonly SimulatedExchange _exchange;
    private readonly Channel<MarketEvent> _events;
    private readonly Queue<VenueRecord> _earlier = new();
    private readonly List<VenueRecord> _gathered = [];
    private Channel<VenueReport>? _reports;
    private DateTimeOffset _deliveredUntil;
    private long _cursor;

    /// <summary>Opens the venue and reads its journal back.</summary>
    /// <exception cref="JournalException">The journal cannot be used.</exception>
    public SimulatedVenue(
        IMarketSource source, VenueSettings settings, TimeProvider clock, IRecordLog log, string stream)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(settings);
        _source = source;
        _clock = clock;
        _latency = settings.Latency + Offset;
        _log = new VenueLog(log, stream);
        _post = new VenuePost(log, stream);
        _exchange = new SimulatedExchange(source.Markets, settings.Fees, Gather);
        _events = Channel.CreateBounded<MarketEvent>(
            new BoundedChannelOptions(4_096) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        foreach (var record in _log.Read())
        {
            _exchange.Restore(record.Report);
            _earlier.Enqueue(record);
            ActedUntil = record.Report.At;
            ActedCursor = record.Cursor;
        }

        if (ActedUntil is null)
        {
            _exchange.Deposit(settings.Deposit, source.StartsAt);
            Publish();
        }

        foreach (var message in _post.Read())
        {
            if (!HasArrived(message)) Travel(message);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets => _source.Markets;

    /// <inheritdoc/>
    public string Source => _source.Description;

    /// <inheritdoc/>
    public ChannelReader<MarketEvent> Events => _events.Reader;

    /// <summary>
    /// Time of the last report of an earlier life; what came before is run again with effects muted.
    /// </summary>
    public DateTimeOffset? ActedUntil { get; }

    private long ActedCursor { get; }

    /// <summary>
    /// Lets the markets run until the source or the caller ends; the event channel ends with them.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var batch = new List<SourceEvent>();
        try
        {
            while (!cancellation.IsCancellationRequested && _source.TryNext(batch, out var at))
            {
                var wait = at - _clock.GetUtcNow();
                if (wait > TimeSpan.Zero) await Task.Delay(wait, _clock, cancellation);
                var first = _cursor + 1;
                foreach (var next in batch) Take(next);
                Publish();
                foreach (var next in batch)
                {
                    await _events.Writer.WriteAsync(next.Event with { Sequence = first++ }, cancellation);
                }
            }
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    /// <inheritdoc/>
    public ChannelReader<VenueReport> Subscribe(long afterSequence)
    {
        _reports = Channel.CreateBounded<VenueReport>(
            new BoundedChannelOptions(MostReports) { FullMode = BoundedChannelFullMode.Wait });
        if (afterSequence > _exchange.Account.Sequence)
        {
            throw new JournalException(
                JournalFault.Corrupt, _log.Stream,
                $"The account has heard {afterSequence} reports, but the venue has made only "
                    + $"{_exchange.Account.Sequence}: the two journals do not belong together.",
                "Restore both files of the folder from one backup.");
        }

        foreach (var record in _log.Read())
        {
            if (record.Report.Sequence > afterSequence) Deliver(record.Report);
        }

        return _reports.Reader;
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellation.ThrowIfCancellationRequested();
        return SendAsync(new VenueMessage.Place(order.Intent));
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellation.ThrowIfCancellationRequested();
        return SendAsync(new VenueMessage.Place(order.Intent));
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return SendAsync(new VenueMessage.Cancel(clientId, intendedAt));
    }

    /// <inheritdoc/>
    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var isUnderWay = _underWay.Any(
            message => message is VenueMessage.Place && message.ClientId == clientId);
        var answer = _exchange.Account.HasSeen(clientId)
            ? new LookUp(OrderPresence.Known, "the venue's books have the order")
            : isUnderWay ? new LookUp(OrderPresence.Known, "the order is on its way to the venue")
            : new LookUp(OrderPresence.Absent, "the venue's books never had the order");
        return Task.FromResult(Result<LookUp, VenueError>.Ok(answer));
    }

    /// <summary>A message that is under way, or has arrived, is not sent a second time.</summary>
    private Task<Result<Taken, VenueError>> SendAsync(VenueMessage message)
    {
        if (!_underWay.Contains(message) && !HasArrived(message))
        {
            _post.Send(message);
            Travel(message);
        }

        return Task.FromResult(Result<Taken, VenueError>.Ok(new Taken(message.ClientId)));
    }

    private bool HasArrived(VenueMessage message) => message is VenueMessage.Cancel
        ? _exchange.Account.HasEnded(message.ClientId)
        : _exchange.Account.HasSeen(message.ClientId);

    private void Travel(VenueMessage message)
    {
        _underWay.Add(message);

        // With a shorter latency than it was sent with, it does not arrive in a past that has been lived.
        var arrival = message.SentAt + _latency;
        At(arrival < ActedUntil ? ActedUntil.Value : arrival, at =>
        {
            _underWay.Remove(message);
            if (message is VenueMessage.Place place) _exchange.OnPlace(place.Order, at);
            else _exchange.OnCancel(message.ClientId, at);
        });
    }

    /// <summary>One event: acted on, or only noted when an earlier life acted on it.</summary>
    private void Take(in SourceEvent next)
    {
        _cursor++;
        if (_cursor > ActedCursor)
        {
            _exchange.OnMarket(next);
        }
        else
        {
            _exchange.Observe(next);
        }

        // What an earlier life took from the book after this event is not there a second time.
        while (_earlier.TryPeek(out var record) && record.Cursor <= _cursor)
        {
            _exchange.Reconsume(_earlier.Dequeue().Report);
        }

        if (_cursor <= ActedCursor) _exchange.ObserveEnd(next);
    }

    private void At(DateTimeOffset due, Action<DateTimeOffset> act)
    {
        var wait = due - _clock.GetUtcNow();
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        ITimer? timer = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                act(_clock.GetUtcNow());
                Publish();
            },
            null, wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A report belongs to the event that made it, not to the last one of its instant.</summary>
    private void Gather(VenueReport report) => _gathered.Add(new VenueRecord(_cursor, report));

    /// <summary>Makes what was gathered durable, then lets it travel.</summary>
    private void Publish()
    {
        if (_gathered.Count == 0) return;
        foreach (var record in _gathered) _log.Append(record);
        _log.Commit();
        foreach (var record in _gathered) Deliver(record.Report);

        _gathered.Clear();
    }

    private void Deliver(VenueReport report)
    {
        if (_reports is not { } reports) return;
        // In the order of their making, whatever the latency was when they were made.
        var due = report.At + _latency;
        if (due > _deliveredUntil) _deliveredUntil = due;
        var wait = _deliveredUntil - _clock.GetUtcNow();
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        ITimer? timer = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                if (reports.Writer.TryWrite(report)) return;
                throw new InvalidOperationException("Nobody reads the account feed: reports would be lost.");
            },
            null, wait, Timeout.InfiniteTimeSpan);
    }
}
