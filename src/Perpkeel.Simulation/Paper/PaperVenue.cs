using System.Globalization;
using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper.Post;
using Perpkeel.Venues;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation.Paper;

/// <summary>
/// The paper venue behind the port: one account on the modelled chain, on the given clock, with a journal of
/// what was sent to it and what it told. When it starts again it lives its past once more, from the source
/// and from what was sent, and goes on from there; nothing is done twice.
/// </summary>
public sealed class PaperVenue : IMarketFeed, IAccountFeed, IAccountReader, IOrderGateway, IPaperListener
{
    /// <summary>Reports that may wait for a reader; far more than orders can be in flight.</summary>
    private const int MostReports = 65_536;

    /// <summary>Market events that may wait for a reader.</summary>
    private const int MostEvents = 4_096;

    private readonly IMarketSource _source;
    private readonly TimeProvider _clock;
    private readonly ReportLog _reports;
    private readonly PaperWorld _world;
    private readonly PaperGateway _gateway;
    private readonly PaperReads _reads;
    private readonly Channel<MarketEvent> _events;
    private readonly Queue<MarketEvent> _toTell = new();
    private readonly List<VenueReport> _gathered = [];
    private readonly ITimer _alarm;
    private TaskCompletionSource _due = new();
    private Channel<VenueReport>? _heard;
    private long _heardBefore;
    private long _published;
    private long _sequence;
    private bool _areMarketsOver;

    /// <summary>Opens the venue and reads its journal back.</summary>
    /// <exception cref="JournalException">The journal cannot be used, or is of another venue.</exception>
    public PaperVenue(
        IMarketSource source, PaperSettings settings, TimeProvider clock, IRecordLog log, string stream)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        _source = source;
        _clock = clock;
        _events = Channel.CreateBounded<MarketEvent>(
            new BoundedChannelOptions(MostEvents)
            {
                FullMode = BoundedChannelFullMode.Wait,
                SingleReader = true,
            });
        _reports = new ReportLog(log, stream);
        var outbox = new Outbox(log, stream, settings.ToRecord(), source.StartsAt);
        _world = new PaperWorld(source, settings, this);
        DateTimeOffset?[] acted = [_reports.ToldUntil, LastSent(outbox.Postings)];
        ActedUntil = acted.Max();
        _gateway = new PaperGateway(outbox, _world, source.Markets, clock, ActedUntil, Arm);
        _reads = new PaperReads(_world, clock, stream);
        _world.Parts.Dice.Happened = kind => FaultHappened?.Invoke(this, new FaultEventArgs(kind));
        _alarm = clock.CreateTimer(
            _ => _due.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets => _source.Markets;

    /// <inheritdoc/>
    public string Source => _source.Description;

    /// <inheritdoc/>
    public ChannelReader<MarketEvent> Events => _events.Reader;

    /// <summary>
    /// Until when an earlier life acted; what came before is lived again. Null for a new venue.
    /// </summary>
    public DateTimeOffset? ActedUntil { get; }

    /// <summary>The model behind it.</summary>
    internal PaperWorld World => _world;

    /// <summary>
    /// A number of everything that was asked of the chain and that it told so far, in hexadecimal: equal for
    /// equal histories, in every process.
    /// </summary>
    public string ChainHash =>
        _world.Parts.Chain.HistoryHash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The chain's last block.</summary>
    public uint Height => _world.Parts.Chain.Height;

    /// <summary>Tells of each fault as it happens.</summary>
    public event EventHandler<FaultEventArgs>? FaultHappened;

    /// <summary>How often each fault has happened so far, by name.</summary>
    public IReadOnlyDictionary<string, int> FaultCounts => _world.Parts.Dice.Counts;

    /// <summary>
    /// What the chain itself has: USDC with funding settled, positions by market, and the stateful orders
    /// that stand. For those who compare; a trader hears reports.
    /// </summary>
    public (Usd Usdc, IReadOnlyList<(MarketId Market, Size Size)> Positions,
        IReadOnlyList<ClientOrderId> Orders) Books()
    {
        var (ledger, parts) = (_world.Parts.Chain.Ledger, _world.Parts);
        var account = ledger.Accounts.Find(parts.Account);
        var positions = new List<(MarketId, Size)>();
        foreach (var held in ledger.Accounts[account].Positions)
        {
            var market = Markets[held.Market];
            positions.Add((market.Id, market.SizeOf(new Steps(held.Quantums / market.StepBaseQuantums))));
        }

        var orders = parts.Chain.State.Stateful.All
            .Select(order => new ClientOrderId(order.Order.Id.ClientId));
        return (new QuoteQuantums(ledger.UsdcOf(account)).ToUsd(), positions, [.. orders.Order()]);
    }

    /// <summary>
    /// The account's orders as the chain and its node have them at this very moment, those included that
    /// wait for their block. For those who compare; a trader hears reports.
    /// </summary>
    public IReadOnlyList<StandingOrder> Orders()
    {
        var (state, parts) = (_world.Parts.Chain.State, _world.Parts);
        return
        [
            .. state.Stateful.All.Concat(state.ShortTerm.Open())
                .Where(order => order.IsLive && order.Order.Id.Subaccount == parts.Account)
                .Select(order => StandingOrder.Of(order, Markets[order.Market]))
                .OrderBy(order => order.ClientId),
        ];
    }

    /// <summary>Lets the world go on until the caller ends it; markets end with their source.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Arm();
                await _due.Task.WaitAsync(cancellation);
                _due = new TaskCompletionSource();
                _world.RunUntil(_clock.GetUtcNow());
                Publish();
                await TellAsync(cancellation);
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
        var told = Math.Max(_reports.Told, _published);
        if (afterSequence > told)
        {
            throw new JournalException(
                JournalFault.Corrupt, _reports.Stream,
                $"The account has heard {afterSequence} reports, but the venue has told only "
                    + $"{told}: the two journals do not belong together.",
                "Restore both files of the folder from one backup.");
        }

        _heard?.Writer.TryComplete();
        _heardBefore = afterSequence;
        _heard = Channel.CreateBounded<VenueReport>(
            new BoundedChannelOptions(MostReports) { FullMode = BoundedChannelFullMode.Wait });
        foreach (var missed in _reports.Read(afterSequence, _published)) Tell(_heard, missed);
        return _heard.Reader;
    }

