using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Condition = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.ConditionType;
using Expiry = Perpkeel.Venues.Dydx.Protos.Clob.Order.GoodTilOneofOneofCase;
using Force = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.TimeInForce;
using ProtoSide = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.Side;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>The rules of orders that need no state, as the chain checks them first.</summary>
/// <remarks>Source: dYdX v4-chain, <c>x/clob/types/message_place_order.go</c>.</remarks>
public static class OrderRules
{
    private const uint ShortestTwap = 300;
    private const uint LongestTwap = 86_400;
    private const uint ShortestInterval = 30;
    private const uint LongestInterval = 3_600;
    private const uint HighestTolerance = 999_999;

    /// <summary>The first rule that an order breaks; null where it breaks none.</summary>
    public static OrderError? Check(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.OrderId?.SubaccountId is not { } subaccount)
        {
            return OrderError.Empty("subaccount", ChainCodes.SubaccountOwner);
        }

        if (subaccount.Number > DydxSubaccount.HighestNumber) return OrderError.Subaccount(subaccount.Number);
        if (order.Side is not (ProtoSide.Buy or ProtoSide.Sell)) return OrderError.NoSide;
        if (order.TimeInForce == Force.FillOrKill) return OrderError.FillOrKill;
        if (order.Quantums == 0) return OrderError.Empty("quantums", ChainCodes.InvalidQuantums);
        return CheckKind(order) ?? CheckForce(order) ?? CheckCondition(order) ?? CheckTwap(order)
            ?? CheckShares(order);
    }

    private static DydxOrderKind Kind(Order order) => (DydxOrderKind)order.OrderId.OrderFlags;

    private static OrderError? CheckKind(Order order)
    {
        if (!Enum.IsDefined(Kind(order))) return OrderError.Flags(order.OrderId.OrderFlags);
        if (order.Subticks == 0 && Kind(order) != DydxOrderKind.Twap)
        {
            return OrderError.Empty("subticks", ChainCodes.InvalidSubticks);
        }

        var isShort = Kind(order) == DydxOrderKind.ShortTerm;
        if (isShort && (order.GoodTilOneofCase != Expiry.GoodTilBlock || order.GoodTilBlock == 0))
        {
            return OrderError.NoGoodTilBlock;
        }

        return !isShort && (order.GoodTilOneofCase != Expiry.GoodTilBlockTime || order.GoodTilBlockTime == 0)
            ? OrderError.NoGoodTilTime
            : null;
    }

    private static OrderError? CheckForce(Order order)
    {
        if (!Enum.IsDefined(order.TimeInForce)) return OrderError.TimeInForce(order.TimeInForce.ToString());
        if (Kind(order) == DydxOrderKind.LongTerm && order.TimeInForce == Force.Ioc)
        {
            return OrderError.LongTermImmediate;
        }

        return order.ReduceOnly && order.TimeInForce != Force.Ioc ? OrderError.ReduceOnlyRests : null;
    }

    private static OrderError? CheckCondition(Order order)
    {
        var hasCondition = order.ConditionType != Condition.Unspecified;
        var hasTrigger = order.ConditionalOrderTriggerSubticks > 0;
        if (Kind(order) != DydxOrderKind.Conditional)
        {
            if (hasCondition) return OrderError.Condition("Only a conditional order has a condition.");
            return hasTrigger ? OrderError.Trigger("Only a conditional order has a trigger.") : null;
        }

        if (order.ConditionType is not (Condition.StopLoss or Condition.TakeProfit))
        {
            return OrderError.Condition("A conditional order is a stop or a target.");
        }

        return hasTrigger ? null : OrderError.Trigger("A conditional order needs a trigger above zero.");
    }

    private static OrderError? CheckTwap(Order order)
    {
        if (Kind(order) != DydxOrderKind.Twap)
        {
            return order.TwapParameters is null ? null : OrderError.Twap("Only a TWAP has a schedule.");
        }

        if (order.TwapParameters is not { } twap) return OrderError.Twap("A TWAP needs a schedule.");
        if (twap.Duration is < ShortestTwap or > LongestTwap)
        {
            return OrderError.Twap($"A TWAP lasts {ShortestTwap} to {LongestTwap} s, not {twap.Duration}.");
        }

        if (twap.Interval is < ShortestInterval or > LongestInterval)
        {
            return OrderError.Twap(
                $"Legs of a TWAP are {ShortestInterval} to {LongestInterval} s apart, not {twap.Interval}.");
        }

        if (twap.Duration % twap.Interval != 0)
        {
            return OrderError.Twap($"{twap.Duration} s are no multiple of {twap.Interval} s.");
        }

        return twap.PriceTolerance > HighestTolerance
            ? OrderError.Twap($"The tolerance is at most {HighestTolerance} ppm, not {twap.PriceTolerance}.")
            : null;
    }

    private static OrderError? CheckShares(Order order)
    {
        if (order.BuilderCodeParameters is { } builder)
        {
            if (builder.FeePpm is 0 or > BuilderCode.HighestFeePpm)
            {
                return OrderError.Builder(
                    $"A builder's fee is 1 to {BuilderCode.HighestFeePpm} ppm, not {builder.FeePpm}.");
            }

            if (!IsAddress(builder.BuilderAddress))
            {
                return OrderError.Builder($"The builder '{builder.BuilderAddress}' is no address.");
            }
        }

        return order.OrderRouterAddress.Length > 0 && !IsAddress(order.OrderRouterAddress)
            ? OrderError.Router(order.OrderRouterAddress)
            : null;
    }

    private static bool IsAddress(string text) => DydxAddress.Parse(text).TryGet(out _, out _);
}
