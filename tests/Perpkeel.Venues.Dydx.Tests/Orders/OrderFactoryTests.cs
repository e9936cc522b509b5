using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Xunit;
using Condition = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.ConditionType;
using Expiry = Perpkeel.Venues.Dydx.Protos.Clob.Order.GoodTilOneofOneofCase;
using Force = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.TimeInForce;

namespace Perpkeel.Venues.Dydx.Tests.Orders;

[Trait("Req", "VEN-1")]
public sealed class OrderFactoryTests
{
    private static readonly Ppm FivePercent = new(50_000);

    [Fact]
    public void A_market_order_takes_at_once_within_its_bound()
    {
        var order = Built(new DydxOrder.Market(
            Samples.Terms(Side.Buy, 0.002m), new Price(65_000m), FivePercent, 90));

        Assert.Equal((Force.Ioc, 1U, 90U), (order.TimeInForce, order.ClientMetadata, order.GoodTilBlock));
        Assert.Equal(6_825_000_000UL, order.Subticks);
        Assert.Equal(Expiry.GoodTilBlock, order.GoodTilOneofCase);
    }

    /// <summary>
    /// Flags, condition and trigger are always set together, and a stop never fills at once.
    /// </summary>
    [Theory]
    [InlineData(TriggerKind.StopLoss, Side.Sell, Condition.StopLoss, 5_700_000_000)]
    [InlineData(TriggerKind.StopLoss, Side.Buy, Condition.StopLoss, 6_300_000_000)]
    [InlineData(TriggerKind.TakeProfit, Side.Sell, Condition.TakeProfit, 5_700_000_000)]
    [InlineData(TriggerKind.TakeProfit, Side.Buy, Condition.TakeProfit, 6_300_000_000)]
    public void A_stop_has_flags_condition_trigger_and_a_bound_beyond_it(
        TriggerKind kind, Side side, Condition condition, ulong bound)
    {
        var terms = Samples.Terms(side, 0.01m) with { ReduceOnly = true };

        var order = Built(new DydxOrder.TriggeredMarket(
            terms, kind, new Price(60_000m), FivePercent, Samples.End));

        Assert.Equal((32U, condition), (order.OrderId.OrderFlags, order.ConditionType));
        Assert.Equal(6_000_000_000UL, order.ConditionalOrderTriggerSubticks);
        Assert.Equal(bound, order.Subticks);
        Assert.Equal(Force.Ioc, order.TimeInForce);
        Assert.Equal(Expiry.GoodTilBlockTime, order.GoodTilOneofCase);
        Assert.True(order.ReduceOnly);
    }

    /// <summary>Which way a trigger fires follows from kind and side; off the grid it fires early.</summary>
    [Theory]
    [InlineData(TriggerKind.StopLoss, Side.Sell, 6_000_100_000)]
    [InlineData(TriggerKind.StopLoss, Side.Buy, 6_000_000_000)]
    [InlineData(TriggerKind.TakeProfit, Side.Sell, 6_000_000_000)]
    [InlineData(TriggerKind.TakeProfit, Side.Buy, 6_000_100_000)]
    public void A_trigger_off_the_grid_is_rounded_to_fire_early(TriggerKind kind, Side side, ulong trigger)
    {
        var order = Built(new DydxOrder.TriggeredLimit(
            Samples.Terms(side, 0.01m), kind, new Price(60_000.5m), new Price(60_000m), Samples.End,
            TimeInForce.PostOnly));

        Assert.Equal(trigger, order.ConditionalOrderTriggerSubticks);
        Assert.Equal((Force.PostOnly, 0U), (order.TimeInForce, order.ClientMetadata));
    }

    [Fact]
    public void A_long_term_order_ends_at_a_time()
    {
        var order = Built(new DydxOrder.LongTerm(
            Samples.Terms(Side.Sell, 0.01m), new Price(70_000m), Samples.End, PostOnly: true));

        Assert.Equal((64U, Force.PostOnly), (order.OrderId.OrderFlags, order.TimeInForce));
        Assert.Equal(Expiry.GoodTilBlockTime, order.GoodTilOneofCase);
        Assert.Equal(1_800_000_000U, order.GoodTilBlockTime);
    }

