using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>Conditional orders: what triggers them, when they enter, what becomes of them.</summary>
[Trait("Req", "PAP-1")]
public sealed class ConditionalTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly SubaccountKey _bob;

    public ConditionalTests()
    {
        _ann = _scene.Account("ann");
        _bob = _scene.Account("bob");
    }

    [Theory]
    [InlineData(Side.Sell, ConditionType.StopLoss, 49_000, 49_001, 49_000)]
    [InlineData(Side.Buy, ConditionType.TakeProfit, 49_000, 49_001, 48_000)]
    [InlineData(Side.Buy, ConditionType.StopLoss, 51_000, 50_999, 51_000)]
    [InlineData(Side.Sell, ConditionType.TakeProfit, 51_000, 50_999, 52_000)]
    public void Tx_7_6_the_oracle_triggers_at_the_price_and_not_before(
        Side side, ConditionType type, int trigger, int before, int at)
    {
        var order = _scene.Conditional(_ann, side, 1, side == Side.Sell ? 60_000 : 40_000, type, trigger);
        _ = _scene.Include(order);

        Assert.Empty(_scene.Block(prices: [(Btc, before)]).Orders);
        Assert.True(_scene.Venue.StatefulOrder(order.Id)!.IsUntriggered);
        var update = Assert.Single(_scene.Block(prices: [(Btc, at)]).Orders);

        Assert.Equal((order.Id, OrderChange.Triggered), (update.Order.Id, update.Change));
        Assert.NotEqual(0, _scene.Venue.Best(Btc, side));
    }

    [Fact]
    public void Tx_7_6_a_triggered_order_enters_after_its_block_behind_those_that_rest()
    {
        var stop = _scene.Conditional(_ann, Side.Sell, 1, 49_500, ConditionType.StopLoss, 49_000);
        _ = _scene.Include(stop);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 49_500)));
        _ = _scene.Block(prices: [(Btc, 49_000)]);

        Accepted(_scene.Place(_scene.Order(_scene.Account("eve"), Side.Buy, 1.5m, 49_500)));
        var fills = _scene.Block().Fills;

        Assert.Equal([_bob, _ann], fills.Select(fill => fill.Maker.Subaccount));
        Assert.Equal(stop.Quantums / 2, fills[1].Quantums);
    }

    [Fact]
    public void Tx_7_1_of_one_block_long_term_orders_enter_before_triggered_ones()
    {
        var stop = _scene.Conditional(_ann, Side.Sell, 1, 49_500, ConditionType.StopLoss, 49_000);
        _ = _scene.Include(stop);
        Accepted(_scene.Place(_scene.LongTerm(_bob, Side.Sell, 1, 49_500)));
        _ = _scene.Block(prices: [(Btc, 49_000)]);

        Accepted(_scene.Place(_scene.Order(_scene.Account("eve"), Side.Buy, 1, 49_500)));

        Assert.Equal(_bob, Assert.Single(_scene.Block().Fills).Maker.Subaccount);
    }

    [Theory]
    [InlineData(49_800, true)]
    [InlineData(49_750, true)]
    [InlineData(49_749, false)]
    [InlineData(49_000, false)]
    public void Tx_7_6_the_lowest_fill_of_a_block_triggers_as_far_as_it_is_near_the_oracle(
        int trigger, bool isTriggered)
    {
        // The least price change is 1,000 ppm: fills count down to 50,000 - 5 * 50.
        var stop = _scene.Conditional(_ann, Side.Sell, 1, 60_000, ConditionType.StopLoss, trigger);
        _ = _scene.Include(stop);
        _scene.Trade(_bob, _scene.Account("eve"), Side.Sell, 0.01m, 45_000);

        _ = _scene.Block();

        Assert.Equal(isTriggered, _scene.Venue.StatefulOrder(stop.Id)!.IsTriggered);
    }

    [Theory]
    [InlineData(50_250, true)]
    [InlineData(50_251, false)]
    public void Tx_7_6_and_so_does_the_highest(int trigger, bool isTriggered)
    {
        var target = _scene.Conditional(_ann, Side.Sell, 1, 60_000, ConditionType.TakeProfit, trigger);
        _ = _scene.Include(target);
        _scene.Trade(_bob, _scene.Account("eve"), Side.Buy, 0.01m, 55_000);

        _ = _scene.Block();

        Assert.Equal(isTriggered, _scene.Venue.StatefulOrder(target.Id)!.IsTriggered);
    }

    [Fact]
    public void Tx_7_6_fills_of_a_past_block_trigger_nothing()
    {
        _scene.Trade(_bob, _scene.Account("eve"), Side.Sell, 0.01m, 49_800);
        _ = _scene.Block();
        var stop = _scene.Conditional(_ann, Side.Sell, 1, 60_000, ConditionType.StopLoss, 49_900);

        _ = _scene.Include(stop);

        Assert.True(_scene.Venue.StatefulOrder(stop.Id)!.IsUntriggered);
    }

    [Fact]
    public void Tx_7_6_an_immediate_stop_whose_limit_the_market_has_passed_fills_nothing_and_is_gone()
    {
        _scene.Trade(_ann, _bob, Side.Buy, 1, 50_000);
        var stop = Immediate(48_500, 49_000);
        _ = _scene.Include(stop);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Buy, 1, 48_000)));

        _ = _scene.Block(prices: [(Btc, 48_000)]);
        var block = _scene.Block();

        Assert.Empty(block.Fills);
        Assert.Equal(
            (stop.Id, RemovalReason.ConditionalIocWouldRestOnBook),
            (Assert.Single(block.Orders).Order.Id, block.Orders[0].Reason));
    }

    [Fact]
    public void Tx_7_7_a_reduce_only_stop_may_wait_without_a_position_and_is_removed_when_it_triggers()
    {
        var stop = Immediate(48_000, 49_000);
        _ = _scene.Include(stop);

        _ = _scene.Block(prices: [(Btc, 49_000)]);
        var removed = Assert.Single(_scene.Block().Orders);

        Assert.Equal((stop.Id, RemovalReason.InvalidReduceOnly), (removed.Order.Id, removed.Reason));
    }

    [Fact]
    public void Tx_7_7_a_reduce_only_stop_closes_what_there_is()
    {
        _scene.Trade(_ann, _bob, Side.Buy, 1, 50_000);
        var stop = Immediate(48_000, 49_000, size: 3);
        _ = _scene.Include(stop);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Buy, 5, 48_900)));

        _ = _scene.Block(prices: [(Btc, 49_000)]);
        var block = _scene.Block();

        Assert.Equal(0, _scene.Held(_ann));
        Assert.Equal(_scene.Quantums(Btc, 1), Assert.Single(block.Fills).Quantums);
        Assert.Equal(RemovalReason.ReduceOnlyResize, Assert.Single(block.Orders).Reason);
    }

    [Fact]
    public void Tx_7_3_a_conditional_order_is_not_covered_when_it_is_placed_but_when_it_meets_others()
    {
        var poor = _scene.Account("poor", 100);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 51_000)));
        var stop = _scene.Conditional(poor, Side.Buy, 1, 52_000, ConditionType.StopLoss, 51_000);
        _ = _scene.Include(stop);

        _ = _scene.Block(prices: [(Btc, 51_000)]);
        var removed = Assert.Single(_scene.Block().Orders);

        Assert.Equal(RemovalReason.Undercollateralized, removed.Reason);
        Assert.Equal(51_000, _scene.BestUsd(Btc, Side.Sell));
    }

    [Fact]
    public void Tx_7_6_there_is_no_bracket_a_target_outlives_its_stop_until_it_is_cancelled()
    {
        _scene.Trade(_ann, _bob, Side.Buy, 1, 50_000);
        var (stop, target) = (Immediate(48_000, 49_000), Immediate(51_000, 52_000) with
        {
            Condition = ConditionType.TakeProfit,
        });
        Accepted(_scene.Send(new ChainMessage.Place(stop), new ChainMessage.Place(target)));
        _ = _scene.Block();
        Accepted(_scene.Place(_scene.Order(_bob, Side.Buy, 1, 48_900)));
        _ = _scene.Block(prices: [(Btc, 49_000)]);
        Assert.Equal(0, _scene.Held(_ann));

        Assert.True(_scene.Venue.StatefulOrder(target.Id)!.IsUntriggered);
        Accepted(_scene.Cancel(target));
        _ = _scene.Block();
        Assert.Null(_scene.Venue.StatefulOrder(target.Id));
        Assert.Empty(_scene.Block(prices: [(Btc, 53_000)]).Orders);
    }

    [Fact]
    public void Tx_7_11_an_untriggered_order_outlives_a_restart()
    {
        var stop = _scene.Conditional(_ann, Side.Sell, 1, 60_000, ConditionType.StopLoss, 49_000);
        _ = _scene.Include(stop);
        _ = _scene.Block(restarts: true);
        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Sell));

        var update = Assert.Single(_scene.Block(prices: [(Btc, 48_000)]).Orders);

        Assert.Equal(OrderChange.Triggered, update.Change);
        Assert.Equal(60_000, _scene.BestUsd(Btc, Side.Sell));
    }

    private ChainOrder Immediate(decimal price, decimal trigger, decimal size = 1) =>
        _scene.Conditional(_ann, Side.Sell, size, price, ConditionType.StopLoss, trigger) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
            ReduceOnly = true,
        };
}