    /// <inheritdoc/>
    public Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        return _reads.ReadAsync(account, cancellation);
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return _gateway.PlaceAsync(order.Intent, cancellation);
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return _gateway.PlaceAsync(order.Intent, cancellation);
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation) =>
        _gateway.CancelAsync(clientId, intendedAt, cancellation);

    /// <inheritdoc/>
    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation) =>
        _gateway.LookUpAsync(clientId, cancellation);

    void IPaperListener.OnMarkets(IReadOnlyList<MarketEvent> events)
    {
        foreach (var next in events) _toTell.Enqueue(next);
    }

    void IPaperListener.OnReport(VenueReport report, DateTimeOffset at)
    {
        _reports.Tell(report, at);
        _gathered.Add(report);
    }

    void IPaperListener.OnAnswer(Posting posting, TxResult result) => _gateway.OnAnswer(posting, result);

    private static DateTimeOffset? LastSent(IReadOnlyList<Posting> postings) =>
        postings.Count > 0 ? postings[^1].SentAt : null;

    /// <summary>Markets are told until nothing is left that could happen in them.</summary>
    private async Task TellAsync(CancellationToken cancellation)
    {
        while (_toTell.TryDequeue(out var next))
        {
            if (_areMarketsOver) continue;
            await _events.Writer.WriteAsync(next with { Sequence = ++_sequence }, cancellation);
        }

        if (!_world.HasEnded || _world.NextDue is not null) return;
        _areMarketsOver = true;
        _events.Writer.TryComplete();
    }

    private void Arm()
    {
        if (_world.NextDue is not { } due) return;
        var wait = due - _clock.GetUtcNow();
        _alarm.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What was told becomes durable, then it is heard.</summary>
    private void Publish()
    {
        if (_gathered.Count == 0) return;
        _reports.Commit();
        foreach (var report in _gathered)
        {
            _published = report.Sequence;
            if (report.Sequence > _heardBefore && _heard is { } heard) Tell(heard, report);
        }

        _gathered.Clear();
    }

    private static void Tell(Channel<VenueReport> heard, VenueReport report)
    {
        if (!heard.Writer.TryWrite(report))
        {
            throw new InvalidOperationException("Nobody reads the account feed: reports would be lost.");
        }
    }
}
