using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Matching;

/// <summary>
/// The venue's rules for one account: orders against the book, triggers on the oracle price, fees, hourly
/// funding, margin and liquidation, in the chain's integers. No time, no waiting, no I/O: events and
/// messages go in, reports come out.
/// </summary>
internal sealed class SimulatedExchange
{
    private readonly VenueMarket[] _markets;
    private readonly Dictionary<MarketId, VenueMarket> _byId;
    private readonly VenueAccount _account;
    private readonly OrderMatcher _matcher;
    private readonly Liquidator _liquidator;
    private readonly Action<VenueReport> _publish;

    /// <summary>Makes the exchange; each report is in the books before it is published.</summary>
    public SimulatedExchange(
        IReadOnlyList<Market> markets, VenueFees fees, Action<VenueReport> publish)
    {
        _markets = [.. markets.Select(market => new VenueMarket(market))];
        _byId = _markets.ToDictionary(market => market.Market.Id);
        _account = new VenueAccount(markets);
        _publish = publish;
        _matcher = new OrderMatcher(_account, fees, Risk, Report);
        _liquidator = new Liquidator(_account, Risk, Report);
    }

    /// <summary>The account's books.</summary>
    public VenueAccount Account => _account;

    /// <summary>The account's risk at the present oracle prices.</summary>
    public AccountRisk Risk() => _account.Risk(market => _markets[market].Oracle);

    /// <summary>Takes a report of an earlier life into the books.</summary>
    public void Restore(VenueReport report) => _account.Apply(report);

    /// <summary>Takes note of an event that was acted on in an earlier life.</summary>
    public void Observe(in SourceEvent next)
    {
        var market = _markets[next.Event.Market];
        market.Observe(next);
    }

    /// <summary>Ends the bar of an event that was acted on in an earlier life.</summary>
    public void ObserveEnd(in SourceEvent next)
    {
        if (next.Event.Kind == MarketEventKind.Candle) _markets[next.Event.Market].EndBar();
    }

    /// <summary>Removes from the book what a fill of an earlier life took.</summary>
    public void Reconsume(VenueReport report)
    {
        if (report is VenueReport.Filled filled)
        {
            var market = _byId[filled.Market];
            market.Consume(
                filled.Side, market.Market.TicksOf(filled.Price), market.Market.StepsOf(filled.Size),
                filled.Kind);
        }
        else if (report is VenueReport.Liquidated liquidated)
        {
            var market = _byId[liquidated.Market];
            market.Consume(
                liquidated.Side, market.Market.TicksOf(liquidated.Price),
                market.Market.StepsOf(liquidated.Size), FillKind.Taker);
        }
    }

    /// <summary>Money comes in.</summary>
    public void Deposit(Usd amount, DateTimeOffset at) =>
        Report(new VenueReport.Deposited { Sequence = _account.Sequence + 1, At = at, Amount = amount });

