using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Simulation.Paper.Flow;
using Perpkeel.Simulation.Paper.Post;

namespace Perpkeel.Simulation.Paper;

/// <summary>Who hears of what happens in a paper world, at the instant at which it reaches us.</summary>
internal interface IPaperListener
{
    /// <summary>Markets told something.</summary>
    void OnMarkets(IReadOnlyList<MarketEvent> events);

    /// <summary>The account was told something.</summary>
    void OnReport(VenueReport report, DateTimeOffset at);

    /// <summary>The node has answered a message.</summary>
    void OnAnswer(Posting posting, TxResult result);
}

/// <summary>
/// The chain, its Indexer, the markets around one account and the ways between them, in virtual time. What
/// happens follows from the source, the settings and the messages that were sent, and from nothing else.
/// </summary>
/// <remarks>
/// Blocks in which nothing happens are made when something else does, before it: nobody can tell.
/// </remarks>
internal sealed class PaperWorld
{
    private const ulong BlockStream = 2_001;

    private readonly IMarketSource _source;
    private readonly PaperSettings _settings;
    private readonly IPaperListener _listener;
    private readonly Agenda _agenda = new();
    private readonly Delays _delays;
    private readonly ChainVenue _chain;
    private readonly BlockClock _blocks;
    private readonly MarketsFlow _flow;
    private readonly SubaccountKey _account;
    private readonly AccountIndexer _indexer;
    private readonly AccountTale _tale;
    private readonly Dictionary<MarketId, Market> _byId;
    private readonly Dictionary<ClientOrderId, Posting.Place> _places = [];
    private readonly List<SourceEvent> _batch = [];
    private readonly int[] _underWay;
    private BlockTick _tick;
    private bool _hasEnded;
    private bool _hasNewOracle;
    private long _told;

    /// <summary>A world before its first instant.</summary>
    public PaperWorld(IMarketSource source, PaperSettings settings, IPaperListener listener)
    {
        _source = source;
        _settings = settings;
        _listener = listener;
        _delays = new Delays(settings);
        _chain = ChainOf(source, settings);
        _blocks = new BlockClock(settings.Seed ^ BlockStream, source.StartsAt, []);
        _tick = _blocks.Next();
        _account = FlowAccounts.Fund(
            _chain.Ledger, "paper", (long)QuoteQuantums.FromUsdRoundingDown(settings.Deposit).Value);
        _flow = new MarketsFlow(_chain, source, _account, settings.FillModel.Queue);
        _indexer = new AccountIndexer(source.Markets, _account);
        _tale = new AccountTale(source.Markets, report => listener.OnReport(report, Now));
        _byId = source.Markets.ToDictionary(market => market.Id);
        _underWay = new int[source.Markets.Count];
        Now = DateTimeOffset.MinValue;
        TellAccount(source.StartsAt, at => _tale.Deposit(settings.Deposit, source.StartsAt));
        NextFromSource();
    }

    /// <summary>The instant to which the world has come.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The last block that the node has.</summary>
    public uint Height => _chain.Height;

    /// <summary>Whether the source has told everything.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>The chain.</summary>
    internal ChainVenue Chain => _chain;

    /// <summary>The account's subaccount.</summary>
    internal SubaccountKey Account => _account;

