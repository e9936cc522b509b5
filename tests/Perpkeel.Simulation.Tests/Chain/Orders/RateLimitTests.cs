using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>How much an owner may do in a few blocks, and how many orders its equity allows.</summary>
[Trait("Req", "PAP-1")]
public sealed class RateLimitTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;

    public RateLimitTests() => _ann = _scene.Account("ann");

    private ChainMessage Long => new ChainMessage.Place(_scene.LongTerm(_ann, Side.Buy, 0.01m, 40_000));

    [Fact]
    public void Tx_12_2_an_owner_places_two_stateful_orders_a_block_over_all_subaccounts()
    {
        var other = _scene.Account("ann", number: 1);
        Accepted(_scene.Send(Long));
        Accepted(_scene.Place(_scene.LongTerm(other, Side.Buy, 0.01m, 40_000)));

        Refused("clob", 5001, _scene.Send(Long));
        _ = _scene.Block();
        Accepted(_scene.Send(Long));
    }

    [Fact]
    public void Tx_12_2_three_placements_in_one_transaction_are_too_many()
    {
        Refused("clob", 5001, _scene.Send(Long, Long, Long));

        Refused("clob", 5001, _scene.Send(Long));
    }

    [Fact]
    public void Tx_12_2_refused_attempts_count()
    {
        var bad = _scene.LongTerm(_ann, Side.Buy, 0.01m, 40_000) with { Quantums = 1 };
        Refused("clob", 12, _scene.Place(bad));
        Refused("clob", 12, _scene.Place(bad));

        Refused("clob", 5001, _scene.Place(bad));
    }

    [Fact]
    public void Tx_12_2_twenty_stateful_placements_in_a_hundred_blocks()
    {
        for (var i = 0; i < 10; i++)
        {
            Accepted(_scene.Send(Long));
            Accepted(_scene.Send(Long));
            _ = _scene.Block();
        }

        Refused("clob", 5001, _scene.Send(Long));
        _ = _scene.Blocks(90);

        // Of the last hundred blocks the first one's two have left; the refused attempt is still in.
        Accepted(_scene.Send(Long));
        Refused("clob", 5001, _scene.Send(Long));
    }

    [Fact]
    public void Tx_12_2_stateful_cancels_do_not_count()
    {
        var orders = new[] { Long, Long };
        Accepted(_scene.Send(orders));
        _ = _scene.Block();
        Accepted(_scene.Send(Long));
        Accepted(_scene.Send(Long));

        foreach (var order in orders) Accepted(_scene.Cancel(((ChainMessage.Place)order).Order));
    }

    [Fact]
    public void Tx_12_2_short_term_placements_and_cancels_share_a_limit_and_a_batch_counts_two()
    {
        var scene = new VenueScene(new OrderParameters { ShortTermRates = [new BlockRate(5, 4)] });
        var ann = scene.Account("ann");
        var order = scene.Order(ann, Side.Buy, 1, 40_000);
        Accepted(scene.Place(order));
        Accepted(scene.Cancel(order));
        Accepted(scene.Send(new ChainMessage.BatchCancel(ann, [(Btc, [1u])], scene.Next)));

        Refused("clob", 5001, scene.Place(scene.Order(ann, Side.Buy, 1, 40_000)));
        _ = scene.Blocks(5);
        Accepted(scene.Place(scene.Order(ann, Side.Buy, 1, 40_000)));
    }

    [Fact]
    public void Tx_12_2_a_node_that_starts_anew_has_counted_nothing_and_knows_no_bytes()
    {
        var scene = new VenueScene(new OrderParameters { ShortTermRates = [new BlockRate(5, 1)] });
        var ann = scene.Account("ann");
        var order = scene.Order(ann, Side.Buy, 1, 40_000);
        var tx = new ChainTx(ann.Owner, 0, [new ChainMessage.Place(order)], null) { Hash = "EF" };
        Accepted(scene.Venue.Submit(tx));
        Refused("sdk", 19, scene.Venue.Submit(tx));
        Refused("clob", 5001, scene.Place(order));
        _ = scene.Block(restarts: true);
        _ = scene.Block();

        Accepted(scene.Venue.Submit(tx));
    }

    [Fact]
    public void Tx_12_2_leverage_updates_have_a_limit_of_their_own()
    {
        var update = new ChainMessage.UpdateLeverage(_ann, [(Btc, 100_000)]);
        Accepted(_scene.Send(Long, Long));

        Accepted(_scene.Send(update));

        Refused("clob", 5001, _scene.Send(update));
    }

    [Theory]
    [InlineData(19.99, 0)]
    [InlineData(20, 10)]
    [InlineData(100, 20)]
    [InlineData(1_000, 40)]
    [InlineData(10_000, 100)]
    [InlineData(100_000, 200)]
    public void Tx_12_1_equity_bounds_the_open_stateful_orders_of_a_subaccount(double usd, int limit)
    {
        var scene = new VenueScene(new OrderParameters { StatefulRates = [] });
        var ann = scene.Account("ann", (decimal)usd);
        for (var i = 0; i < limit; i++)
        {
            Accepted(scene.Place(scene.Conditional(
                ann, Side.Sell, 0.01m, 40_000, ConditionType.StopLoss, 45_000)));
            if (i % 2 == 0) _ = scene.Block();
        }

        var oneMore = scene.Conditional(ann, Side.Sell, 0.01m, 40_000, ConditionType.StopLoss, 45_000);
        Refused("clob", 10_001, scene.Place(oneMore));
    }

    [Fact]
    public void Tx_12_1_an_order_that_ends_makes_room()
    {
        var scene = new VenueScene(new OrderParameters { StatefulRates = [] });
        var ann = scene.Account("ann", 25);
        var orders = Enumerable.Range(0, 10).Select(_ => scene.Conditional(
            ann, Side.Sell, 0.01m, 40_000, ConditionType.StopLoss, 45_000)).ToList();
        foreach (var order in orders) Accepted(scene.Place(order));
        _ = scene.Block();
        Accepted(scene.Cancel(orders[3]));
        _ = scene.Block();

        Accepted(scene.Place(scene.LongTerm(ann, Side.Buy, 0.001m, 40_000)));
    }
}
