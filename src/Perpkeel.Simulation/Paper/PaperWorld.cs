using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Simulation.Paper.Faults;
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

    /// <summary>The node has answered a message, or nobody has in time.</summary>
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

    private static readonly TimeSpan LeastDeadline = TimeSpan.FromSeconds(10);

    private readonly IMarketSource _source;
    private readonly IPaperListener _listener;
    private readonly WorldParts _parts;
    private readonly NodeLine _line;
    private readonly Proofs _proofs;
    private readonly FaultSpans _spans;
    private readonly AccountBooks _books;
    private readonly BlockClock _blocks;
    private readonly List<SourceEvent> _batch = [];
    private readonly DateTimeOffset _faultsUntil;
    private BlockTick _tick;
    private bool _hasEnded;
    private bool _hasNewOracle;
    private bool _votesMatter;
    private long _toldMarkets;
    private DateTimeOffset _marketsToldUntil;

    /// <summary>A world before its first instant.</summary>
    public PaperWorld(IMarketSource source, PaperSettings settings, IPaperListener listener)
    {
        _source = source;
        _listener = listener;
        _faultsUntil = settings.FaultsUntil ?? DateTimeOffset.MaxValue;
        var dice = new FaultDice(settings.Faults, settings.Seed, source.StartsAt);
        _spans = new FaultSpans(dice);
        _blocks = new BlockClock(settings.Seed ^ BlockStream, source.StartsAt, Halts());
        _tick = _blocks.Next();
        _parts = PartsOf(source, settings, dice);
        _books = new AccountBooks(_parts.Chain, source.Markets, _parts.Account, _spans);
        _line = new NodeLine(_parts, listener);
        _proofs = new Proofs(_parts);
        _parts.Agenda.Add(
            _parts.Delays.Arrival(Way.ToUs, 0, source.StartsAt), AgendaKind.Told, 0,
            _ => _parts.Tale.Deposit(settings.Deposit, source.StartsAt));
        NextFromSource();
    }

    /// <summary>The instant to which the world has come.</summary>
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Whether the source has told everything.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>The parts, for those who look into the model.</summary>
    internal WorldParts Parts => _parts;

    /// <summary>When something happens next; null when nothing will unless a message comes.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var next = _parts.Agenda.Next;
            if (Now < _source.StartsAt || (_hasEnded && !IsBusy)) return next;
            var due = IsBusy ? _tick.Time : _parts.Chain.NextDue;
            return next is { } soon && soon < due ? soon : due;
        }
    }

    /// <summary>
    /// Whether the next block has to be made in its time. Follows from what happened and not from the time
    /// to which the world was asked to go on.
    /// </summary>
    private bool IsBusy => _parts.Chain.IsBusy || _parts.Tale.AwaitsHeight || _tick.NodeRestarts
        || _hasNewOracle || _votesMatter || _parts.Chain.NextDue <= _tick.Time;

    /// <summary>Lives on up to and with a time.</summary>
    public void RunUntil(DateTimeOffset now)
    {
        while (NextDue is { } due && due <= now)
        {
            Now = due > Now ? due : Now;
            if (Now >= _faultsUntil) _parts.Dice.End();
            PassBlocks();
            if (_parts.Agenda.Next <= Now) _parts.Agenda.Do();
            LookAtMarkets();
            TellMarkets();
        }

        if (now > Now) Now = now;
    }

    /// <summary>A message leaves at its time: now, or, in a past that is lived again, later.</summary>
    public void Send(Posting posting) =>
        _parts.Agenda.Add(posting.SentAt, AgendaKind.Sent, posting.Number, _ =>
        {
            _line.Leave(posting);
            _proofs.Follow(posting);
        });

    /// <summary>The height that the node tells us at a time when we ask for the sake of a message.</summary>
    public uint HeightFor(long number, DateTimeOffset at)
    {
        PassQuietBlocks(at);
        var height = _parts.Chain.Height;
        if (_parts.Dice.Falls(FaultKind.NodeBehind, number))
        {
            height -= Math.Min(height, (uint)_parts.Dice.Between(FaultKind.NodeBehind, number, 1, 20));
        }

        return _parts.Dice.Falls(FaultKind.NodeLies, number)
            ? height + (uint)_parts.Dice.Between(FaultKind.NodeLies, number, 50, 1_000)
            : height;
    }

    /// <summary>
    /// The account as the Indexer has it at a time to which the world has come. Blocks that are only now
    /// seen to have been quiet change nothing: the world does not notice that it was looked at.
    /// </summary>
    public AccountPage PageAt(DateTimeOffset now)
    {
        PassQuietBlocks(now);
        return _books.PageAt(now);
    }

    /// <summary>What is known of an order; null where it never left.</summary>
    public TaleOrder? OrderOf(ClientOrderId id) => _parts.Tale.Find(id);

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
                DefaultFunding = MarketFunding.Default,
            })],
            new VenueParameters { Ledger = ledger }, source.StartsAt);
    }

    private WorldParts PartsOf(IMarketSource source, PaperSettings settings, FaultDice dice)
    {
        var chain = ChainOf(source, settings);
        var account = FlowAccounts.Fund(
            chain.Ledger, "paper", 0, (long)QuoteQuantums.FromUsdRoundingDown(settings.Deposit).Value);
        var agenda = new Agenda();
        var delays = new Delays(settings);
        var flow = new MarketsFlow(chain, source, account, settings.FillModel.Queue, _spans);
        var tale = new AccountTale(source.Markets, report => _listener.OnReport(report, Now));
        return new WorldParts
        {
            Agenda = agenda,
            Delays = delays,
            Dice = dice,
            Chain = chain,
            Flow = flow,
            Details = new SourceDetails(source, flow, agenda),
            Account = account,
            Indexer = new AccountIndexer(source.Markets, account),
            Tale = tale,
            Stream = new AccountStream(agenda, delays, dice, _spans, Hear),
            Markets = source.Markets.ToDictionary(market => market.Id),
            Deadline = LeastDeadline + (settings.Latency * 4),
        };
    }

    private IEnumerable<BlockPause> Halts()
    {
        const int hoursOfAYear = 8_784;
        for (var hour = 0; hour < hoursOfAYear; hour++)
        {
            if (_spans.Halt(hour) is { } span && span.From < _faultsUntil)
            {
                yield return new BlockPause(span.From, span.Until - span.From, IsHalt: true);
            }
        }
    }

    private void NextFromSource()
    {
        if (!_source.TryNext(_batch, out var at))
        {
            _hasEnded = true;
            return;
        }

        _parts.Agenda.Add(at, AgendaKind.Source, 0, Take);
        _parts.Details.ShownNext(at);
    }

    private void Take(DateTimeOffset at)
    {
        if (at < _source.StartsAt) _parts.Flow.HearPast(_batch);
        else _parts.Flow.Hear(_batch, at);
        NextFromSource();
    }

    /// <summary>The account is told something.</summary>
    private void Hear(IndexerMessage message, DateTimeOffset now)
    {
        _parts.Tale.Hear(message, now);
        if (message is IndexerMessage.Height) _proofs.Follow(now);
    }

    /// <summary>Makes the blocks whose time has come.</summary>
    private void PassBlocks()
    {
        while (_tick.Time <= Now)
        {
            _books.BeforeBlock(_tick.Time);
            if (IsBusy) MakeBlock();
            else _parts.Chain.PassQuietly(_tick.Time);
            _tick = _blocks.Next();
        }
    }

    /// <summary>Passes the blocks up to a time, until one of them has something to do.</summary>
    private void PassQuietBlocks(DateTimeOffset until)
    {
        while (_tick.Time <= until && !IsBusy)
        {
            _books.BeforeBlock(_tick.Time);
            _parts.Chain.PassQuietly(_tick.Time);
            _tick = _blocks.Next();
        }
    }

    private void MakeBlock()
    {
        var (chain, flow, tale) = (_parts.Chain, _parts.Flow, _parts.Tale);
        if (_tick.NodeRestarts) _parts.Dice.Note(FaultKind.Halt, _tick.Time);
        var block = chain.Produce(flow.InputOf(_tick));
        IndexerMessage[] node = [.. _parts.Indexer.OfNode(chain.NodeEvents, block.Time)];
        IndexerMessage[] told = [.. _parts.Indexer.OfBlock(block), .. node];
        _books.Hear(block, told);
        flow.AfterBlock(block, market => _line.IsUnderWay(market) || tale.IsAwaited(market));
        if (told.Length > 1 || tale.AwaitsHeight) _parts.Stream.Tell(block.Time, told);
        LookAtMarkets();
    }

    private void LookAtMarkets()
    {
        if (Now < _source.StartsAt) return;
        _hasNewOracle = _parts.Flow.HasNewOracle;
        _votesMatter = !_hasEnded && _parts.Flow.VotesMatter(Now);
    }

    private void TellMarkets()
    {
        if (!_parts.Flow.HasTold) return;
        var told = _parts.Flow.Take();
        if (Now < _source.StartsAt)
        {
            _listener.OnMarkets(told);
            return;
        }

        var number = ++_toldMarkets;
        var due = _spans.Held(Now, _parts.Delays.Arrival(Way.Markets, number, Now));
        if (due < _marketsToldUntil) due = _marketsToldUntil;
        _marketsToldUntil = due;
        _parts.Agenda.Add(due, AgendaKind.Told, number, _ => _listener.OnMarkets(told));
    }
}
