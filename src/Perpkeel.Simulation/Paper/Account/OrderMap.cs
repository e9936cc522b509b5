using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Post;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>Orders as we mean them, in the chain's fields, and their ends in our words.</summary>
internal static class OrderMap
{
    /// <summary>
    /// For how many blocks beyond the next one a market order may match: enough for a message that is late,
    /// and few, since its end is only proven after the last.
    /// </summary>
    public const uint ShortBlocks = 5;

    /// <summary>How long an order stands that waits for a price; the chain allows 95 days.</summary>
    public static TimeSpan StandsFor => TimeSpan.FromDays(90);

    /// <summary>The kind of id that an order has.</summary>
    public static OrderFlags FlagsOf(OrderIntent order)
    {
        if (order.IsConditional) return OrderFlags.Conditional;
        return order.MayRest ? OrderFlags.LongTerm : OrderFlags.ShortTerm;
    }

    /// <summary>The transaction that a message is.</summary>
    public static ChainTx TxOf(
        Posting posting, SubaccountKey account, Posting.Place? target, Market market) =>
        new(account.Owner, posting.Nonce, [MessageOf(posting, account, target, market)], null)
        {
            Hash = $"post-{posting.Number}",
        };

    /// <summary>
    /// Whether a refusal says that the very thing is, or was, there already: a stateful order of this id
    /// exists, an order of this id rests or was filled, a cancel of it waits or is remembered, or the same
    /// bytes wait.
    /// </summary>
    public static bool IsThere(TxResult result) => (result.Codespace, result.Code) is ("clob", 3005)
        or ("clob", 20) or ("clob", 24) or ("clob", 2004) or ("clob", 32) or ("clob", 9) or ("sdk", 19);

    /// <summary>Whether a refusal says that the same thing may be taken a little later.</summary>
    public static bool IsForLater(TxResult result) =>
        (result.Codespace, result.Code) is ("clob", 5001) or ("clob", 47) or ("sdk", 32) or ("http", _);

    /// <summary>Whether nobody can tell what became of a message.</summary>
    public static bool IsLost(TxResult result) =>
        string.Equals(result.Codespace, "lost", StringComparison.Ordinal);

    /// <summary>Whether a refusal leaves open that the thing is, or will be, there.</summary>
    public static bool IsOpen(TxResult result) => IsThere(result) || IsForLater(result) || IsLost(result);

    /// <summary>Our word for an order's end.</summary>
    public static OrderEnding EndingOf(RemovalReason reason) => reason switch
    {
        RemovalReason.FullyFilled => OrderEnding.Filled,
        RemovalReason.UserCanceled => OrderEnding.Cancelled,
        RemovalReason.Expired or RemovalReason.NodeRestarted => OrderEnding.Expired,
        RemovalReason.ImmediateOrCancelWouldRestOnBook or RemovalReason.ConditionalIocWouldRestOnBook =>
            OrderEnding.RestDropped,
        RemovalReason.InvalidReduceOnly or RemovalReason.ReduceOnlyResize => OrderEnding.ReduceOnly,
        RemovalReason.Undercollateralized => OrderEnding.Undercollateralized,
        _ => OrderEnding.Rejected,
    };

    /// <summary>
    /// Sees to it that an order can be said in the chain's integers at all; what the chain thinks of its
    /// grid it says itself.
    /// </summary>
    /// <exception cref="ArgumentException">It cannot: it must not be sent.</exception>
    public static void Check(OrderIntent order, IReadOnlyList<Market> markets)
    {
        var market = markets.FirstOrDefault(each => each.Id == order.Market)
            ?? throw new ArgumentException($"{order} is of no market of this venue.", nameof(order));
        _ = QuantumsOf(market, order.Size);
        _ = SubticksOf(market, order.Limit);
        if (order.Trigger is { } trigger) _ = SubticksOf(market, trigger);
    }

    private static long QuantumsOf(Market market, Size size) =>
        Whole(size.Value * market.StepBaseQuantums / market.StepSize, $"{size} {market.BaseAsset}");

    private static long SubticksOf(Market market, Price price) =>
        Whole(price.Value * market.SubticksPerTick / market.TickSize, $"{price} USD");

    private static long Whole(decimal count, string what) => count == decimal.Truncate(count)
        ? (long)count
        : throw new ArgumentException($"The chain has no number for {what}.", nameof(count));

    private static ChainMessage MessageOf(
        Posting posting, SubaccountKey account, Posting.Place? target, Market market)
    {
        if (posting is Posting.Place place) return new ChainMessage.Place(OrderOf(place, account, market));
        var flags = target is null ? OrderFlags.ShortTerm : FlagsOf(target.Order);
        return new ChainMessage.Cancel(
            new ChainOrderId(account, posting.ClientId.Value, flags, market.Index),
            posting.GoodTilBlock, posting.GoodTilBlockTime);
    }

    private static TimeInForce TimeOf(OrderIntent order)
    {
        if (!order.MayRest)
        {
            return order.Time == OrderTime.FillOrKill
                ? TimeInForce.FillOrKill
                : TimeInForce.ImmediateOrCancel;
        }

        return order.Time == OrderTime.PostOnly ? TimeInForce.PostOnly : TimeInForce.Unspecified;
    }

    private static ChainOrder OrderOf(Posting.Place place, SubaccountKey account, Market market)
    {
        var order = place.Order;
        return new ChainOrder
        {
            Id = new ChainOrderId(account, order.ClientId.Value, FlagsOf(order), market.Index),
            Side = order.Side,
            Quantums = QuantumsOf(market, order.Size),
            Subticks = SubticksOf(market, order.Limit),
            GoodTilBlock = place.GoodTilBlock,
            GoodTilBlockTime = place.GoodTilBlockTime,
            TimeInForce = TimeOf(order),
            ReduceOnly = order.ReduceOnly,
            Condition = order.Kind switch
            {
                OrderKind.StopMarket => ConditionType.StopLoss,
                OrderKind.TakeProfitMarket => ConditionType.TakeProfit,
                _ => ConditionType.Unspecified,
            },
            TriggerSubticks = order.Trigger is { } trigger ? SubticksOf(market, trigger) : 0,
        };
    }
}
