using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Xunit;
using Condition = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.ConditionType;
using Force = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.TimeInForce;
using ProtoSide = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.Side;

namespace Perpkeel.Venues.Dydx.Tests.Orders;

/// <summary>One change to a good order, and the chain's code for it.</summary>
[Trait("Req", "VEN-1")]
public sealed class OrderRulesTests
{
    [Fact]
    public void Good_orders_break_no_rule()
    {
        Assert.Null(OrderRules.Check(ShortTerm()));
        Assert.Null(OrderRules.Check(LongTerm()));
        Assert.Null(OrderRules.Check(Stop()));
        Assert.Null(OrderRules.Check(Twap()));
    }

    /// <summary>Other clients offer fill-or-kill; the chain refuses it in every kind.</summary>
    [Fact]
    public void Fill_or_kill_is_refused_as_the_chain_refuses_it()
    {
        Breaks(ChainCodes.DeprecatedField, ShortTerm, order => order.TimeInForce = Force.FillOrKill);
        Breaks(ChainCodes.DeprecatedField, LongTerm, order => order.TimeInForce = Force.FillOrKill);
        Breaks(ChainCodes.DeprecatedField, Stop, order => order.TimeInForce = Force.FillOrKill);
        Assert.Contains(
            "immediate-or-cancel", TimesInForce.Parse("fok").Error().Message, StringComparison.Ordinal);
        Assert.DoesNotContain("FillOrKill", Enum.GetNames<TimeInForce>(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("gtt", TimeInForce.GoodTil)]
    [InlineData("GTC", TimeInForce.GoodTil)]
    [InlineData("ioc", TimeInForce.ImmediateOrCancel)]
    [InlineData("post-only", TimeInForce.PostOnly)]
    public void Times_in_force_are_read(string text, TimeInForce force) =>
        Assert.Equal(force, TimesInForce.Parse(text).Value());

    [Fact]
    public void Another_word_is_no_time_in_force() =>
        Assert.Equal(ChainCodes.InvalidTimeInForce, TimesInForce.Parse("day").Error().OnChain);

    [Fact]
    public void Side_size_price_and_flags_are_needed()
    {
        Breaks(ChainCodes.InvalidSide, ShortTerm, order => order.Side = ProtoSide.Unspecified);
        Breaks(ChainCodes.InvalidSide, ShortTerm, order => order.Side = (ProtoSide)9);
        Breaks(ChainCodes.InvalidQuantums, ShortTerm, order => order.Quantums = 0);
        Breaks(ChainCodes.InvalidSubticks, ShortTerm, order => order.Subticks = 0);
        Breaks(ChainCodes.InvalidOrderFlags, ShortTerm, order => order.OrderId.OrderFlags = 256);
        Breaks(ChainCodes.InvalidOrderFlags, ShortTerm, order => order.OrderId.OrderFlags = 33);
        Breaks(ChainCodes.InvalidTimeInForce, ShortTerm, order => order.TimeInForce = (Force)9);
        Breaks(ChainCodes.SubaccountOwner, ShortTerm, order => order.OrderId = null);
        Breaks(
            ChainCodes.SubaccountNumber, ShortTerm, order => order.OrderId.SubaccountId.Number = 128_001);
    }

    /// <summary>Exactly the end that its kind has, and never zero.</summary>
    [Fact]
    public void The_end_fits_the_kind()
    {
        Breaks(ChainCodes.NoGoodTilBlock, ShortTerm, order => order.GoodTilBlock = 0);
        Breaks(ChainCodes.NoGoodTilBlock, ShortTerm, order => order.GoodTilBlockTime = 1_800_000_000);
        Breaks(ChainCodes.NoGoodTilBlock, ShortTerm, order => order.ClearGoodTilOneof());
        Breaks(ChainCodes.NoGoodTilBlockTime, LongTerm, order => order.GoodTilBlockTime = 0);
        Breaks(ChainCodes.NoGoodTilBlockTime, LongTerm, order => order.GoodTilBlock = 100);
        Breaks(ChainCodes.NoGoodTilBlockTime, Stop, order => order.ClearGoodTilOneof());
        Breaks(ChainCodes.NoGoodTilBlockTime, Twap, order => order.GoodTilBlock = 100);
    }

    [Fact]
    public void A_long_term_order_is_not_immediate() =>
        Breaks(ChainCodes.LongTermImmediate, LongTerm, order => order.TimeInForce = Force.Ioc);

    [Fact]
    public void Reduce_only_is_immediate()
    {
        Breaks(ChainCodes.ReduceOnlyNotImmediate, ShortTerm, order => order.ReduceOnly = true);
        Breaks(ChainCodes.ReduceOnlyNotImmediate, LongTerm, order => order.ReduceOnly = true);
        Breaks(ChainCodes.ReduceOnlyNotImmediate, Twap, order => order.ReduceOnly = true);
        var stop = Stop();
        stop.ReduceOnly = true;
        stop.TimeInForce = Force.Ioc;
        Assert.Null(OrderRules.Check(stop));
    }

    [Fact]
    public void A_condition_and_a_trigger_belong_to_conditional_orders()
    {
        Breaks(ChainCodes.InvalidCondition, Stop, order => order.ConditionType = Condition.Unspecified);
        Breaks(ChainCodes.InvalidTrigger, Stop, order => order.ConditionalOrderTriggerSubticks = 0);
        Breaks(ChainCodes.InvalidCondition, LongTerm, order => order.ConditionType = Condition.StopLoss);
        Breaks(ChainCodes.InvalidTrigger, ShortTerm, order => order.ConditionalOrderTriggerSubticks = 1);
    }

    [Fact]
    public void A_schedule_belongs_to_TWAPs()
    {
        Breaks(ChainCodes.OffTheGrid, LongTerm, order => order.TwapParameters = new TwapParameters());
        Breaks(ChainCodes.OffTheGrid, Twap, order => order.TwapParameters = null);
        Breaks(ChainCodes.OffTheGrid, Twap, order => order.TwapParameters.PriceTolerance = 1_000_000);
        var market = Twap();
        market.Subticks = 0;
        Assert.Null(OrderRules.Check(market));
    }

    [Fact]
    public void Builder_and_router_are_addresses()
    {
        Breaks(ChainCodes.InvalidBuilderCode, ShortTerm, order => order.BuilderCodeParameters =
            new BuilderCodeParameters { BuilderAddress = "nobody", FeePpm = 5 });
        Breaks(ChainCodes.InvalidBuilderCode, ShortTerm, order => order.BuilderCodeParameters =
            new BuilderCodeParameters { BuilderAddress = Samples.Bob.Text });
        Breaks(ChainCodes.InvalidRouter, ShortTerm, order => order.OrderRouterAddress = "nobody");
    }

    private static void Breaks(ChainCode code, Func<Order> good, Action<Order> change)
    {
        var order = good();
        change(order);

        var error = OrderRules.Check(order);

        Assert.NotNull(error);
        Assert.Equal(code, error.OnChain);
    }

    private static Order ShortTerm() => Order(Samples.Limit(Side.Buy, 50_000m));

    private static Order LongTerm() => Order(new DydxOrder.LongTerm(
        Samples.Terms(Side.Buy, 1m), new(50_000m), Samples.End, PostOnly: false));

    private static Order Stop() => Order(new DydxOrder.TriggeredLimit(
        Samples.Terms(Side.Sell, 1m), TriggerKind.StopLoss, new(50_000m), new(49_000m), Samples.End,
        TimeInForce.GoodTil));

    private static Order Twap() => Order(new DydxOrder.Twap(
        Samples.Terms(Side.Sell, 1m), 600, 60, default, new(49_000m), Samples.End));

    private static Order Order(DydxOrder order) => OrderFactory.Build(order).Value().ToMessage().Order;
}
