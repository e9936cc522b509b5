using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>What an order or a cancel must be in itself, whatever the chain's state.</summary>
/// <remarks>Source: the protocol, section 7.2; of a TWAP section 14; of cancels section 7.8.</remarks>
internal static class OrderRules
{
    /// <summary>The greatest fee of a builder: 1 %.</summary>
    public const uint MostBuilderPpm = 10_000;

    /// <summary>Ids that one batch may cancel.</summary>
    public const int MostInBatch = 100;

    private const uint LeastTwapSeconds = 300;
    private const uint MostTwapSeconds = 86_400;
    private const uint LeastTwapInterval = 30;
    private const uint MostTwapInterval = 3_600;
    private const uint MostTolerancePpm = 999_999;

    /// <summary>Why an order is refused in itself; null when it is not.</summary>
    public static TxResult? FaultOf(ChainOrder order, int owners) =>
        FaultOf(order.Id, owners) ?? FaultOfTerms(order) ?? FaultOfLife(order) ?? FaultOfKind(order)
        ?? (order.Builder is { } builder ? FaultOf(builder, owners) : null);

    /// <summary>Why a cancel is refused in itself; null when it is not.</summary>
    public static TxResult? FaultOf(ChainMessage.Cancel cancel, int owners)
    {
        if (FaultOf(cancel.Id, owners) is { } fault) return fault;
        if (cancel.Id.IsStateful)
        {
            return cancel.GoodTilBlockTime == 0 ? OrderRefusals.Clob(3001, "good til time is zero") : null;
        }

        return cancel.GoodTilBlock == 0 ? OrderRefusals.Clob(5, "good til block is zero") : null;
    }

    /// <summary>Why a batch of cancels is refused in itself; null when it is not.</summary>
    public static TxResult? FaultOf(ChainMessage.BatchCancel batch, int owners)
    {
        if (FaultOf(batch.Subaccount, owners) is { } fault) return fault;
        if (batch.GoodTilBlock == 0) return OrderRefusals.Clob(5, "good til block is zero");
        if (batch.ClientIds.Count == 0) return OrderRefusals.InvalidBatch("there is no clob pair");
        var count = 0;
        for (var i = 0; i < batch.ClientIds.Count; i++)
        {
            var (pair, ids) = batch.ClientIds[i];
            count += ids.Count;
            if (ids.Count == 0) return OrderRefusals.InvalidBatch($"clob pair {pair} has no ids");
            if (ids.Distinct().Count() < ids.Count)
            {
                return OrderRefusals.InvalidBatch($"clob pair {pair} names an id twice");
            }

            for (var other = 0; other < i; other++)
            {
                if (batch.ClientIds[other].ClobPair == pair)
                {
                    return OrderRefusals.InvalidBatch($"clob pair {pair} is named twice");
                }
            }
        }

        return count > MostInBatch
            ? OrderRefusals.InvalidBatch($"{count} ids are more than {MostInBatch}")
            : null;
    }

    /// <summary>Why a subaccount is none; null when it is one.</summary>
    public static TxResult? FaultOf(SubaccountKey key, int owners)
    {
        if (key.Owner < 0 || key.Owner >= owners) return OrderRefusals.InvalidOwner(key);
        return key.Number is < 0 or > LedgerAccounts.MostNumber ? LedgerRefusals.NumberTooHigh(key) : null;
    }

    private static TxResult? FaultOf(in ChainOrderId id, int owners)
    {
        if (FaultOf(id.Subaccount, owners) is { } fault) return fault;
        return id.Flags is OrderFlags.ShortTerm or OrderFlags.Conditional or OrderFlags.LongTerm
            or OrderFlags.Twap
                ? null
                : OrderRefusals.Clob(3000, $"order flags {(int)id.Flags} are not for senders");
    }

