using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Condition = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.ConditionType;
using Force = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.TimeInForce;
using ProtoSide = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.Side;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>Orders become the chain's integers, or are refused with the rule that they break.</summary>
public static class OrderFactory
{
    /// <summary>
    /// What the dYdX front end writes for orders that a user called market orders; the chain ignores it.
    /// </summary>
    private const uint MarketMetadata = 1;

    /// <summary>Quantises and checks an order. Nothing is sent.</summary>
    public static Result<PreparedOrder, OrderError> Build(DydxOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var terms = order.Terms;
        if (terms.Side is not (Side.Buy or Side.Sell)) return OrderError.NoSide;
        if (CheckStatus(order) is { } closed) return closed;
        if (!terms.Grid.QuantumsOf(terms.Size).TryGet(out var quantums, out var error)) return error;

        var key = new OrderKey(terms.Subaccount, terms.ClientId.Value, order.Kind, terms.Grid.ClobPairId);
        var proto = new Order
        {
            OrderId = key.ToProto(),
            Side = terms.Side == Side.Buy ? ProtoSide.Buy : ProtoSide.Sell,
            Quantums = quantums,
            ReduceOnly = terms.ReduceOnly,
            OrderRouterAddress = terms.Router?.Text ?? string.Empty,
        };
        var broken = SetBuilder(proto, terms.Builder) ?? Fill(proto, order) ?? OrderRules.Check(proto)
            ?? CheckLegs(proto, order);
        return broken is null ? new PreparedOrder(proto, key, terms.Grid) : broken;
    }

    private static OrderError? SetBuilder(Order proto, BuilderCode? builder)
    {
        if (builder is null) return null;
        if (builder.Fee.Value is < 1 or > BuilderCode.HighestFeePpm)
        {
            return OrderError.Builder(
                $"A builder's fee is 1 to {BuilderCode.HighestFeePpm} ppm, not {builder.Fee}.");
        }

        proto.BuilderCodeParameters = new BuilderCodeParameters
        {
            BuilderAddress = builder.Address.Text,
            FeePpm = (uint)builder.Fee.Value,
        };
        return null;
    }

    private static OrderError? CheckStatus(DydxOrder order)
    {
        var onlyMakes = order is DydxOrder.ShortTerm { TimeInForce: TimeInForce.PostOnly };
        return order.Terms.Grid.Status switch
        {
            MarketStatus.Active => null,
            MarketStatus.Initializing when onlyMakes => null,
            var status => OrderError.MarketClosed(status),
        };
    }

    /// <summary>What the kinds have of their own; the first thing that cannot be, or null.</summary>
    private static OrderError? Fill(Order proto, DydxOrder order)
    {
        switch (order)
        {
            case DydxOrder.ShortTerm limit:
                proto.GoodTilBlock = limit.GoodTilBlock;
                proto.TimeInForce = ForceOf(limit.TimeInForce);
                return SetLimit(proto, order, limit.Price);
            case DydxOrder.Market market:
                proto.GoodTilBlock = market.GoodTilBlock;
                return SetBound(proto, order, market.Reference, market.Slippage);
            case DydxOrder.LongTerm longTerm:
                proto.GoodTilBlockTime = longTerm.GoodTil.Seconds;
                proto.TimeInForce = longTerm.PostOnly ? Force.PostOnly : Force.Unspecified;
                return SetLimit(proto, order, longTerm.Price);
            case DydxOrder.TriggeredMarket stop:
                proto.GoodTilBlockTime = stop.GoodTil.Seconds;
                return SetTrigger(proto, order, stop.Trigger, stop.TriggerPrice)
                    ?? SetBound(proto, order, stop.TriggerPrice, stop.Slippage);
            case DydxOrder.TriggeredLimit stop:
                proto.GoodTilBlockTime = stop.GoodTil.Seconds;
                proto.TimeInForce = ForceOf(stop.TimeInForce);
                return SetTrigger(proto, order, stop.Trigger, stop.TriggerPrice)
                    ?? SetLimit(proto, order, stop.Price);
            case DydxOrder.Twap twap:
                proto.GoodTilBlockTime = twap.GoodTil.Seconds;
                return SetSchedule(proto, order, twap);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static OrderError? SetLimit(Order proto, DydxOrder order, Price price)
    {
        var limit = order.Terms.Grid.LimitOf(order.Terms.Side, price);
        if (!limit.TryGet(out var subticks, out var error)) return error;
        proto.Subticks = subticks;
        return null;
    }

    private static OrderError? SetBound(Order proto, DydxOrder order, Price reference, Ppm slippage)
    {
        var bound = order.Terms.Grid.BoundOf(order.Terms.Side, reference, slippage);
        if (!bound.TryGet(out var subticks, out var error)) return error;

        proto.Subticks = subticks;
        proto.TimeInForce = Force.Ioc;
        proto.ClientMetadata = MarketMetadata;
        return null;
    }

    private static OrderError? SetTrigger(Order proto, DydxOrder order, TriggerKind kind, Price price)
    {
        if (kind is not (TriggerKind.StopLoss or TriggerKind.TakeProfit))
        {
            return OrderError.Condition("A conditional order is a stop or a target.");
        }

        var firesAbove = (kind == TriggerKind.StopLoss) == (order.Terms.Side == Side.Buy);
        var trigger = order.Terms.Grid.TriggerOf(price, firesAbove);
        if (!trigger.TryGet(out var subticks, out var error)) return error;
        proto.ConditionType = kind == TriggerKind.StopLoss ? Condition.StopLoss : Condition.TakeProfit;
        proto.ConditionalOrderTriggerSubticks = subticks;
        return null;
    }

    private static OrderError? SetSchedule(Order proto, DydxOrder order, DydxOrder.Twap twap)
    {
        if (twap.Tolerance.Value is < 0 or >= Ppm.One)
        {
            return OrderError.Twap($"The tolerance is 0 to 999999 ppm, not {twap.Tolerance}.");
        }

        proto.TwapParameters = new TwapParameters
        {
            Duration = twap.DurationSeconds,
            Interval = twap.IntervalSeconds,
            PriceTolerance = (uint)twap.Tolerance.Value,
        };
        return twap.Limit is { } limit ? SetLimit(proto, order, limit) : null;
    }

    /// <summary>The schedule has passed the rules, so there are legs.</summary>
    private static OrderError? CheckLegs(Order proto, DydxOrder order)
    {
        if (proto.TwapParameters is not { } schedule) return null;
        var legs = schedule.Duration / schedule.Interval;
        return proto.Quantums / legs < order.Terms.Grid.StepBaseQuantums
            ? OrderError.Twap(
                $"{legs} legs of {order.Terms.Size} are below the market's smallest size, "
                + $"{Decimals.Text(order.Terms.Grid.StepSize)}, each.")
            : null;
    }

    private static Force ForceOf(TimeInForce force) => (Force)force;
}