    /// <summary>Something happened in a market.</summary>
    public void OnMarket(in SourceEvent next)
    {
        var market = _markets[next.Event.Market];
        market.Observe(next);
        var concerns = _account.Orders.Count > 0 || _account.HasPositions;
        switch (next.Event.Kind)
        {
            case MarketEventKind.Trade when concerns:
                _matcher.OnTrade(market, next.Event);
                break;
            case MarketEventKind.Candle:
                if (concerns)
                {
                    _matcher.OnBar(market, next.Event);
                    _liquidator.OnBar(market, next.Event);
                }

                market.EndBar();
                break;
            case MarketEventKind.Oracle when concerns:
                _matcher.OnOracle(market, next.Event.At);
                _liquidator.OnOracle(market, next.Event.At);
                break;
            case MarketEventKind.Funding when concerns:
                OnFunding(market, next.Event);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// An order arrives. One whose id was seen before is the same order, sent again: nothing is done.
    /// </summary>
    public void OnPlace(OrderIntent order, DateTimeOffset at)
    {
        if (_account.HasSeen(order.ClientId)) return;
        if (Refusal(order, at) is var (code, message))
        {
            Report(new VenueReport.Rejected
            {
                Sequence = _account.Sequence + 1,
                At = at,
                ClientId = order.ClientId,
                Code = code,
                Message = message,
            });
            return;
        }

        Report(new VenueReport.Opened { Sequence = _account.Sequence + 1, At = at, Order = order });
        var market = _byId[order.Market];
        _matcher.OnArrival(market, _account.Orders[^1], at);
    }

    /// <summary>
    /// A cancellation arrives. One for an order that is over is harmless: its end was reported when it
    /// happened.
    /// </summary>
    public void OnCancel(ClientOrderId id, DateTimeOffset at)
    {
        if (_account.Orders.Find(live => live.Intent.ClientId == id) is { } order)
        {
            Report(new VenueReport.Ended
            {
                Sequence = _account.Sequence + 1,
                At = at,
                ClientId = id,
                Ending = OrderEnding.Cancelled,
                FilledSize = order.Filled,
            });
        }
        else if (!_account.HasSeen(id))
        {
            Report(
                new VenueReport.CancelRefused { Sequence = _account.Sequence + 1, At = at, ClientId = id });
        }
    }

    private void OnFunding(VenueMarket market, in MarketEvent next)
    {
        var position = _account.Position(market.Market.Index);
        if (position.Value == 0 || market.Oracle == 0) return;
        var delta = Funding.IndexDelta(
            market.Market, Funding.EightHourRate(next.FundingRate), market.Oracle);
        Report(new VenueReport.FundingPaid
        {
            Sequence = _account.Sequence + 1,
            At = next.At,
            Market = market.Market.Id,
            HourlyRate = next.FundingRate,
            Payment = Funding.Settle(position, delta).ToUsd(),
        });
        _liquidator.OnOracle(market, next.At);
    }

    /// <summary>
    /// The chain's own code and words where it would refuse the order; null where it would not.
    /// </summary>
    private (string Code, string Message)? Refusal(OrderIntent order, DateTimeOffset at)
    {
        if (ShapeRefusal(order) is { } malformed) return malformed;
        if (!_byId.TryGetValue(order.Market, out var market)) return ("clob/8", "no such market");
        var onGrid = order.Size.Value % market.Market.StepSize == 0m
            && order.Limit.Value % market.Market.TickSize == 0m
            && (order.Trigger?.Value ?? 0m) % market.Market.TickSize == 0m;
        if (!onGrid) return ("clob/12", "not a multiple of step or tick");
        if (order.IsConditional) return StatefulRefusal(at);
        var position = _account.PositionSteps(market.Market).Value;
        return order.ReduceOnly && Math.Sign(position) != -order.Side.Sign()
            ? ("clob/2001", "reduce-only would increase the position")
            : null;
    }

    /// <summary>What is refused whatever the market and the account, in the chain's order.</summary>
    private static (string Code, string Message)? ShapeRefusal(OrderIntent order)
    {
        if (order.Side == Side.None) return ("clob/3", "an order buys or sells");
        if (order.Size <= Size.Zero) return ("clob/4", "size must be positive");
        if (order.Limit.Value <= 0m) return ("clob/6", "limit price must be positive");
        if (order.ReduceOnly && order.Kind == OrderKind.Limit)
        {
            return ("clob/9003", "reduce-only must not rest");
        }

        return order.IsConditional && order.Trigger is not { Value: > 0m }
            ? ("clob/6001", "trigger price must be positive")
            : null;
    }

    private (string Code, string Message)? StatefulRefusal(DateTimeOffset at)
    {
        var resting = _account.Orders.Count(live => live.Intent.IsConditional);
        if (resting >= EquityTier.MostResting(Risk().NetCollateral))
        {
            return ("clob/10001", "equity tier: too many resting orders");
        }

        var recent = _account.Placements.Count(placed => at - placed < PlacementBudget.BlockTime);
        var window = PlacementBudget.BlockTime * PlacementBudget.WindowBlocks;
        var inWindow = _account.Placements.Count(placed => at - placed < window);
        return recent >= PlacementBudget.PerBlock || inWindow >= PlacementBudget.PerWindow
            ? ("clob/5001", "block rate limit of resting orders")
            : null;
    }

    private void Report(VenueReport report)
    {
        _account.Apply(report);
        _publish(report);
    }
}
