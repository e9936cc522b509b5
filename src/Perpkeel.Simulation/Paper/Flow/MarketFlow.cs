using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>
/// One market as the source tells it, brought to the chain while the paper account is in it, and told to
/// everybody: from the source while nobody of ours is there, else from the chain's own book and fills.
/// </summary>
internal sealed class MarketFlow
{
    private static readonly TimeSpan ConfirmEvery = TimeSpan.FromSeconds(10);

    private readonly Market _market;
    private readonly VenueMarket _rules;
    private readonly StandingBook _standing;
    private readonly DepthBook _source = new();
    private readonly DepthBook _told = new();
    private readonly DepthBook _chain = new();
    private readonly List<(Side Side, long Ticks, long Steps)> _takers = [];
    private readonly VenueState _state;
    private readonly FlowAccounts _accounts;
    private long _oracle;
    private DateTimeOffset _oracleToldAt;
    private long _crossed;

    /// <summary>A market of which nothing is known yet.</summary>
    public MarketFlow(VenueState state, int index, QueueRule rule)
    {
        _state = state;
        _rules = state.Markets[index];
        _market = _rules.Market;
        _accounts = new FlowAccounts(state.Ledger, index);
        _standing = new StandingBook(state, index, _accounts, rule);
    }

    /// <summary>Whether the paper account has an order or a position here.</summary>
    public bool IsEntered { get; private set; }

    private bool IsOpen => _state.Ledger.Markets[_market.Index].Status == ClobPairStatus.Active;

    /// <summary>The oracle price that the next block should have; null where it has it already.</summary>
    public long? NewOracle
    {
        get
        {
            var next = (long)((Int128)_oracle * (Ppm.One + OracleShiftPpm) / Ppm.One);
            var known = _state.Ledger.Markets[_market.Index].OraclePrice;
            var isWorthIt = (Int128)Math.Abs(next - known) * Ppm.One
                >= (Int128)known * _rules.LeastPriceChange.Value;
            return next > 0 && next != known && isWorthIt ? next : null;
        }
    }

    /// <summary>By how much a fault moves the oracle price, in millionths.</summary>
    public long OracleShiftPpm { get; set; }

    /// <summary>Makers offer single lots, or no longer.</summary>
    public void OfferSingleLots(bool isOffered) => _standing.OffersSingleLots = isOffered;

    /// <summary>The shift, in millionths, with which the oracle comes to a price.</summary>
    public long ShiftTo(Price price)
    {
        var wanted = price.Value / Decimals.PowerOfTen(_market.OracleExponent);
        return _oracle > 0 ? (long)((wanted / _oracle * Ppm.One) - Ppm.One) : 0;
    }

    /// <summary>Tells a bid above the ask, or takes that back; whether it tells one now.</summary>
    public bool Cross(bool isCrossed, DateTimeOffset at, ICollection<MarketEvent> told)
    {
        if (isCrossed == (_crossed > 0) || _told.Asks.Best == 0) return _crossed > 0;
        var price = isCrossed ? _told.Asks.Best + 1 : _crossed;
        _crossed = isCrossed ? price : 0;
        if (IsEntered) TellBook(at, told);
        else TellLevel(price, isCrossed ? 1 : _source.Bids.SizeAt(price), at, told);
        return isCrossed;
    }

    /// <summary>
    /// The premium for which a proposer votes: seen from the chain's book where it is kept, else from what
    /// the source tells of it.
    /// </summary>
    public Ppm PremiumOf(ChainVenue chain)
    {
        if (IsEntered) return chain.PremiumOf(_market.Index);
        var funding = _state.Ledger.Funding;
        var (bid, ask) = (Subticks(_source.Bids.Best), Subticks(_source.Asks.Best));
        if (_state.Ledger.Markets[_market.Index].OraclePrice == 0) return default;
        if (!funding.IsOutside(_market.Index, bid, ask)) return default;
        return funding.PremiumOf(_market.Index, Probe.Of(_market, _source)).TryGet(out var premium, out _)
            ? premium
            : default;
    }

    /// <summary>The source tells something.</summary>
    public void Hear(in SourceEvent next, ICollection<MarketEvent> told)
    {
        var heard = next.Event;
        switch (heard.Kind)
        {
            case MarketEventKind.Quote or MarketEventKind.Level:
                _source.Apply(heard);
                break;
            case MarketEventKind.Oracle:
                _oracle = heard.OraclePrice;
                if (!next.IsDetail) Confirm(heard.At, told);
                break;
            case MarketEventKind.Trade when IsEntered:
                _takers.Add((TakerOf(heard), heard.Last.Value, heard.Volume.Value));
                break;
            case MarketEventKind.Candle:
                told.Add(heard);
                return;
            default:
                break;
        }

        if (IsEntered || next.IsDetail) return;
        if (heard.Kind == MarketEventKind.Trade) told.Add(heard);
        else if (heard.Kind is MarketEventKind.Quote or MarketEventKind.Level) Tell(heard, told);
    }

