using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>Long-term orders: their window, their entry, their cancels and their end.</summary>
[Trait("Req", "PAP-1")]
public sealed class StatefulTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly SubaccountKey _bob;

    public StatefulTests()
    {
        _ann = _scene.Account("ann");
        _bob = _scene.Account("bob");
    }

    [Fact]
    public void Tx_7_3_good_til_time_window_is_after_the_last_block_and_95_days_long()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);

        Refused("clob", 3003, _scene.Place(order with { GoodTilBlockTime = _scene.Seconds(TimeSpan.Zero) }));
        var most = _scene.Seconds(TimeSpan.FromDays(95));
        Refused("clob", 3004, Again(order with { GoodTilBlockTime = most + 1 }));
        Accepted(Again(order with { GoodTilBlockTime = most }));
    }

    [Fact]
    public void Tx_7_1_a_long_term_order_enters_its_book_after_its_block()
    {
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 50_000)));
        var order = _scene.LongTerm(_ann, Side.Buy, 2, 50_000);
        Accepted(_scene.Place(order));
        Assert.Equal(0, _scene.Held(_ann));

        var block = _scene.Block();

        Assert.Empty(block.Fills);
        var opened = Assert.Single(block.Orders);
        Assert.Equal((order.Id, OrderChange.Opened), (opened.Order.Id, opened.Change));
        Assert.Equal(50_000, _scene.BestUsd(Btc, Side.Buy));
        var fill = Assert.Single(_scene.Block().Fills);
        Assert.Equal(order.Id, fill.Taker.Order);
        Assert.Equal(_scene.Quantums(Btc, 1), _scene.Venue.StatefulOrder(order.Id)?.Filled);
    }

    [Fact]
    public void Tx_7_3_an_id_that_exists_or_waits_is_refused()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        Accepted(_scene.Place(order));
        Refused("clob", 3005, _scene.Place(order));

        _ = _scene.Blocks(2);

        Refused("clob", 3005, _scene.Place(order));
    }

    [Fact]
    public void Tx_7_3_an_id_with_a_cancel_that_waits_is_refused()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        _ = _scene.Include(order);
        Accepted(_scene.Cancel(order));

        Refused("clob", 3008, _scene.Place(order));
        _ = _scene.Block();
        Accepted(_scene.Place(order));
    }

    [Fact]
    public void Tx_7_3_and_so_is_one_that_the_same_transaction_cancels()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        _ = _scene.Include(order);
        var cancel = new ChainMessage.Cancel(order.Id, 0, order.GoodTilBlockTime);

        Refused("clob", 3008, _scene.Send(cancel, new ChainMessage.Place(order)));

        // The cancel of a transaction that was refused waits for nothing.
        Accepted(_scene.Send(cancel));
    }

    [Fact]
    public void Tx_7_3_a_long_term_order_is_covered_whole_when_it_is_placed()
    {
        var poor = _scene.Account("poor", 2_600);

        Refused("clob", 3007, _scene.Place(_scene.LongTerm(poor, Side.Buy, 1.1m, 50_000)));
        Refused("clob", 3007, Again(_scene.LongTerm(poor, Side.Buy, 1, 50_200)));
        _ = _scene.Block();
        Accepted(_scene.Place(_scene.LongTerm(poor, Side.Buy, 1, 50_000)));
        Accepted(_scene.Place(_scene.LongTerm(poor, Side.Sell, 1, 60_000)));
    }

    [Fact]
    public void Tx_6_a_placement_that_the_mempool_took_may_fail_in_its_block()
    {
        var poor = _scene.Account("poor", 3_000);
        Accepted(_scene.Send(new ChainMessage.Withdraw(poor, poor.Owner, 1_000 * Usd)));
        var order = _scene.LongTerm(poor, Side.Buy, 1, 50_000);
        Accepted(_scene.Place(order));

        var block = _scene.Block();

        Accepted(block.Txs[0].Result);
        Refused("clob", 3007, block.Txs[1].Result);
        Assert.Null(_scene.Venue.StatefulOrder(order.Id));
    }

    [Fact]
    public void Tx_7_12_a_transfer_and_a_placement_for_the_child_are_done_together()
    {
        var child = _ann with { Number = 128 };
        var order = _scene.LongTerm(child, Side.Buy, 100, 100, Iso);

        Accepted(_scene.Send(
            new ChainMessage.Transfer(_ann, child, 1_000 * Usd), new ChainMessage.Place(order)));
        var block = _scene.Block();

        Accepted(Assert.Single(block.Txs).Result);
        Assert.Equal(new TransferDone(_ann, child, -1, 1_000 * Usd), Assert.Single(block.Transfers));
        Assert.Equal((999_000m, 1_000m), (_scene.Usdc(_ann), _scene.Usdc(child)));
        Assert.NotNull(_scene.Venue.StatefulOrder(order.Id));
    }

    [Fact]
    public void Tx_7_12_or_not_at_all()
    {
        var child = _scene.Account("ann", 300, number: 128);
        var order = _scene.LongTerm(child, Side.Buy, 50, 100, Iso);
        var transfer = new ChainMessage.Transfer(_ann, child, 600 * Usd);
        Refused("clob", 3007, _scene.Send(
            transfer, new ChainMessage.Place(order with { Quantums = 5 * order.Quantums })));
        Assert.Equal((1_000_000m, 300m), (_scene.Usdc(_ann), _scene.Usdc(child)));

        // What the mempool saw is gone when the block comes.
        Accepted(_scene.Send(new ChainMessage.Withdraw(_ann, _ann.Owner, 999_500 * Usd)));
        Accepted(_scene.Send(new ChainMessage.Place(order), transfer));
        var block = _scene.Block();

        Refused("subaccounts", 102, block.Txs[1].Result);
        Assert.Equal((500m, 300m), (_scene.Usdc(_ann), _scene.Usdc(child)));
        Assert.Null(_scene.Venue.StatefulOrder(order.Id));
        Assert.Empty(block.Orders);
    }

    [Fact]
    public void Tx_7_4_a_post_only_order_that_would_take_is_accepted_and_then_removed()
    {
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 50_000)));
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 50_000) with { TimeInForce = TimeInForce.PostOnly };

        _ = _scene.Include(order);
        var removed = Assert.Single(_scene.Block().Orders);

        Assert.Equal(
            (order.Id, OrderChange.Removed, RemovalReason.PostOnlyWouldCross),
            (removed.Order.Id, removed.Change, removed.Reason));
    }

    [Fact]
    public void Tx_7_8_a_cancel_takes_effect_in_its_block()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        _ = _scene.Include(order);
        Accepted(_scene.Cancel(order));
        Assert.Equal(40_000, _scene.BestUsd(Btc, Side.Buy));

        var removed = Assert.Single(_scene.Block().Orders);

        Assert.Equal(
            (order.Id, OrderChange.Removed, RemovalReason.UserCanceled),
            (removed.Order.Id, removed.Change, removed.Reason));
        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_8_a_cancel_lives_as_long_as_its_order_and_within_the_window()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        _ = _scene.Include(order);

        Refused("clob", 29, _scene.Cancel(order, order.GoodTilBlockTime - 1));
        Refused("clob", 3003, _scene.Cancel(order, _scene.Seconds(TimeSpan.Zero)));
        Refused("clob", 3004, _scene.Cancel(order, _scene.Seconds(TimeSpan.FromDays(96))));
        Refused("clob", 8, _scene.Cancel(order with { Id = order.Id with { ClobPair = 4 } }));
        Accepted(_scene.Cancel(order, order.GoodTilBlockTime + 1));
    }

    [Fact]
    public void Tx_7_8_a_cancel_of_nothing_and_a_second_one_are_refused()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        Refused("clob", 3006, _scene.Cancel(order));
        _ = _scene.Include(order);
        Accepted(_scene.Cancel(order));

        Refused("clob", 32, _scene.Cancel(order));
        _ = _scene.Block();
        Refused("clob", 3006, _scene.Cancel(order));
    }

    [Fact]
    public void Tx_7_8_an_order_that_waits_for_its_block_may_be_cancelled_in_it()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        Accepted(_scene.Place(order));
        Refused("clob", 29, _scene.Cancel(order, order.GoodTilBlockTime - 1));
        Accepted(_scene.Cancel(order));

        var block = _scene.Block();

        Assert.Equal(
            [OrderChange.Opened, OrderChange.Removed], block.Orders.Select(update => update.Change));
        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_11_a_cancel_of_an_order_that_was_filled_before_it_fails_in_the_block()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 50_000);
        _ = _scene.Include(order);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 50_000)));
        Refused("clob", 3005, _scene.Place(order));
        Accepted(_scene.Cancel(order));

        var block = _scene.Block();

        Refused("clob", 3010, Assert.Single(block.Txs).Result);
        Assert.Contains(
            block.Orders, update => update.Order.Id == order.Id && update.Change == OrderChange.Filled);
    }

    [Fact]
    public void Tx_7_8_several_cancels_of_one_transaction_are_all_done_or_none()
    {
        var one = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        var two = _scene.LongTerm(_ann, Side.Buy, 1, 50_000);
        Accepted(_scene.Send(new ChainMessage.Place(one), new ChainMessage.Place(two)));
        _ = _scene.Block();
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 50_000)));
        Accepted(_scene.Send(Cancel(one), Cancel(two)));

        Refused("clob", 3010, Assert.Single(_scene.Block().Txs).Result);

        Assert.NotNull(_scene.Venue.StatefulOrder(one.Id));
        Accepted(_scene.Cancel(one));
        _ = _scene.Block();
        Assert.Null(_scene.Venue.StatefulOrder(one.Id));

        static ChainMessage Cancel(ChainOrder order) =>
            new ChainMessage.Cancel(order.Id, 0, order.GoodTilBlockTime);
    }

    [Fact]
    public void Tx_7_3_an_order_whose_time_is_over_is_removed()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000) with
        {
            GoodTilBlockTime = _scene.Seconds(TimeSpan.FromSeconds(3)),
        };
        _ = _scene.Include(order);
        Assert.Empty(_scene.Block().Orders);

        var removed = Assert.Single(_scene.Block().Orders);

        Assert.Equal(RemovalReason.Expired, removed.Reason);
        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_11_stateful_orders_outlive_a_restart_and_short_term_ones_do_not()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        _ = _scene.Include(order);
        Accepted(_scene.Place(_scene.Order(_ann, Side.Buy, 1, 41_000)));
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 0.25m, 40_000)));
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 50_000)));

        _ = _scene.Block(restarts: true);

        Assert.Equal(
            (40_000m, 0m), (_scene.BestUsd(Btc, Side.Buy), _scene.BestUsd(Btc, Side.Sell)));
        Assert.Equal(order.Quantums, _scene.Venue.StatefulOrder(order.Id)?.Left);
    }

    [Fact]
    public void Tx_7_11_after_a_restart_stateful_orders_stand_in_the_order_of_their_placement()
    {
        Accepted(_scene.Place(_scene.LongTerm(_bob, Side.Buy, 1, 40_000)));
        Accepted(_scene.Place(_scene.LongTerm(_ann, Side.Buy, 1, 40_000)));
        _ = _scene.Block(restarts: true);
        _ = _scene.Block();

        Accepted(_scene.Place(_scene.Order(_scene.Account("eve"), Side.Sell, 1, 40_000)));

        Assert.Equal(_bob, Assert.Single(_scene.Block().Fills).Maker.Subaccount);
    }

    [Fact]
    public void Tx_7_3_a_market_in_final_settlement_drops_its_orders_and_takes_none()
    {
        var order = _scene.LongTerm(_ann, Side.Buy, 1, 40_000);
        _ = _scene.Include(order);
        Accepted(_scene.Place(_scene.Order(_bob, Side.Sell, 1, 60_000)));

        var block = _scene.Block(statuses: [(Btc, ClobPairStatus.FinalSettlement)]);

        Assert.Equal(RemovalReason.FinalSettlement, Assert.Single(block.Orders).Reason);
        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Sell));
        Refused("clob", 34, _scene.Place(_scene.Order(_ann, Side.Buy, 1, 40_000)));
        Refused("clob", 34, _scene.Place(_scene.LongTerm(_ann, Side.Buy, 1, 40_000)));
    }

    private TxResult Again(ChainOrder order)
    {
        _ = _scene.Block();
        return _scene.Place(order with
        {
            GoodTilBlockTime = order.GoodTilBlockTime + 1,
        });
    }
}
