using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// The books of all pairs: orders enter, meet each other before the ledger, and leave. What a fill or a
/// removal means to a maker is done here; what became of the order that came is the caller's.
/// </summary>
internal sealed class OrderBooks
{
    private readonly VenueState _state;
    private readonly ClobBook[] _books;
    private readonly TickGrid[] _grids;
    private readonly TradeRange[] _ranges;
    private readonly List<LiveOrder?> _slots = [];
    private readonly Stack<int> _free = new();

    /// <summary>Empty books, one a market.</summary>
    public OrderBooks(VenueState state)
    {
        _state = state;
        _books = [.. state.Markets.Select(_ => new ClobBook())];
        _grids = [.. state.Markets.Select(each => new TickGrid((uint)each.Market.SubticksPerTick))];
        _ranges = new TradeRange[_books.Length];
    }

    /// <summary>The book of a pair.</summary>
    public ClobBook this[int market] => _books[market];

    /// <summary>Bytes of the books' pools.</summary>
    public long PooledBytes => _books.Sum(book => book.PooledBytes);

    /// <summary>The lowest and the highest fill since the last block, by market.</summary>
    public TradeRange RangeOf(int market) => _ranges[market];

    /// <summary>The order in a slot, which a resting order carries as its tag.</summary>
    public LiveOrder OrderAt(long slot) => _slots[(int)slot]!;

    /// <summary>The best price of a side in subticks; 0 without one.</summary>
    public long Best(int market, Side side) => _books[market].Best(side) is { } ticks
        ? (long)_grids[market].Subticks(ticks)
        : 0;

    /// <summary>A price of a book in subticks.</summary>
    public long SubticksOf(int market, Ticks price) => (long)_grids[market].Subticks(price);

    /// <summary>A block is over: the next one's fills are counted from here.</summary>
    public void ClearRanges() => Array.Clear(_ranges);

    /// <summary>
    /// Brings an order to its book. Makers that it fills or removes are seen to; where it does not rest it
    /// is in no book afterwards, and has not ended yet.
    /// </summary>
    public Placement Enter(LiveOrder order)
    {
        if (!_grids[order.Market].TryTicks((ulong)order.Order.Subticks, out var price))
        {
            throw new ArgumentException($"{order.Order} is not on the grid.", nameof(order));
        }

        TakeSlot(order);
        var incoming = new IncomingOrder(
            order.Side, price, order.Left, order.Slot, (Book.TimeInForce)order.Order.TimeInForce);
        if (!order.IsStanding) _state.Journal.Tell(NodeEventKind.Opened, order);
        var judge = new OrderJudge(this, order);
        var placement = _books[order.Market].Place(incoming, ref judge);
        order.Handle = placement.Handle;
        if (placement.Outcome != PlaceOutcome.Resting) FreeSlot(order);
        SeeToMakers(_books[order.Market]);
        return placement;
    }

    /// <summary>Takes an order out of its book, if it rests in one.</summary>
    public void Leave(LiveOrder order)
    {
        if (order.Slot == LiveOrder.NoSlot) return;
        _ = _books[order.Market].Cancel(order.Handle, out _);
        FreeSlot(order);
    }

    /// <summary>What is left of an order in its book, in base quantums; 0 where it is in none.</summary>
    public long LeftOf(LiveOrder order) =>
        order.Slot != LiveOrder.NoSlot && _books[order.Market].TryFind(order.Handle, out var resting)
            ? resting.Quantums
            : 0;

    /// <summary>Takes so much from an order, less than is left of it; it keeps its place.</summary>
    public void Reduce(LiveOrder order, long quantums) =>
        _ = _books[order.Market].Reduce(order.Handle, quantums, out _);

    /// <summary>Offers a position to its book; gives how much was filled.</summary>
    public long Liquidate(in LiquidationOrder order)
    {
        if (!_grids[order.Market].TryTicks((ulong)order.Subticks, out var price))
        {
            throw new ArgumentException($"{order} is not on the grid.", nameof(order));
        }

        var judge = new LiquidationJudge(this, order);
        var incoming = new IncomingOrder(
            order.Side, price, order.Quantums, LiveOrder.NoSlot, Book.TimeInForce.ImmediateOrCancel);
        var placement = _books[order.Market].Place(incoming, ref judge);
        SeeToMakers(_books[order.Market]);
        return placement.Filled;
    }

    /// <summary>Everything leaves; the orders do not end by it.</summary>
    public void Clear()
    {
        foreach (var order in _slots.ToArray())
        {
            if (order is not null) Leave(order);
        }
    }

    private void TakeSlot(LiveOrder order)
    {
        if (_free.TryPop(out var slot))
        {
            _slots[slot] = order;
        }
        else
        {
            slot = _slots.Count;
            _slots.Add(order);
        }

        order.Slot = slot;
    }

    private void FreeSlot(LiveOrder order)
    {
        _slots[order.Slot] = null;
        _free.Push(order.Slot);
        order.Slot = LiveOrder.NoSlot;
    }

    /// <summary>Makers without a remainder, and those that are not fit, have left their book.</summary>
    private void SeeToMakers(ClobBook book)
    {
        foreach (ref readonly var done in book.Events)
        {
            if (done.Left > 0) continue;
            var maker = OrderAt(done.MakerTag);
            FreeSlot(maker);
            _state.End(maker, done.IsFill ? RemovalReason.FullyFilled : Removals.ReasonOf(done.Removal));
        }
    }