    /// <summary>
    /// All of an instant was heard: takers trade in the book as it was, then makers move; a source tells the
    /// book that its trades leave.
    /// </summary>
    public void EndInstant(DateTimeOffset at, ICollection<MarketEvent> told)
    {
        if (!IsEntered) return;
        _standing.Absorb(_source);
        if (!IsOpen)
        {
            _standing.Clear();
        }
        else if (_state.IsReady)
        {
            foreach (var (side, ticks, steps) in _takers) _standing.Take(side, ticks, steps);
            _standing.Follow(_source);
        }

        // While the chain stands still nobody trades on it: what the market does then is only remembered.
        _takers.Clear();
        TellBook(at, told);
    }

    /// <summary>The paper account comes: the market around it comes to the chain.</summary>
    public void Enter()
    {
        if (IsEntered || !IsOpen) return;
        IsEntered = true;
        _standing.Follow(_source);
    }

    /// <summary>Orders of ours, or a block, may have changed the chain's book.</summary>
    public void AfterOurs(DateTimeOffset at, ICollection<MarketEvent> told)
    {
        if (!IsEntered) return;
        _standing.Absorb(_source);
        TellBook(at, told);
    }

    /// <summary>
    /// The paper account has nothing here any more: the chain's book is not followed further.
    /// </summary>
    public void Leave(DateTimeOffset at, ICollection<MarketEvent> told)
    {
        if (!IsEntered) return;
        IsEntered = false;
        _standing.Clear();
        _takers.Clear();
        Settle();
        _told.Become(_source, _market.Index, at, told);
    }

    /// <summary>
    /// Somebody takes everything down to, or up to, an order of ours, and the order itself.
    /// </summary>
    public void TakeResting(OrderIntent order)
    {
        var limit = _market.TicksOf(order.Limit);
        var quantums = 0L;
        foreach (var level in _state.Books[_market.Index].Levels(order.Side))
        {
            if (order.Side == Side.Buy ? level.Price < limit : level.Price > limit) break;
            quantums += (long)level.Quantums;
        }

        _standing.Take(order.Side.Opposite(), limit.Value, quantums / _market.StepBaseQuantums);
    }

    /// <summary>Makers and takers close against each other what they hold.</summary>
    public void Settle() => _accounts.Settle(_state, _market.Index);

    /// <summary>The node has started anew: the others come again.</summary>
    public void Restart()
    {
        if (!IsEntered) return;
        _standing.Clear();
        if (IsOpen) _standing.Follow(_source);
    }

    /// <summary>The oracle price that the chain has.</summary>
    public void TellOracle(long price, DateTimeOffset at, ICollection<MarketEvent> told)
    {
        _oracleToldAt = at;
        told.Add(MarketEvent.Oracle(_market.Index, at, price));
    }

    /// <summary>A fill that a block tells of.</summary>
    public void Tell(ChainFill fill, DateTimeOffset at, ICollection<MarketEvent> told)
    {
        if (fill.Subticks == 0) return;
        told.Add(MarketEvent.Trade(
            _market.Index, at, new Ticks(fill.Subticks / _market.SubticksPerTick),
            new Steps(fill.Quantums / _market.StepBaseQuantums), fill.Side));
    }

    /// <summary>
    /// An oracle price that has not changed enough for a block still holds: it is told again from time to
    /// time, so that nobody takes it for old.
    /// </summary>
    private void Confirm(DateTimeOffset at, ICollection<MarketEvent> told)
    {
        var price = _state.Ledger.Markets[_market.Index].OraclePrice;
        if (price == 0 || at - _oracleToldAt < ConfirmEvery) return;
        TellOracle(price, at, told);
    }

    private void Tell(in MarketEvent heard, ICollection<MarketEvent> told)
    {
        _told.Apply(heard);
        told.Add(heard);
    }

    private void TellLevel(long price, long steps, DateTimeOffset at, ICollection<MarketEvent> told) => Tell(
        MarketEvent.Level(_market.Index, at, Side.Buy, new Ticks(price), new Steps(steps)), told);

    private void TellBook(DateTimeOffset at, ICollection<MarketEvent> told)
    {
        Read(Side.Buy);
        Read(Side.Sell);
        if (_crossed > 0) _chain.Bids.Set(_crossed, 1);
        _told.Become(_chain, _market.Index, at, told);
    }

    private void Read(Side side)
    {
        _chain[side].Clear();
        foreach (var level in _state.Books[_market.Index].Levels(side))
        {
            _chain[side].Set(level.Price.Value, (long)level.Quantums / _market.StepBaseQuantums);
        }
    }

    /// <summary>Who took, where the recording does not say: whoever had to cross the middle.</summary>
    private Side TakerOf(in MarketEvent trade) =>
        trade.Side != Side.None ? trade.Side
        : trade.Last.Value * 2 >= _source.Bids.Best + _source.Asks.Best ? Side.Buy
        : Side.Sell;

    private long Subticks(long ticks) => ticks * _market.SubticksPerTick;
}
