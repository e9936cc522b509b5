using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>TWAPs: their legs, their prices, what they catch up, and their end.</summary>
[Trait("Req", "PAP-1")]
public sealed class TwapTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly SubaccountKey _bob;

    public TwapTests()
    {
        _ann = _scene.Account("ann");
        _bob = _scene.Account("bob");
    }

    [Fact]
    public void Tx_14_the_first_leg_comes_at_once_priced_at_the_oracle_and_the_tolerance()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0);

        var block = _scene.Include(order);

        Assert.Equal(
            [OrderFlags.Twap, OrderFlags.TwapSuborder], block.Orders.Select(each => each.Order.Id.Flags));
        var leg = block.Orders[1].Order;
        Assert.Equal(order.Id.ClientId, leg.Id.ClientId);
        Assert.Equal(_scene.Quantums(Btc, 0.1m), leg.Quantums);
        Assert.Equal(50_500, _scene.BestUsd(Btc, Side.Buy));
    }

    [Theory]
    [InlineData(Side.Buy, 49_000)]
    [InlineData(Side.Sell, 51_000)]
    public void Tx_14_a_limit_holds_for_all_legs_whatever_the_tolerance(Side side, int limit)
    {
        _ = _scene.Include(_scene.Twap(_ann, side, 1, limit));

        Assert.Equal(limit, _scene.BestUsd(Btc, side));
    }

    [Fact]
    public void Tx_14_a_leg_stands_three_seconds_and_the_next_comes_an_interval_later()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0);
        _ = _scene.Include(order);
        Assert.Empty(_scene.Blocks(2).Orders);

        var expired = Assert.Single(_scene.Block().Orders);
        Assert.Equal(
            (OrderFlags.TwapSuborder, RemovalReason.Expired), (expired.Order.Id.Flags, expired.Reason));
        Assert.Empty(_scene.Block(seconds: 26.9).Orders);
        var next = Assert.Single(_scene.Block(seconds: 0.1).Orders);

        Assert.Equal((OrderFlags.TwapSuborder, OrderChange.Opened), (next.Order.Id.Flags, next.Change));
        Assert.Equal(_scene.Quantums(Btc, 0.1111m), next.Order.Quantums);
    }

    [Fact]
    public void Tx_14_what_was_missed_is_caught_up_to_three_ordinary_legs()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0);
        _ = _scene.Include(order);
        var sizes = new List<long> { _scene.Quantums(Btc, 0.1m) };
        for (var leg = 1; leg < 10; leg++) sizes.Add(LegAfter30Seconds().Quantums);

        Assert.Equal(
            "0.1 0.1111 0.125 0.1428 0.1666 0.2 0.25 0.3 0.3 0.3",
            string.Join(' ', sizes.Select(size => (size / 10_000_000_000m).ToString(
                CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Tx_14_the_parent_counts_its_legs_fills_and_ends_after_the_last()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0);
        Accepted(_scene.Place(_scene.LongTerm(_bob, Side.Sell, 5, 50_000)));
        _ = _scene.Block();
        _ = _scene.Include(order);
        for (var leg = 1; leg < 10; leg++)
        {
            Assert.Equal(leg * order.Quantums / 10, _scene.Venue.StatefulOrder(order.Id)!.Filled);
            _ = LegAfter30Seconds();
        }

        var update = _scene.Block().Orders.Single(each => each.Order.Id == order.Id);

        Assert.Equal((OrderChange.Filled, order.Quantums), (update.Change, update.TotalFilled));
        Assert.Equal(order.Quantums, _scene.Held(_ann));
        Assert.Null(_scene.Venue.StatefulOrder(order.Id));
    }

    [Fact]
    public void Tx_14_a_parent_that_was_not_filled_ends_after_its_last_leg()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0);
        _ = _scene.Include(order);
        for (var leg = 1; leg < 10; leg++) _ = LegAfter30Seconds();
        Assert.NotNull(_scene.Venue.StatefulOrder(order.Id));

        var block = _scene.Block(seconds: 4);

        Assert.Contains(block.Orders, each =>
            each.Order.Id == order.Id && each.Reason == RemovalReason.Expired);
    }

    [Fact]
    public void Tx_14_the_first_leg_that_is_refused_ends_the_parent()
    {
        var poor = _scene.Account("poor", 3_000);
        var order = _scene.Twap(poor, Side.Buy, 1, 0, tolerancePpm: 0);
        _ = _scene.Include(order);
        Accepted(_scene.Send(new ChainMessage.Withdraw(poor, poor.Owner, 2_999 * Usd)));
        _ = _scene.Block(seconds: 29);

        var block = _scene.Block();

        var ended = Assert.Single(block.Orders);
        Assert.Equal((order.Id, RemovalReason.TwapLegRefused), (ended.Order.Id, ended.Reason));
    }

    [Fact]
    public void Tx_7_3_a_twap_is_covered_whole_when_it_is_placed() => Refused(
        "clob", 3007, _scene.Place(_scene.Twap(_scene.Account("poor", 2_000), Side.Buy, 1, 0)));

    [Fact]
    public void Tx_14_a_twap_is_cancelled_under_its_own_id_and_counts_once()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0);
        _ = _scene.Include(order);
        Assert.Equal(1, _scene.Venue.State.Stateful.CountOf(AccountOf(_ann), withPending: true));
        Accepted(_scene.Cancel(order));

        _ = _scene.Block();
        _ = _scene.Block(seconds: 40);

        Assert.Empty(_scene.Block(seconds: 40).Orders);
        Assert.Equal(0, _scene.Venue.State.Stateful.Count);
    }

    [Fact]
    public void Tx_14_the_good_til_time_of_a_twap_does_not_end_it()
    {
        var order = _scene.Twap(_ann, Side.Buy, 1, 0) with
        {
            GoodTilBlockTime = _scene.Seconds(TimeSpan.FromSeconds(5)),
        };
        _ = _scene.Include(order);

        _ = _scene.Block(seconds: 20);

        Assert.NotNull(_scene.Venue.StatefulOrder(order.Id));
    }

    private int AccountOf(SubaccountKey key) => _scene.Venue.Ledger.Accounts.Find(key);

    private ChainOrder LegAfter30Seconds()
    {
        _ = _scene.Block(seconds: 29);
        return _scene.Block().Orders.Single(each => each.Change == OrderChange.Opened).Order;
    }
}