    [Fact]
    public void What_goes_out_can_be_read_before()
    {
        var prepared = OrderFactory.Build(new DydxOrder.TriggeredLimit(
            Samples.Terms(Side.Buy, 0.01239m), TriggerKind.StopLoss, new Price(60_000m), new Price(60_100.7m),
            Samples.End, TimeInForce.GoodTil)).Value();

        Assert.Equal(0.0123m, prepared.Size.Value);
        Assert.Equal(60_100m, prepared.Limit!.Value.Value);
        Assert.Equal(60_000m, prepared.Trigger!.Value.Value);
        Assert.Equal((0U, Samples.End), (prepared.GoodTilBlock, prepared.GoodTil));
        Assert.Equal($"{Samples.Alice}/0 Conditional 7 in clob pair 0", prepared.ToString());
    }

    /// <summary>What a caller does to a message changes no other message.</summary>
    [Fact]
    public void Each_message_is_a_new_one()
    {
        var prepared = OrderFactory.Build(Samples.Limit(Side.Buy, 50_000m)).Value();

        prepared.ToMessage().Order.Quantums = 1;

        Assert.Equal(100_000_000UL, prepared.ToMessage().Order.Quantums);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTil)]
    [InlineData(TimeInForce.PostOnly)]
    public void Reduce_only_does_not_rest(TimeInForce force)
    {
        var limit = Samples.Limit(Side.Sell, 50_000m, force);

        var error = Refused(limit with { Terms = limit.Terms with { ReduceOnly = true } });

        Assert.Equal(("reduce-only-rests", ChainCodes.ReduceOnlyNotImmediate), (error.Code, error.OnChain));
        Built(Samples.Limit(Side.Sell, 50_000m, TimeInForce.ImmediateOrCancel) with
        {
            Terms = limit.Terms with { ReduceOnly = true },
        });
        Assert.Equal("reduce-only-rests", Refused(new DydxOrder.LongTerm(
            limit.Terms with { ReduceOnly = true }, new Price(1m), Samples.End, PostOnly: false)).Code);
    }

    [Fact]
    public void An_order_needs_a_side_an_end_and_a_trigger()
    {
        Assert.Equal("no-side", Refused(Samples.Limit(Side.None, 50_000m)).Code);
        Assert.Equal("no-good-til-block", Refused(Samples.Limit(Side.Buy, 50_000m, goodTilBlock: 0)).Code);
        Assert.Equal("no-good-til-time", Refused(new DydxOrder.LongTerm(
            Samples.Terms(Side.Buy, 1m), new Price(1m), default, PostOnly: false)).Code);
        Assert.Equal("price-below-tick", Refused(new DydxOrder.TriggeredMarket(
            Samples.Terms(Side.Buy, 1m), TriggerKind.StopLoss, default, FivePercent, Samples.End)).Code);
        Assert.Equal("condition", Refused(new DydxOrder.TriggeredMarket(
            Samples.Terms(Side.Buy, 1m), TriggerKind.None, new Price(5m), FivePercent, Samples.End)).Code);
        Assert.Equal("slippage", Refused(new DydxOrder.Market(
            Samples.Terms(Side.Buy, 1m), new Price(5m), new Ppm(Ppm.One), 4)).Code);
        Assert.Equal("size-below-step", Refused(Samples.Limit(Side.Buy, 5m) with
        {
            Terms = Samples.Terms(Side.Buy, 0.00001m),
        }).Code);
    }

    [Theory]
    [InlineData(MarketStatus.Paused)]
    [InlineData(MarketStatus.CancelOnly)]
    [InlineData(MarketStatus.PostOnly)]
    [InlineData(MarketStatus.FinalSettlement)]
    [InlineData(MarketStatus.Unspecified)]
    [InlineData(MarketStatus.Initializing)]
    public void A_closed_market_takes_no_order(MarketStatus status)
    {
        var limit = Samples.Limit(Side.Buy, 50_000m);
        var closed = limit with { Terms = limit.Terms with { Grid = Samples.Btc with { Status = status } } };

        var error = Refused(closed);

        Assert.Equal(("market-closed", new ChainCode("clob", 34)), (error.Code, error.OnChain));
        var maker = OrderFactory.Build(closed with { TimeInForce = TimeInForce.PostOnly });
        Assert.Equal(status == MarketStatus.Initializing, maker.TryGet(out _, out _));
    }

    [Fact]
    public void A_builder_takes_one_to_ten_thousand_ppm()
    {
        Built(With(new BuilderCode(Samples.Bob, new Ppm(1))));
        Built(With(new BuilderCode(Samples.Bob, new Ppm(10_000))));

        Assert.Equal("builder-code", Refused(With(new BuilderCode(Samples.Bob, new Ppm(0)))).Code);
        Assert.Equal("builder-code", Refused(With(new BuilderCode(Samples.Bob, new Ppm(10_001)))).Code);
        Assert.Equal("builder-code", Refused(With(new BuilderCode(Samples.Bob, new Ppm(-1)))).Code);

        static DydxOrder With(BuilderCode builder)
        {
            var limit = Samples.Limit(Side.Buy, 50_000m);
            return limit with { Terms = limit.Terms with { Builder = builder } };
        }
    }

    [Theory]
    [InlineData(3_600, 60, 0, null)]
    [InlineData(299, 60, 0, "lasts 300 to 86400 s")]
    [InlineData(86_460, 60, 0, "lasts 300 to 86400 s")]
    [InlineData(3_600, 29, 0, "30 to 3600 s apart")]
    [InlineData(3_600, 0, 0, "30 to 3600 s apart")]
    [InlineData(86_400, 3_601, 0, "30 to 3600 s apart")]
    [InlineData(3_600, 70, 0, "no multiple")]
    [InlineData(3_600, 60, 1_000_000, "tolerance")]
    [InlineData(3_600, 60, -1, "tolerance")]
    public void A_TWAP_has_measures(uint duration, uint interval, int tolerance, string? refused)
    {
        var built = OrderFactory.Build(new DydxOrder.Twap(
            Samples.Terms(Side.Buy, 0.1m), duration, interval, new Ppm(tolerance), null, Samples.End));

        if (refused is null) Assert.Null(built.Value().Limit);
        else Assert.Contains(refused, built.Error().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_leg_of_a_TWAP_is_at_least_a_step()
    {
        Built(Twap(0.006m));
        var error = Refused(Twap(0.0059m));

        Assert.Equal(("twap", ChainCodes.OffTheGrid), (error.Code, error.OnChain));
        Assert.Contains("60 legs", error.Message, StringComparison.Ordinal);

        static DydxOrder.Twap Twap(decimal size) =>
            new(Samples.Terms(Side.Buy, size), 3_600, 60, default, new Price(70_000m), Samples.End);
    }

    [Fact]
    public void A_subaccount_has_a_number_up_to_128000()
    {
        var isolated = DydxSubaccount.Of(Samples.Alice, 128_000).Value();
        var cross = DydxSubaccount.Of(Samples.Alice, 127).Value();

        Assert.Equal((true, 0U), (isolated.IsIsolated, isolated.ParentNumber));
        Assert.Equal((false, 127U), (cross.IsIsolated, cross.ParentNumber));
        Assert.Equal("subaccount-number", DydxSubaccount.Of(Samples.Alice, 128_001).Error().Code);
    }

    private static Order Built(DydxOrder order) => OrderFactory.Build(order).Value().ToMessage().Order;

    private static OrderError Refused(DydxOrder order)
    {
        var error = OrderFactory.Build(order).Error();
        Assert.StartsWith(error.Code, error.ToString(), StringComparison.Ordinal);
        return error;
    }
}
