using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Timing;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

/// <summary>What a sender counts against the equity tier: ten orders from 20 USDC on.</summary>
[Trait("Req", "VEN-1")]
public sealed class OwnOrderTests
{
    private static readonly StatefulRoom Poor = new(0, new Usd(50m));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Spec_12_1_an_order_beyond_the_tier_is_known_before_it_is_sent() => OneThread.Run(
        async thread =>
        {
            using var world = new LocalWorld();
            var (sender, orders) = await PlacedAsync(world, thread, 10);

            var eleventh = await sender.SendStatefulAsync([orders[10].ToMessage()], Poor, Cancellation);

            Assert.Equal("equity-tier", eleventh.Error().Code);
            Assert.StartsWith("10 stateful orders", eleventh.Error().Message, StringComparison.Ordinal);
            Assert.Equal(10, world.Nodes[0].Broadcasts);
        });

    /// <summary>Those that are still on their way count too.</summary>
    [Fact]
    public void Many_at_once_do_not_pass_the_tier_together() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);

        var sending = Enumerable.Range(1, 14).Select(id => sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, id).ToMessage()], Poor, Cancellation)).ToList();
        for (var i = 0; i < 30; i++)
        {
            await world.BlockAsync();
            await thread.IdleAsync();
        }

        var refused = (await Task.WhenAll(sending)).Where(one => !one.TryGet(out _, out _)).ToList();
        Assert.Equal(4, refused.Count);
        Assert.All(refused, one => Assert.Equal("equity-tier", one.Error().Code));
        Assert.Equal(10, world.Chain.StoredOrders);
    });

    [Fact]
    public void Room_is_there_again_when_the_chain_no_longer_has_an_order() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var (sender, orders) = await PlacedAsync(world, thread, 10);
        (await sender.SendStatefulAsync([TestOrders.Cancel(orders[3])], Poor, Cancellation)).Value();
        await world.BlockAsync();

        (await sender.SendStatefulAsync([orders[10].ToMessage()], Poor, Cancellation)).Value();

        await world.BlockAsync();
        Assert.Equal(10, world.Chain.StoredOrders);
    });

    /// <summary>It may yet come: only when its nonce is over does it count no more.</summary>
    [Fact]
    public async Task An_order_whose_outcome_is_unknown_counts_until_it_can_come_no_more()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var room = Poor with { OpenOrders = 9 };
        world.Nodes[0].Manners = Manners.AnswersNothing;
        (await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 1).ToMessage()], room, Cancellation)).Error();
        world.Nodes[0].Manners = Manners.Good;
        var next = TestOrders.LongTerm(world, owner, 2).ToMessage();

        var early = await sender.SendStatefulAsync([next], room, Cancellation);
        Assert.Equal("equity-tier", early.Error().Code);
        for (var i = 0; i < 122; i++) await world.BlockAsync();
        (await sender.SendStatefulAsync([next], room, Cancellation)).Value();
    }

    [Fact]
    public async Task An_order_that_was_refused_does_not_count()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var room = Poor with { OpenOrders = 9 };
        world.Nodes[0].Manners = Manners.IsAway;
        (await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 1).ToMessage()], room, Cancellation)).Error();
        world.Nodes[0].Manners = Manners.Good;

        (await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 2).ToMessage()], room, Cancellation)).Value();
    }

    private static async Task<(OrderSender Sender, List<PreparedOrder> Orders)> PlacedAsync(
        LocalWorld world, OneThread thread, int count)
    {
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var orders = Enumerable.Range(1, count + 1).Select(id => TestOrders.LongTerm(world, owner, id))
            .ToList();
        for (var i = 0; i < count; i++)
        {
            var sending = sender.SendStatefulAsync([orders[i].ToMessage()], Poor, Cancellation);
            await thread.IdleAsync();
            while (!sending.IsCompleted)
            {
                await world.BlockAsync();
                await thread.IdleAsync();
            }

            (await sending).Value();
        }

        await world.BlockAsync();
        return (sender, orders);
    }
}
