using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Xunit;
using Proto = Perpkeel.Venues.Dydx.Protos.Clob.Order;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>Orders, asked for as a trader would, become the bytes that the official client made.</summary>
internal static class OrderChecks
{
    private static readonly string[] TooSmall = ["size-below-step", "price-below-tick", "twap"];

    public static void Check(VectorCase vector)
    {
        MessageChecks.Check(vector);
        var proto = Message(vector);
        Assert.Equal(vector.Expects("orderBytesHex"), MessageChecks.Hex(proto));
        Assert.Equal(vector.Expects("indexerOrderId"), IndexerIds.Order(Key(proto.OrderId)).ToString());
        if (OrderRules.Check(proto) is not null || Asked(vector) is not { } order) return;

        if (!OrderFactory.Build(order).TryGet(out var prepared, out var refused))
        {
            // The official client raises what is too small, and lets the chain refuse legs that are.
            Assert.Contains(refused.Code, TooSmall, StringComparer.Ordinal);
            return;
        }

        if (RoundsOtherwise(prepared.Proto, proto, order.Terms)) return;
        Assert.Equal(vector.Expects("msgValueHex"), MessageChecks.Hex(prepared.ToMessage()));
        Assert.Equal(vector.Expects("orderSha256Hex"), prepared.Hash);
        Assert.Equal(vector.Expects("indexerOrderId"), prepared.IndexerId.ToString());
    }

    /// <summary>
    /// Off the grid the official client rounds everything down: a sell's limit below what was asked for, and
    /// some triggers to fire late. Ours goes to the next multiple above there.
    /// </summary>
    private static bool RoundsOtherwise(Proto ours, Proto theirs, OrderTerms terms)
    {
        var tick = terms.Grid.SubticksPerTick;
        var isLimit = ours.Subticks != theirs.Subticks;
        var (our, their) = (ours.ConditionalOrderTriggerSubticks, theirs.ConditionalOrderTriggerSubticks);
        if (isLimit)
        {
            Assert.Equal(Side.Sell, terms.Side);
            Assert.Equal(theirs.Subticks + tick, ours.Subticks);
        }

        if (our != their) Assert.Equal(their + tick, our);
        return isLimit || our != their;
    }

    /// <summary>
    /// The order as a trader would ask for it; null for one that nobody can ask for here, e.g. with metadata
    /// that no user's order has.
    /// </summary>
    public static DydxOrder? Asked(VectorCase vector)
    {
        var proto = Message(vector);
        var isMarket = proto is { ClientMetadata: 1, TimeInForce: Proto.Types.TimeInForce.Ioc };
        if (proto.ClientMetadata != 0 && !isMarket) return null;
        var human = vector.Inputs.GetProperty("human");
        var price = new Price(QuantiseChecks.Number(human.GetProperty("price")));
        var terms = Terms(vector, human, proto);
        var end = new GoodTilTime(proto.GoodTilBlockTime);
        return (DydxOrderKind)proto.OrderId.OrderFlags switch
        {
            DydxOrderKind.ShortTerm when isMarket =>
                new DydxOrder.Market(terms, price, default, proto.GoodTilBlock),
            DydxOrderKind.ShortTerm => new DydxOrder.ShortTerm(
                terms, price, proto.GoodTilBlock, (TimeInForce)proto.TimeInForce),
            DydxOrderKind.LongTerm when !isMarket => new DydxOrder.LongTerm(
                terms, price, end, proto.TimeInForce == Proto.Types.TimeInForce.PostOnly),
            DydxOrderKind.Conditional => Triggered(terms, human, proto, price, end, isMarket),
            DydxOrderKind.Twap => new DydxOrder.Twap(
                terms, proto.TwapParameters.Duration, proto.TwapParameters.Interval,
                new Ppm(proto.TwapParameters.PriceTolerance), price.Value == 0m ? null : price, end),
            _ => null,
        };
    }

    private static Proto Message(VectorCase vector) => ((MsgPlaceOrder)MessageChecks.Message(vector)).Order;

    /// <summary>A market order's slippage is what lies between its trigger and its price.</summary>
    private static DydxOrder? Triggered(
        OrderTerms terms, JsonElement human, Proto proto, Price price, GoodTilTime end, bool isMarket)
    {
        var trigger = new Price(QuantiseChecks.Number(human.GetProperty("triggerPrice")));
        var kind = (TriggerKind)proto.ConditionType;
        if (!isMarket)
        {
            return new DydxOrder.TriggeredLimit(
                terms, kind, trigger, price, end, (TimeInForce)proto.TimeInForce);
        }

        var beyond = (price.Value - trigger.Value) * terms.Side.Sign() / trigger.Value * Ppm.One;
        return beyond >= 0m && beyond == decimal.Truncate(beyond)
            ? new DydxOrder.TriggeredMarket(terms, kind, trigger, new Ppm((long)beyond), end)
            : null;
    }

    private static OrderTerms Terms(VectorCase vector, JsonElement human, Proto proto)
    {
        var builder = proto.BuilderCodeParameters;
        return new OrderTerms
        {
            Subaccount = Subaccount(proto.OrderId.SubaccountId),
            ClientId = new ClientOrderId(proto.OrderId.ClientId),
            Grid = QuantiseChecks.Grid(vector.Inputs.GetProperty("marketConfig")),
            Side = human.GetProperty("side").ValueEquals("BUY") ? Side.Buy : Side.Sell,
            Size = new Size(QuantiseChecks.Number(human.GetProperty("size"))),
            ReduceOnly = proto.ReduceOnly,
            Builder = builder is null
                ? null
                : new BuilderCode(Address(builder.BuilderAddress), new Ppm(builder.FeePpm)),
            Router = proto.OrderRouterAddress.Length == 0 ? null : Address(proto.OrderRouterAddress),
        };
    }

    public static OrderKey Key(OrderId id) => new(
        Subaccount(id.SubaccountId), id.ClientId, (DydxOrderKind)id.OrderFlags, id.ClobPairId);

    public static DydxSubaccount Subaccount(Protos.Subaccounts.SubaccountId id) =>
        DydxSubaccount.Of(Address(id.Owner), id.Number).Value();

    public static DydxAddress Address(string text) => DydxAddress.Parse(text).Value();
}
