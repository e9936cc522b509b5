using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Simulation.Matching;

/// <summary>An order at the venue.</summary>
/// <param name="intent">The order as it arrived.</param>
internal sealed class WorkingOrder(OrderIntent intent)
{
    /// <summary>The order as it arrived.</summary>
    public OrderIntent Intent => intent;

    /// <summary>How much was filled.</summary>
    public Size Filled { get; set; }

    /// <summary>Whether its trigger was reached.</summary>
    public bool Fired { get; set; }

    /// <summary>How much may still fill.</summary>
    public Size Remaining => intent.Size - Filled;
}

/// <summary>
/// One account in the venue's own books, in the chain's integers: nothing but the fold of the reports that
/// the venue has made, so that books and reports cannot disagree and a restart reads them back.
/// </summary>
internal sealed class VenueAccount(IReadOnlyList<Market> markets)
{
    private readonly BaseQuantums[] _positions = new BaseQuantums[markets.Count];
    private readonly Dictionary<MarketId, Market> _byId = markets.ToDictionary(market => market.Id);
    private readonly HashSet<ClientOrderId> _seen = [];
    private readonly Queue<DateTimeOffset> _placements = new();

    /// <summary>USDC, without the worth of positions.</summary>
    public QuoteQuantums Quote { get; private set; }

    /// <summary>Sequence of the last report.</summary>
    public long Sequence { get; private set; }

    /// <summary>Live orders in the order of their arrival.</summary>
    public List<WorkingOrder> Orders { get; } = [];

    /// <summary>Times of placements of resting orders within the last hundred blocks.</summary>
    public IReadOnlyCollection<DateTimeOffset> Placements => _placements;

    /// <summary>The signed position in a market.</summary>
    public BaseQuantums Position(int market) => _positions[market];

    /// <summary>The signed position in a market, in steps.</summary>
    public Steps PositionSteps(Market market) =>
        new(_positions[market.Index].Value / market.StepBaseQuantums);

    /// <summary>Whether an order of this id ever arrived.</summary>
    public bool HasSeen(ClientOrderId id) => _seen.Contains(id);

    /// <summary>Whether an order of this id arrived and is over.</summary>
    public bool HasEnded(ClientOrderId id) =>
        HasSeen(id) && !Orders.Exists(order => order.Intent.ClientId == id);

    /// <summary>Whether any position is open.</summary>
    public bool HasPositions => Array.Exists(_positions, position => position.Value != 0);

    /// <summary>The account's risk at integer oracle prices.</summary>
    public AccountRisk Risk(Func<int, long> oracle)
    {
        var risk = new AccountRisk(Quote, QuoteQuantums.Zero, QuoteQuantums.Zero);
        foreach (var market in markets)
        {
            if (_positions[market.Index].Value == 0) continue;
            risk = risk.With(PositionMargin.Of(market, _positions[market.Index], oracle(market.Index)));
        }

        return risk;
    }

    /// <summary>Takes a report into the books.</summary>
    /// <exception cref="InvalidDataException">It does not follow the last one.</exception>
    public void Apply(VenueReport report)
    {
        if (report.Sequence != Sequence + 1)
        {
            throw new InvalidDataException($"Report {report.Sequence} cannot follow report {Sequence}.");
        }

        Sequence = report.Sequence;
        switch (report)
        {
            case VenueReport.Deposited deposited:
                Quote += QuoteQuantums.FromUsdRoundingDown(deposited.Amount);
                break;
            case VenueReport.Opened opened:
                _seen.Add(opened.Order.ClientId);
                Orders.Add(new WorkingOrder(opened.Order));
                if (opened.Order.IsConditional) NotePlacement(opened.At);
                break;
            case VenueReport.Rejected rejected:
                _seen.Add(rejected.ClientId);
                break;
            case VenueReport.Triggered triggered:
                Find(triggered.ClientId).Fired = true;
                break;
            case VenueReport.Filled filled:
                Find(filled.ClientId).Filled += filled.Size;
                Move(filled.Market, filled.Side, filled.Price, filled.Size, filled.Fee);
                break;
            case VenueReport.Ended ended:
                Orders.Remove(Find(ended.ClientId));
                break;
            case VenueReport.FundingPaid paid:
                Quote += QuoteQuantums.FromUsdRoundingDown(paid.Payment);
                break;
            case VenueReport.Liquidated liquidated:
                Move(liquidated.Market, liquidated.Side, liquidated.Price, liquidated.Size, liquidated.Fee);
                break;
            default:
                break;
        }
    }

    private void Move(MarketId id, Side side, Price price, Size size, Usd fee)
    {
        var market = _byId[id];
        var steps = market.StepsOf(size);
        var value = market.FillValue(market.TicksOf(price), steps);
        var moved = new BaseQuantums(market.QuantumsOf(steps).Value * side.Sign());
        _positions[market.Index] += moved;
        Quote = Quote - new QuoteQuantums(value.Value * side.Sign()) - QuoteQuantums.FromUsdRoundingDown(fee);
    }

    private void NotePlacement(DateTimeOffset at)
    {
        _placements.Enqueue(at);
        while (at - _placements.Peek() >= PlacementBudget.BlockTime * PlacementBudget.WindowBlocks)
        {
            _placements.Dequeue();
        }
    }

    private WorkingOrder Find(ClientOrderId id) =>
        Orders.Find(order => order.Intent.ClientId == id)
        ?? throw new InvalidDataException($"Order {id} is not live.");
}
