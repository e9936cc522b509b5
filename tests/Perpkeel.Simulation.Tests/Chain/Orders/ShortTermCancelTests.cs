using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>Cancels and replacements of short-term orders.</summary>
[Trait("Req", "PAP-1")]
public sealed class ShortTermCancelTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly ChainOrder _order;

    public ShortTermCancelTests()
    {
        _ann = _scene.Account("ann");
        _order = _scene.Order(_ann, Side.Buy, 1, 40_000);
    }

    [Fact]
    public void Tx_7_8_a_cancel_that_reaches_as_far_as_the_order_takes_it_back_and_is_remembered()
    {
        Accepted(_scene.Place(_order));

        Accepted(_scene.Cancel(_order));

        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
        Assert.Equal(RemovalReason.UserCanceled, Assert.Single(_scene.Venue.NodeEvents).Reason);
        Refused("clob", 7, _scene.Place(_order));
        Accepted(_scene.Place(_order with { GoodTilBlock = _order.GoodTilBlock + 1 }));
    }

    [Fact]
    public void Tx_7_8_a_cancel_that_ends_before_the_order_leaves_it()
    {
        Accepted(_scene.Place(_order));

        Accepted(_scene.Cancel(_order, _order.GoodTilBlock - 1));

        Assert.Equal(40_000, _scene.BestUsd(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_8_an_unknown_id_may_be_cancelled_and_the_same_again_is_known()
    {
        Accepted(_scene.Cancel(_order));

        Refused("clob", 9, _scene.Cancel(_order));
        Refused("clob", 9, _scene.Cancel(_order, _order.GoodTilBlock - 1));
        Accepted(_scene.Cancel(_order, _order.GoodTilBlock + 1));
        Refused("clob", 7, _scene.Place(_order with { GoodTilBlock = _order.GoodTilBlock + 1 }));
    }

    [Fact]
    public void Tx_7_8_a_cancel_is_in_the_same_window_of_a_pair_that_exists()
    {
        Refused("clob", 10, _scene.Cancel(_order, _scene.Next - 1));
        Refused("clob", 11, _scene.Cancel(_order, _scene.Next + 41));
        Refused("clob", 8, _scene.Cancel(_order with { Id = _order.Id with { ClobPair = 9 } }));
    }

    [Fact]
    public void Tx_7_8_a_batch_takes_several_back_and_says_nothing_of_those_it_did_not_find()
    {
        var orders = Enumerable.Range(0, 3).Select(_ => _scene.Order(_ann, Side.Buy, 1, 40_000)).ToList();
        foreach (var order in orders) Accepted(_scene.Place(order));

        Accepted(Batch((Btc, [orders[0].Id.ClientId, orders[2].Id.ClientId, 5u]), (Eth, [1u])));

        Assert.Equal(orders[1].Id, _scene.Venue.ShortTermOrder(orders[1].Id)?.Order.Id);
        Assert.Null(_scene.Venue.ShortTermOrder(orders[0].Id));
        Assert.Null(_scene.Venue.ShortTermOrder(orders[2].Id));
    }

    [Fact]
    public void Tx_7_8_a_batch_names_up_to_a_hundred_ids_each_pair_and_each_id_once()
    {
        uint[] many = [.. Enumerable.Range(0, 51).Select(each => (uint)each)];

        Refused("clob", 45, Batch());
        Refused("clob", 45, Batch((Btc, [])));
        Refused("clob", 45, Batch((Btc, [1u, 1u])));
        Refused("clob", 45, Batch((Btc, [1u]), (Btc, [2u])));
        Refused("clob", 45, Batch((Btc, many), (Eth, many)));
        Accepted(Batch((Btc, many), (Eth, many[..49])));
        Refused("clob", 8, Batch((7, [1u])));
        Refused("clob", 11, _scene.Send(new ChainMessage.BatchCancel(_ann, [(Btc, [1u])], _scene.Next + 41)));
        Refused("clob", 5, _scene.Send(new ChainMessage.BatchCancel(_ann, [(Btc, [1u])], 0)));
    }

    [Fact]
    public void Tx_7_9_a_replacement_lives_longer_and_comes_last_at_its_price()
    {
        var other = _scene.Order(_scene.Account("bob"), Side.Buy, 1, 40_000);
        Accepted(_scene.Place(_order));
        Accepted(_scene.Place(other));

        Refused("clob", 20, _scene.Place(_order with { GoodTilBlock = _order.GoodTilBlock - 1 }));
        Accepted(_scene.Place(_order with { GoodTilBlock = _order.GoodTilBlock + 1 }));

        Accepted(_scene.Place(_scene.Order(_scene.Account("eve"), Side.Sell, 1, 40_000)));
        Assert.Equal(other.Id, Assert.Single(_scene.Block().Fills).Maker.Order);
    }

    [Fact]
    public void Tx_7_9_side_time_in_force_and_reduce_only_stay()
    {
        Accepted(_scene.Place(_order));
        var later = _order with { GoodTilBlock = _order.GoodTilBlock + 1 };

        Refused("clob", 20, _scene.Place(later with { Side = Side.Sell }));
        Refused("clob", 20, _scene.Place(later with { TimeInForce = TimeInForce.PostOnly }));
        Refused("clob", 20, _scene.Place(later with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
            ReduceOnly = true,
        }));
        Assert.Equal(40_000, _scene.BestUsd(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_9_with_the_same_block_the_greater_hash_wins_and_the_same_order_never_replaces_itself()
    {
        var orders = Enumerable.Range(1, 20).Select(each => _order with { ClientMetadata = (uint)each })
            .OrderBy(order => order, Comparer<ChainOrder>.Create(OrderHash.Compare)).ToList();
        Accepted(_scene.Place(orders[10]));

        Refused("clob", 20, _scene.Place(orders[10]));
        Refused("clob", 20, _scene.Place(orders[9]));
        Accepted(_scene.Place(orders[11]));
        Refused("clob", 20, _scene.Place(orders[10]));
    }

    [Fact]
    public void Tx_7_9_the_size_of_a_replacement_includes_what_was_filled()
    {
        Accepted(_scene.Place(_order));
        Accepted(_scene.Place(_scene.Order(_scene.Account("bob"), Side.Sell, 0.4m, 40_000)));
        var later = _order with { GoodTilBlock = _order.GoodTilBlock + 1 };

        Refused("clob", 24, _scene.Place(later with { Quantums = _scene.Quantums(Btc, 0.4m) }));
        Accepted(_scene.Place(later with { Quantums = _scene.Quantums(Btc, 0.5m) }));

        Assert.Equal(_scene.Quantums(Btc, 0.1m), _scene.Venue.ShortTermOrder(_order.Id)?.Left);
    }

    [Fact]
    public void Tx_7_9_a_replacement_that_meets_others_is_matched()
    {
        Accepted(_scene.Place(_scene.Order(_scene.Account("bob"), Side.Sell, 1, 41_000)));
        Accepted(_scene.Place(_order));

        Accepted(_scene.Place(_order with
        {
            GoodTilBlock = _order.GoodTilBlock + 1,
            Subticks = _scene.Subticks(Btc, 41_000),
        }));

        Assert.Equal(_order.Quantums, _scene.Held(_ann));
        Assert.Equal(0, _scene.Venue.Best(Btc, Side.Buy));
    }

    [Fact]
    public void Tx_7_10_a_node_forgets_ids_that_say_nothing_any_more()
    {
        for (var round = 0; round < 100; round++)
        {
            var order = _scene.Order(_ann, Side.Buy, 1, 40_000);
            Accepted(_scene.Place(order));
            if (round % 2 == 0) Accepted(_scene.Cancel(order));
            _ = _scene.Block();
        }

        _ = _scene.Blocks(12);

        Assert.Equal(0, _scene.Venue.State.ShortTerm.Count);
    }

    private TxResult Batch(params (int ClobPair, uint[] Ids)[] ids) => _scene.Send(
        new ChainMessage.BatchCancel(
            _ann, [.. ids.Select(each => (each.ClobPair, (IReadOnlyList<uint>)each.Ids))],
            _scene.Next + 40));
}
