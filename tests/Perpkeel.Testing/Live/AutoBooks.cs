using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Live;

/// <summary>
/// What an <see cref="AutoVenue"/> knows of its account: money, positions, prices, reports.
/// </summary>
public sealed class AutoBooks(IReadOnlyList<Market> markets)
{
    private readonly Dictionary<MarketId, Market> _markets = markets.ToDictionary(market => market.Id);
    private readonly Dictionary<MarketId, decimal> _prices = [];
    private readonly SortedDictionary<MarketId, decimal> _positions = [];
    private readonly List<VenueReport> _reports = [];

    /// <summary>Money, without what positions are worth.</summary>
    public decimal Cash { get; private set; }

    /// <summary>Everything it has reported, in order.</summary>
    public IReadOnlyList<VenueReport> Reports => _reports;

    /// <summary>Signed sizes that are not zero.</summary>
    public IEnumerable<KeyValuePair<MarketId, decimal>> Positions =>
        _positions.Where(pair => pair.Value != 0m);

    /// <summary>The next report's place.</summary>
    internal long Next => _reports.Count + 1;

    /// <summary>A market by its name.</summary>
    public Market Market(MarketId id) => _markets[id];

    /// <summary>The oracle price of a market.</summary>
    public decimal Price(MarketId id) => _prices[id];

    /// <summary>The signed size that it holds.</summary>
    public decimal SizeIn(MarketId id) => _positions.GetValueOrDefault(id);

    /// <summary>Money and what positions are worth.</summary>
    public decimal Equity => Cash + Positions.Sum(pair => pair.Value * Price(pair.Key));

    /// <summary>The account as somebody who asks for it is told.</summary>
    public MarginPool Pool() => ScriptedReads.Cross(Equity,
    [
        .. Positions.Select(pair => ScriptedReads.Position(_markets[pair.Key], pair.Value, Price(pair.Key))),
    ]);

    internal void SetPrice(MarketId id, decimal price) => _prices[id] = price;

    internal void Pay(decimal amount) => Cash += amount;

    internal void Add(VenueReport report) => _reports.Add(report);

    /// <summary>What of an order can fill now: reduce-only is cut to the position.</summary>
    internal Size Fillable(AutoOrder order, Size wanted)
    {
        if (!order.Intent.ReduceOnly) return wanted;
        var against = SizeIn(order.Intent.Market) * -order.Intent.Side.Sign();
        return Size.Min(wanted, new Size(Math.Max(0m, against)));
    }

    /// <summary>Moves a position and the money for it; gives the fee.</summary>
    internal Usd Trade(MarketId id, Side side, Price price, Size size, decimal feeRate)
    {
        var market = _markets[id];
        var value = market.FillValue(market.TicksOf(price), market.StepsOf(size)).ToUsd();
        var fee = new Usd(decimal.Round(value.Value * feeRate, 6));
        Cash -= (value.Value * side.Sign()) + fee.Value;
        _positions[id] = SizeIn(id) + (size.Value * side.Sign());
        return fee;
    }
}
