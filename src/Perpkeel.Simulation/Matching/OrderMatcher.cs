using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Simulation.Matching;

/// <summary>
/// Fills orders. An order that takes walks the book within its limit. A resting limit order fills only when
/// the market trades through it by a tick. Stops and targets wake on the oracle price; within a recorded
/// bar, whose path is unknown, one that touches both wakes the stop.
/// </summary>
internal sealed class OrderMatcher(
    VenueAccount account, VenueFees fees, Func<AccountRisk> risk, Action<VenueReport> report)
{
    /// <summary>An order has arrived and is in the books.</summary>
    public void OnArrival(VenueMarket market, WorkingOrder order, DateTimeOffset at)
    {
        if (!order.Intent.IsConditional)
        {
            Take(market, order, at);
        }
        else if (IsReached(order.Intent, market.OraclePrice))
        {
            Fire(market, order, market.OraclePrice, at);
            Take(market, order, at);
        }
    }

    /// <summary>Somebody traded: resting limit orders that were traded through are filled.</summary>
    public void OnTrade(VenueMarket market, in MarketEvent trade)
    {
        var left = trade.Volume;
        foreach (var order in Of(market, resting: true))
        {
            if (left.Value <= 0) return;
            if (!IsThrough(market.Market, order, trade.Last, trade.Last)) continue;
            left -= Rest(market, order, left, trade.At);
        }
    }

    /// <summary>The oracle price has changed: stops first, then targets.</summary>
    public void OnOracle(VenueMarket market, DateTimeOffset at)
    {
        foreach (var order in Conditionals(market))
        {
            if (!account.Orders.Contains(order) || !IsReached(order.Intent, market.OraclePrice)) continue;
            Fire(market, order, market.OraclePrice, at);
            Take(market, order, at);
        }
    }

    /// <summary>A recorded bar has ended: what it touched is filled, within the bar's budget.</summary>
    public void OnBar(VenueMarket market, in MarketEvent bar)
    {
        var stopTouched = false;
        foreach (var order in Conditionals(market))
        {
            if (!account.Orders.Contains(order)) continue;
            var isStop = order.Intent.Kind == OrderKind.StopMarket;
            if ((!isStop && stopTouched) || !IsTouched(market.Market, order.Intent, bar)) continue;
            stopTouched |= isStop;
            var (reached, price) = PriceInBar(market, order.Intent, bar);
            Fire(market, order, market.Market.PriceOf(reached), bar.At);
            TakeAt(market, order, [new BookLevel(price, market.Budget ?? bar.Volume)], bar.At);
        }

        foreach (var order in Of(market, resting: true))
        {
            if (IsThrough(market.Market, order, bar.Low, bar.High))
            {
                Rest(market, order, market.Budget ?? bar.Volume, bar.At);
            }
        }
    }

    private void Fire(VenueMarket market, WorkingOrder order, Price oracle, DateTimeOffset at) =>
        report(new VenueReport.Triggered
        {
            Sequence = account.Sequence + 1,
            At = at,
            ClientId = order.Intent.ClientId,
            Oracle = market.Market.FloorToTick(oracle.Value),
        });

    private void Take(VenueMarket market, WorkingOrder order, DateTimeOffset at) =>
        TakeAt(
            market, order, market.Offers(order.Intent.Side, market.Market.TicksOf(order.Intent.Limit)), at);

    private void TakeAt(
        VenueMarket market, WorkingOrder order, IEnumerable<BookLevel> offers, DateTimeOffset at)
    {
        var ending = OrderEnding.RestDropped;
        var limit = market.Market.TicksOf(order.Intent.Limit);
        foreach (var offer in offers)
        {
            var beyond = order.Intent.Side == Side.Buy ? offer.Price > limit : offer.Price < limit;
            if (beyond || order.Remaining.IsZero) break;
            var wanted = Wanted(market.Market, order);
            var size = Steps.Min(wanted, offer.Size);
            if (wanted.Value == 0)
            {
                ending = OrderEnding.ReduceOnly;
                break;
            }

            if (size.Value <= 0) break;
            if (!CanCarry(market, order.Intent, offer.Price, size, fees.Taker))
            {
                ending = OrderEnding.Undercollateralized;
                break;
            }

            Fill(market, order, offer.Price, size, FillKind.Taker, at);
        }

        if (order.Remaining.IsZero) ending = OrderEnding.Filled;
        else if (order.Intent.ReduceOnly && Wanted(market.Market, order).Value == 0)
            ending = OrderEnding.ReduceOnly;
        else if (order.Intent.Kind == OrderKind.Limit && ending == OrderEnding.RestDropped) return;
        End(order, ending, at);
    }

    private Steps Rest(VenueMarket market, WorkingOrder order, Steps most, DateTimeOffset at)
    {
        var size = Steps.Min(market.Market.StepsOf(order.Remaining), most);
        if (size.Value <= 0) return default;
        var price = market.Market.TicksOf(order.Intent.Limit);
        if (!CanCarry(market, order.Intent, price, size, fees.Maker))
        {
            End(order, OrderEnding.Undercollateralized, at);
            return default;
        }

        Fill(market, order, price, size, FillKind.Maker, at);
        if (order.Remaining.IsZero) End(order, OrderEnding.Filled, at);
        return size;
    }

    private void Fill(
        VenueMarket market, WorkingOrder order, Ticks price, Steps size, FillKind kind, DateTimeOffset at)
    {
        var rate = kind == FillKind.Maker ? fees.Maker : fees.Taker;
        market.Consume(order.Intent.Side, price, size, kind);
        report(new VenueReport.Filled
        {
            Sequence = account.Sequence + 1,
            At = at,
            ClientId = order.Intent.ClientId,
            Market = market.Market.Id,
            Side = order.Intent.Side,
            Price = market.Market.PriceOf(price),
            Size = market.Market.SizeOf(size),
            Fee = TradingFee.Of(market.Market.FillValue(price, size), rate).ToUsd(),
            Kind = kind,
        });
    }

    private void End(WorkingOrder order, OrderEnding ending, DateTimeOffset at) =>
        report(new VenueReport.Ended
        {
            Sequence = account.Sequence + 1,
            At = at,
            ClientId = order.Intent.ClientId,
            Ending = ending,
            FilledSize = order.Filled,
        });

    /// <summary>
    /// How much an order may fill now: what is left of it, cut to the position if it may only reduce.
    /// </summary>
    private Steps Wanted(Market market, WorkingOrder order)
    {
        var remaining = market.StepsOf(order.Remaining);
        if (!order.Intent.ReduceOnly) return remaining;
        var against = account.PositionSteps(market).Value * -order.Intent.Side.Sign();
        return Steps.Min(remaining, new Steps(Math.Max(0, against)));
    }

    /// <summary>
    /// Whether the account stays collateralised, or its risk does not rise, when the fill is made.
    /// </summary>
    private bool CanCarry(VenueMarket market, OrderIntent order, Ticks price, Steps size, Ppm rate)
    {
        var id = market.Market;
        var before = risk();
        var held = account.Position(id.Index);
        var moved = new BaseQuantums(id.QuantumsOf(size).Value * order.Side.Sign());
        var value = id.FillValue(price, size).Value * order.Side.Sign();
        var fee = TradingFee.Of(id.FillValue(price, size), rate);
        var old = PositionMargin.Of(id, held, market.Oracle);
        var next = PositionMargin.Of(id, held + moved, market.Oracle);
        var after = new AccountRisk(
            before.NetCollateral - old.Value + next.Value - new QuoteQuantums(value) - fee,
            before.Initial - old.Initial + next.Initial,
            before.Maintenance - old.Maintenance + next.Maintenance);
        return AccountRisk.MayMove(before, after);
    }

    private List<WorkingOrder> Of(VenueMarket market, bool resting) =>
        account.Orders.FindAll(order =>
            order.Intent.Market == market.Market.Id && order.Intent.Kind == OrderKind.Limit == resting);

    private IEnumerable<WorkingOrder> Conditionals(VenueMarket market) =>
        Of(market, resting: false).Where(order => order.Intent.IsConditional)
            .OrderBy(order => order.Intent.Kind == OrderKind.StopMarket ? 0 : 1);

    private static bool IsThrough(Market market, WorkingOrder order, Ticks low, Ticks high)
    {
        var limit = market.TicksOf(order.Intent.Limit);
        return order.Intent.Side == Side.Buy ? low <= limit - 1 : high >= limit + 1;
    }

    /// <summary>
    /// A stop that sells and a target that buys wake at or below the trigger; the others at or above.
    /// </summary>
    private static bool WakesBelow(OrderIntent order) =>
        order.Kind == OrderKind.StopMarket == (order.Side == Side.Sell);

    private static bool IsReached(OrderIntent order, Price oracle) =>
        order.Trigger is { } trigger && oracle.Value > 0m
        && (WakesBelow(order) ? oracle <= trigger : oracle >= trigger);

    private static bool IsTouched(Market market, OrderIntent order, in MarketEvent bar)
    {
        var trigger = market.TicksOf(order.Trigger.GetValueOrDefault());
        return WakesBelow(order) ? bar.Low <= trigger : bar.High >= trigger;
    }

    /// <summary>
    /// Where in the bar the trigger was reached (at the open, if that lies beyond it), and the price that a
    /// taker gets there: half a spread worse, but not outside the bar by more than that.
    /// </summary>
    private static (Ticks Reached, Ticks Price) PriceInBar(
        VenueMarket market, OrderIntent order, in MarketEvent bar)
    {
        var trigger = market.Market.TicksOf(order.Trigger.GetValueOrDefault());
        var beyond = WakesBelow(order) ? bar.Open < trigger : bar.Open > trigger;
        var reached = beyond ? bar.Open : trigger;
        var price = reached + (order.Side.Sign() * market.HalfSpread);
        return (reached, price.Value < 1 ? new Ticks(1) : price);
    }
}