    /// <summary>What a fill did: counted, told, and seen by triggers.</summary>
    private void Record(
        LiveOrder? taker, LiveOrder maker, in MatchRequest match, in MatchOutcome outcome)
    {
        var isLiquidation = taker is null;
        if (taker is not null) Count(taker, match.Quantums);
        Count(maker, match.Quantums);
        _ranges[match.Market] = _ranges[match.Market].With(match.Subticks);
        var accounts = _state.Ledger.Accounts;
        _state.Journal.Filled(new ChainFill(
            match.Market, match.Side, match.Quantums, match.Subticks, outcome.Quote,
            new FillLeg
            {
                Subaccount = accounts[match.Taker].Key,
                Kind = isLiquidation ? FillKind.Liquidated : FillKind.Limit,
                Order = taker?.Order.Id,
                Fee = outcome.TakerFee,
                BuilderFee = outcome.TakerBuilderFee,
                TotalFilled = taker?.Filled ?? 0,
                Funding = outcome.TakerFunding,
            },
            new FillLeg
            {
                Subaccount = accounts[match.Maker].Key,
                Kind = isLiquidation ? FillKind.Liquidation : FillKind.Limit,
                Order = maker.Order.Id,
                Fee = outcome.MakerFee,
                BuilderFee = outcome.MakerBuilderFee,
                TotalFilled = maker.Filled,
                Funding = outcome.MakerFunding,
            }));
        _state.Journal.Touch(match.Taker);
        _state.Journal.Touch(match.Maker);
        if (taker is { IsStanding: false }) _state.Journal.Tell(NodeEventKind.Filled, taker);
        if (!maker.IsStanding) _state.Journal.Tell(NodeEventKind.Filled, maker);
    }

    private static void Count(LiveOrder order, long quantums)
    {
        order.Filled += quantums;
        order.Parent?.Filled += quantums;
    }

    private MatchRefusal UnfitMaker(int taker, LiveOrder maker)
    {
        if (maker.Account == taker) return MatchRefusal.SelfTrade;
        var rules = maker.Authenticators;
        return rules is null || _state.Keys.Has(maker.Order.Id.Subaccount.Owner, rules)
            ? MatchRefusal.None
            : MatchRefusal.PermissionedKeyExpired;
    }

    private MatchRequest RequestOf(int taker, LiveOrder maker, Side side, in MatchOffer offer) => new()
    {
        Taker = taker,
        Maker = maker.Account,
        Market = maker.Market,
        Side = side,
        Subticks = SubticksOf(maker.Market, offer.Price),
        Quantums = offer.Quantums,
        MakerFee = _state.Ledger.FeeRateOf(
            maker.Order.Id.Subaccount.Owner, maker.Market, isTaker: false),
    };

    /// <summary>Settles a fill of two orders in the ledger while it answers.</summary>
    private readonly struct OrderJudge(OrderBooks books, LiveOrder taker) : IMatchJudge
    {
        public MatchVerdict Judge(in MatchOffer offer)
        {
            var maker = books.OrderAt(offer.MakerTag);
            var unfit = books.UnfitMaker(taker.Account, maker);
            if (unfit != MatchRefusal.None) return MatchVerdict.RemoveMaker(unfit);
            var most = offer.Quantums;
            if (taker.Order.ReduceOnly) most = Math.Min(most, Reducible());
            if (most == 0) return MatchVerdict.StopTaker(MatchRefusal.ReduceOnly);

            var ledger = books._state.Ledger;
            var match = books.RequestOf(taker.Account, maker, taker.Side, offer) with
            {
                Quantums = most,
                TakerFee = ledger.FeeRateOf(taker.Order.Id.Subaccount.Owner, taker.Market, isTaker: true),
                TakerBuilder = taker.Order.Builder ?? default,
                MakerBuilder = maker.Order.Builder ?? default,
            };
            if (offer.IsTrial)
            {
                var (one, two) = MatchTrial.Of(ledger, match);
                return Removals.VerdictOf(one, two, most);
            }

            var outcome = ledger.TryMatch(match);
            if (!outcome.IsDone) return Removals.VerdictOf(outcome);
            books.Record(taker, maker, match, outcome);
            var verdict = MatchVerdict.Fill(most);
            return most < offer.Quantums ? verdict.AndStopTaker(MatchRefusal.ReduceOnly) : verdict;
        }

        /// <summary>How much of its account's position the taker's side closes.</summary>
        private long Reducible()
        {
            var held = books._state.Ledger.Accounts[taker.Account].QuantumsIn(taker.Market);
            return Math.Max(0, -held * taker.Side.Sign());
        }
    }

    /// <summary>Settles a fill of a liquidated position in the ledger while it answers.</summary>
    private readonly struct LiquidationJudge(OrderBooks books, LiquidationOrder order) : IMatchJudge
    {
        public MatchVerdict Judge(in MatchOffer offer)
        {
            var maker = books.OrderAt(offer.MakerTag);
            var unfit = books.UnfitMaker(order.Account, maker);
            if (unfit != MatchRefusal.None) return MatchVerdict.RemoveMaker(unfit);
            var match = books.RequestOf(order.Account, maker, order.Side, offer) with
            {
                MakerBuilder = maker.Order.Builder ?? default,
            };
            var outcome = books._state.Ledger.TryLiquidate(match);
            if (!outcome.IsDone) return Removals.VerdictOf(outcome);
            books.Record(null, maker, match, outcome);
            return MatchVerdict.Fill(offer.Quantums);
        }
    }
}
