using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>Short-term orders: their window, what they take, their cancels and replacements.</summary>
[Trait("Req", "PAP-1")]
public sealed class ShortTermTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly SubaccountKey _bob;

    public ShortTermTests()
    {
        _ann = _scene.Account("ann");
        _bob = _scene.Account("bob");
    }

    [Fact]
    public void Tx_7_3_good_til_block_window_is_the_next_block_and_forty_more()
    {
        var order = _scene.Order(_ann, Side.Buy, 1, 40_000);
        var next = _scene.Next;

        Refused("clob", 10, _scene.Place(order with { GoodTilBlock = next - 1 }));
        Refused("clob", 11, _scene.Place(order with { GoodTilBlock = next + 41 }));
        Accepted(_scene.Place(order with { GoodTilBlock = next }));
        Accepted(_scene.Place(order with { GoodTilBlock = next + 40 }));
    }

    [Fact]
    public void Tx_7_3_prices_and_sizes_are_on_the_grid_of_a_pair_that_exists()
    {
        var order = _scene.Order(_ann, Side.Buy, 1, 40_000);

        Refused("clob", 8, _scene.Place(order with { Id = order.Id with { ClobPair = 3 } }));
        Refused("clob", 8, _scene.Place(order with { Id = order.Id with { ClobPair = -1 } }));
        Refused("clob", 12, _scene.Place(order with { Quantums = order.Quantums + 1 }));
        Refused("clob", 12, _scene.Place(order with { Subticks = order.Subticks + 1 }));
        Refused("clob", 12, _scene.Place(_scene.Conditional(
            _ann, Side.Sell, 1, 40_000, ConditionType.StopLoss, 45_000) with
        { TriggerSubticks = 1 }));
    }

    [Fact]
    public void Tx_7_1_a_short_term_order_meets_at_once_and_its_fill_is_in_the_next_block()
    {
        var sell = _scene.Order(_ann, Side.Sell, 2, 50_000);
        var buy = _scene.Order(_bob, Side.Buy, 1, 50_100);
        Accepted(_scene.Place(sell));
        Accepted(_scene.Place(buy));
        Assert.Equal(_scene.Quantums(Btc, 1), _scene.Held(_bob));

        var block = _scene.Block();

        var fill = Assert.Single(block.Fills);
        Assert.Equal((buy.Id, sell.Id), (fill.Taker.Order, fill.Maker.Order));
        Assert.Equal((FillKind.Limit, FillKind.Limit), (fill.Taker.Kind, fill.Maker.Kind));
        Assert.Equal((_scene.Subticks(Btc, 50_000), sell.Quantums / 2), (fill.Subticks, fill.Quantums));
        Assert.Equal((Int128)25 * Usd, fill.Taker.Fee);
        Assert.Equal((Int128)5 * Usd, fill.Maker.Fee);
        Assert.Equal([_ann, _bob], block.Subaccounts.Select(each => each.Subaccount));
        Assert.Equal(buy.Id, Assert.Single(block.Orders).Order.Id);
        Assert.Equal([new OpenInterestMove(Btc, buy.Quantums)], block.OpenInterest);
        Assert.Empty(_scene.Block().Fills);
    }

    [Fact]
    public void Tx_14_a_builder_is_paid_on_top_of_the_fee()
    {
        var builder = _scene.Owner("builder");
        Accepted(_scene.Place(_scene.Order(_ann, Side.Sell, 1, 50_000)));
        Accepted(_scene.Place(_scene.Order(_bob, Side.Buy, 1, 50_000) with
        {
            Builder = new BuilderCode(builder, 1_000),
        }));

        var fill = Assert.Single(_scene.Block().Fills);

        Assert.Equal((Int128)50 * Usd, fill.Taker.BuilderFee);
        Assert.Equal((Int128)50 * Usd, _scene.Venue.Ledger.Accounts.Wallet(builder));
    }

    [Fact]
    public void Tx_7_11_an_order_ends_after_its_block_without_a_word_in_any_block()
    {
        var order = _scene.Order(_ann, Side.Buy, 1, 40_000) with { GoodTilBlock = _scene.Next };
        Accepted(_scene.Place(order));

        var block = _scene.Block();

        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
        Assert.Empty(block.Orders);
        var told = Assert.Single(_scene.Venue.NodeEvents);
        Assert.Equal((NodeEventKind.Removed, RemovalReason.Expired), (told.Kind, told.Reason));
    }

    [Fact]
    public void Tx_7_10_what_was_filled_is_kept_until_the_window_has_passed()
    {
        var order = _scene.Order(_bob, Side.Buy, 1, 50_000) with { GoodTilBlock = _scene.Next };
        Accepted(_scene.Place(_scene.Order(_ann, Side.Sell, 1, 50_000)));
        Accepted(_scene.Place(order));
        var last = _scene.Next;

        Refused("clob", 24, _scene.Place(order with { GoodTilBlock = _scene.Next + 10 }));
        while (_scene.Venue.Height < last + 39) _ = _scene.Block();
        Refused("clob", 24, _scene.Place(order with { GoodTilBlock = _scene.Next }));
        _ = _scene.Block();
        Accepted(_scene.Place(order with { GoodTilBlock = _scene.Next }));
    }

    [Fact]
    public void Tx_7_4_what_an_immediate_order_does_not_fill_is_dropped_and_its_id_is_used()
    {
        Accepted(_scene.Place(_scene.Order(_ann, Side.Sell, 1, 50_000)));
        var order = _scene.Order(_bob, Side.Buy, 3, 50_000) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
        };
        Accepted(_scene.Place(order));

        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
        Assert.Equal(
            RemovalReason.ImmediateOrCancelWouldRestOnBook, _scene.Venue.NodeEvents[^1].Reason);
        Refused("clob", 2004, _scene.Place(order));
        Refused("clob", 24, _scene.Place(order with { Quantums = order.Quantums / 3 }));
    }

    [Fact]
    public void Tx_7_4_a_post_only_order_that_would_take_is_refused()
    {
        Accepted(_scene.Place(_scene.Order(_ann, Side.Sell, 1, 50_000)));
        var order = _scene.Order(_bob, Side.Buy, 1, 50_000) with { TimeInForce = TimeInForce.PostOnly };

        Refused("clob", 2003, _scene.Place(order));
        Assert.Equal(0, _scene.Held(_bob));
        Accepted(_scene.Place(order with { Subticks = _scene.Subticks(Btc, 49_999) }));
        Assert.Equal(49_999, _scene.BestUsd(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_4_a_post_only_order_rests_when_only_unfit_orders_are_in_its_way()
    {
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 50_000)));
        Accepted(_scene.Place(_scene.Order(_scene.Account("poor", 1), Side.Sell, 1, 50_000)));

        Accepted(_scene.Place(_scene.Order(_bob, Side.Buy, 1, 50_000) with
        {
            TimeInForce = TimeInForce.PostOnly,
        }));

        Assert.Equal((50_000m, 0m), (_scene.BestUsd(Btc, Side.Buy), _scene.BestUsd(Btc, Side.Sell)));
    }

    [Fact]
    public void Tx_7_7_reduce_only_needs_a_position_of_the_other_side()
    {
        var order = _scene.Order(_ann, Side.Sell, 1, 49_000) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
            ReduceOnly = true,
        };
        Refused("clob", 2001, _scene.Place(order));
        _scene.Trade(_ann, _bob, Side.Sell, 1, 50_000);

        Refused("clob", 2001, _scene.Place(order));
    }

    [Fact]
    public void Tx_7_7_a_reduce_only_order_is_cut_down_to_the_position()
    {
        _scene.Trade(_ann, _bob, Side.Buy, 1, 50_000);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Buy, 5, 49_500)));

        Accepted(_scene.Place(_scene.Order(_ann, Side.Sell, 3, 49_000) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
            ReduceOnly = true,
        }));

        Assert.Equal(0, _scene.Held(_ann));
        Assert.Equal(RemovalReason.ReduceOnlyResize, _scene.Venue.NodeEvents[^1].Reason);
        Assert.Equal(49_500, _scene.BestUsd(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_3_an_order_that_meets_its_own_subaccount_takes_the_older_one_away()
    {
        var old = _scene.Order(_ann, Side.Sell, 1, 50_000);
        Accepted(_scene.Place(old));
        Accepted(_scene.Place(_scene.Order(_ann with { Number = 1 }, Side.Sell, 1, 60_000)));

        Accepted(_scene.Place(_scene.Order(_ann, Side.Buy, 1, 50_000)));

        Assert.Equal((50_000m, 60_000m), (_scene.BestUsd(Btc, Side.Buy), _scene.BestUsd(Btc, Side.Sell)));
        Assert.Equal(0, _scene.Held(_ann));
        Assert.Contains(
            _scene.Venue.NodeEvents,
            told => told.Order.Id == old.Id && told.Reason == RemovalReason.InvalidSelfTrade);
    }

    [Fact]
    public void Tx_6_an_order_that_its_account_cannot_carry_is_accepted_and_does_not_survive()
    {
        var poor = _scene.Account("poor", 1);
        Accepted(_scene.Place(_scene.Order(_ann, Side.Sell, 1, 50_000)));

        Accepted(_scene.Place(_scene.Order(poor, Side.Buy, 1, 50_000)));

        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
        Assert.Equal(RemovalReason.Undercollateralized, _scene.Venue.NodeEvents[^1].Reason);
        Assert.Equal(50_000, _scene.BestUsd(Btc, Side.Sell));
    }

    [Fact]
    public void Tx_1_an_isolated_market_beside_another_is_refused_when_orders_meet()
    {
        _scene.Trade(_ann, _bob, Side.Buy, 1, 50_000);
        Accepted(_scene.Place(_scene.Order(_scene.Account("eve"), Side.Sell, 1, 100, Iso)));

        Accepted(_scene.Place(_scene.Order(_ann, Side.Buy, 1, 99, Iso)));
        Refused("clob", 2005, _scene.Place(_scene.Order(_ann, Side.Buy, 1, 100, Iso)));
        Accepted(_scene.Place(_scene.Order(
            _scene.Account("ann", number: 128), Side.Buy, 1, 100, Iso)));
    }

    [Fact]
    public void Tx_7_3_a_market_that_is_initializing_takes_post_only_orders_on_their_side_of_the_oracle()
    {
        var scene = new VenueScene(btc: ClobPairStatus.Initializing);
        var ann = scene.Account("ann");
        var buy = scene.Order(ann, Side.Buy, 1, 50_000) with { TimeInForce = TimeInForce.PostOnly };

        Refused("clob", 34, scene.Place(buy with { TimeInForce = TimeInForce.Unspecified }));
        Refused("clob", 34, scene.Place(scene.LongTerm(ann, Side.Buy, 1, 50_000) with
        {
            TimeInForce = TimeInForce.PostOnly,
        }));
        Refused("clob", 34, scene.Place(buy with { Subticks = scene.Subticks(Btc, 50_001) }));
        Refused("clob", 34, scene.Place(buy with
        {
            Side = Side.Sell,
            Subticks = scene.Subticks(Btc, 49_999),
        }));
        Accepted(scene.Place(buy));
    }

    [Fact]
    public void Tx_7_1_after_a_restart_the_node_takes_short_term_orders_from_its_first_block_on()
    {
        _ = _scene.Block(restarts: true);
        Refused("clob", 47, _scene.Place(_scene.Order(_ann, Side.Buy, 1, 40_000)));

        _ = _scene.Block();

        Accepted(_scene.Place(_scene.Order(_ann, Side.Buy, 1, 40_000)));
    }
}