    private static TxResult? FaultOfTerms(ChainOrder order)
    {
        if (order.Side is not (Side.Buy or Side.Sell)) return OrderRefusals.Clob(3, "there is no side");
        if (order.Quantums <= 0) return OrderRefusals.Clob(4, "quantums are not positive");
        var least = order.Id.Flags == OrderFlags.Twap ? 0 : 1;
        if (order.Subticks < least) return OrderRefusals.Clob(6, "subticks are not positive");
        return order.TimeInForce switch
        {
            TimeInForce.Unspecified or TimeInForce.ImmediateOrCancel or TimeInForce.PostOnly => null,
            TimeInForce.FillOrKill => OrderRefusals.Clob(48, "fill or kill is not accepted any more"),
            _ => OrderRefusals.Clob(44, $"there is no time in force {(int)order.TimeInForce}"),
        };
    }

    private static TxResult? FaultOfLife(ChainOrder order)
    {
        if (!order.Id.IsStateful && order.GoodTilBlock == 0)
        {
            return OrderRefusals.Clob(5, "good til block is zero");
        }

        return order.Id.IsStateful && order.GoodTilBlockTime == 0
            ? OrderRefusals.Clob(3001, "good til time is zero")
            : null;
    }

    private static TxResult? FaultOfKind(ChainOrder order)
    {
        var isImmediate = order.TimeInForce == TimeInForce.ImmediateOrCancel;
        if (order.Id.Flags == OrderFlags.LongTerm && isImmediate)
        {
            return OrderRefusals.Clob(3002, "a long-term order may not be immediate or cancel");
        }

        if (order.ReduceOnly && !isImmediate)
        {
            return OrderRefusals.Clob(9003, "reduce-only needs immediate or cancel");
        }

        var isConditional = order.Id.Flags == OrderFlags.Conditional;
        var isCondition = order.Condition is ConditionType.StopLoss or ConditionType.TakeProfit;
        if (isConditional != isCondition || (!isConditional && order.Condition != ConditionType.Unspecified))
        {
            return OrderRefusals.Clob(6000, $"condition type {(int)order.Condition} does not fit the order");
        }

        if (isConditional ? order.TriggerSubticks <= 0 : order.TriggerSubticks != 0)
        {
            return OrderRefusals.Clob(6001, $"trigger {order.TriggerSubticks} does not fit the order");
        }

        return (order.Id.Flags == OrderFlags.Twap, order.Twap) switch
        {
            (true, { } twap) => FaultOf(twap),
            (true, null) => OrderRefusals.OffGrid("a TWAP needs its parameters"),
            (false, null) => null,
            _ => OrderRefusals.OffGrid("only a TWAP has TWAP parameters"),
        };
    }

    private static TxResult? FaultOf(in TwapParameters twap)
    {
        if (twap.DurationSeconds is < LeastTwapSeconds or > MostTwapSeconds)
        {
            return OrderRefusals.OffGrid($"a TWAP of {twap.DurationSeconds} s is too short or too long");
        }

        if (twap.IntervalSeconds is < LeastTwapInterval or > MostTwapInterval)
        {
            return OrderRefusals.OffGrid($"legs {twap.IntervalSeconds} s apart are too close or too far");
        }

        if (twap.DurationSeconds % twap.IntervalSeconds != 0)
        {
            return OrderRefusals.OffGrid("the duration of a TWAP is not a multiple of its interval");
        }

        return twap.PriceTolerancePpm > MostTolerancePpm
            ? OrderRefusals.OffGrid($"a tolerance of {twap.PriceTolerancePpm} ppm is too great")
            : null;
    }

    private static TxResult? FaultOf(in BuilderCode builder, int owners)
    {
        var isKnown = builder.Owner >= 0 && builder.Owner < owners;
        return isKnown && builder.FeePpm is > 0 and <= MostBuilderPpm
            ? null
            : OrderRefusals.Clob(50, $"builder {builder.Owner} with {builder.FeePpm} ppm is not valid");
    }
}