    /// <summary>When something happens next; null when nothing will unless a message comes.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var next = _agenda.Next;
            if (Now < _source.StartsAt || (_hasEnded && !IsBusy)) return next;
            var due = IsBusy ? _tick.Time : _chain.NextDue;
            return next is { } soon && soon < due ? soon : due;
        }
    }

    /// <summary>
    /// Whether the next block has to be made in its time. Follows from what happened and not from the time
    /// to which the world was asked to go on.
    /// </summary>
    private bool IsBusy => _chain.IsBusy || _tale.AwaitsHeight || _tick.NodeRestarts || _hasNewOracle
        || _chain.NextDue <= _tick.Time;

    /// <summary>Lives on up to and with a time.</summary>
    public void RunUntil(DateTimeOffset now)
    {
        while (NextDue is { } due && due <= now)
        {
            Now = due > Now ? due : Now;
            PassBlocks();
            if (_agenda.Next <= Now) _agenda.Do();
            TellMarkets();
        }

        if (now > Now) Now = now;
    }

    /// <summary>A message leaves at its time: now, or, in a past that is lived again, later.</summary>
    public void Send(Posting posting) =>
        _agenda.Add(posting.SentAt, AgendaKind.Sent, posting.Number, _ => Leave(posting));

    private void Leave(Posting posting)
    {
        if (posting is Posting.Place place)
        {
            _places[posting.ClientId] = place;
            _tale.Await(place.Order, _byId[place.Order.Market], place.GoodTilBlock);
        }

        if (MarketOf(posting) is { } market) _underWay[market.Index]++;
        var arrival = _delays.Arrival(Way.ToNode, posting.Number, posting.SentAt);
        _agenda.Add(arrival, AgendaKind.Arrival, posting.Number, at => Arrive(posting, at));
    }

    private static ChainVenue ChainOf(IMarketSource source, PaperSettings settings)
    {
        var ledger = new LedgerParameters
        {
            Seed = settings.Seed,
            Fees = settings.Fees == VenueFees.FirstTier
                ? DocumentedFees.Schedule
                : DocumentedFees.Flat(settings.Fees.Taker, settings.Fees.Maker),
        };
        return new ChainVenue(
            [.. source.Markets.Select(market => new VenueMarket
            {
                Market = market,
                DefaultFunding = VenueMarket.UsualFunding(market.MarketType),
            })],
            new VenueParameters { Ledger = ledger }, source.StartsAt);
    }

    private Market? MarketOf(Posting posting) =>
        _places.TryGetValue(posting.ClientId, out var place) ? _byId[place.Order.Market] : null;

    private void NextFromSource()
    {
        if (!_source.TryNext(_batch, out var at))
        {
            _hasEnded = true;
            return;
        }

        _agenda.Add(at, AgendaKind.Source, 0, Hear);
    }

    private void Hear(DateTimeOffset at)
    {
        if (at < _source.StartsAt) _flow.HearPast(_batch);
        else _flow.Hear(_batch, at);
        _hasNewOracle = at >= _source.StartsAt && _flow.HasNewOracle;
        NextFromSource();
    }

    /// <summary>Makes the blocks whose time has come.</summary>
    private void PassBlocks()
    {
        while (_tick.Time <= Now)
        {
            if (IsBusy) Produce();
            else _chain.PassQuietly(_tick.Time);
            _tick = _blocks.Next();
        }
    }

    private void Produce()
    {
        var block = _chain.Produce(_flow.InputOf(_tick));
        IndexerMessage[] node = [.. _indexer.OfNode(_chain.NodeEvents, block.Time)];
        IndexerMessage[] told = [.. _indexer.OfBlock(block), .. node];
        _flow.AfterBlock(
            block, _tick.NodeRestarts,
            market => _underWay[market] > 0 || _tale.IsAwaited(market));
        _hasNewOracle = _flow.HasNewOracle;
        if (told.Length > 1 || _tale.AwaitsHeight) Tell(block.Time, told);
    }

    private void Arrive(Posting posting, DateTimeOffset at)
    {
        var market = MarketOf(posting);
        var place = _places.GetValueOrDefault(posting.ClientId);
        if (market is null) throw new InvalidOperationException($"{posting} is about no order of ours.");
        _underWay[market.Index]--;
        _flow.Enter(market.Index);
        var result = _chain.Submit(OrderMap.TxOf(posting, _account, place, market));
        IndexerMessage[] node = [.. _indexer.OfNode(_chain.NodeEvents, at)];
        _flow.AfterOurs(at);
        if (node.Length > 0) Tell(at, node);
        var back = _delays.Arrival(Way.FromNode, posting.Number, at);
        _agenda.Add(back, AgendaKind.Answer, posting.Number, now => Answer(posting, result, now));
    }

    private void Answer(Posting posting, TxResult result, DateTimeOffset now)
    {
        if (!result.IsOk && !OrderMap.IsThere(result) && !OrderMap.IsForLater(result))
        {
            if (posting is Posting.Cancel) _tale.RefuseCancel(posting.ClientId, now);
            else _tale.Refuse(posting.ClientId);
        }

        _listener.OnAnswer(posting, result);
    }

    private void Tell(DateTimeOffset at, IndexerMessage[] messages) => TellAccount(at, now =>
    {
        foreach (var message in messages) _tale.Hear(message, now);
        foreach (var order in _tale.Unproven())
        {
            if (order.PassedAt == now) LookInto(order, now + Core.Orders.Outcome.ShortTermProof.ReadAfter);
        }
    });

    private void TellAccount(DateTimeOffset at, Action<DateTimeOffset> tell)
    {
        var due = _delays.Arrival(Way.ToUs, ++_told, at);
        _agenda.Add(due, AgendaKind.Told, _told, tell);
    }

    /// <summary>Looks whether an order is over, and again later where that is not proven.</summary>
    private void LookInto(TaleOrder order, DateTimeOffset at) => _agenda.Add(
        at, AgendaKind.Proof, order.Intent.ClientId.Value, now =>
        {
            var held = _chain.Ledger.Accounts[_chain.Ledger.Accounts.Find(_account)]
                .QuantumsIn(order.Market.Index);
            var position = new Steps(held / order.Market.StepBaseQuantums);
            if (order.HasEnded || order.PassedAt is null) return;
            if (!_tale.Prove(order, _chain.Height, position, now))
            {
                LookInto(order, now + Core.Orders.Outcome.ShortTermProof.ReadAfter);
            }
        });

    private void TellMarkets()
    {
        if (!_flow.HasTold) return;
        var told = _flow.Take();
        if (Now < _source.StartsAt)
        {
            _listener.OnMarkets(told);
            return;
        }

        var due = _delays.Arrival(Way.Markets, ++_told, Now);
        _agenda.Add(due, AgendaKind.Told, _told, _ => _listener.OnMarkets(told));
    }
}
