using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

/// <summary>
/// Everything at once, against a chain that checks signatures, nonces and budgets by itself.
/// </summary>
[Trait("Req", "VEN-1")]
public sealed class ConcurrencyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_hundred_stored_orders_of_twenty_owners() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var sending = new List<Task<Result<Sent, SendError>>>();
        var owners = new List<NetworkKey>();
        for (var i = 0; i < 20; i++)
        {
            var owner = world.Owner(i);
            owners.Add(owner);
            var sender = await world.SenderAsync(owner);
            sending.AddRange(Enumerable.Range(1, 10)
                .Select(id => Place(sender, TestOrders.LongTerm(world, owner, id))));
        }

        await CarryOnAsync(world, thread, sending, mostBlocks: 40);

        Assert.Equal(200, sending.Count);
        foreach (var sent in sending) (await sent).Value();
        await world.BlockAsync();
        Assert.Equal(200, world.Chain.StoredOrders);
        Assert.All(world.Chain.Answers, answer => Assert.Equal(Answer.Ok, answer));
        Assert.All(owners, owner => Assert.Equal(
            2, world.Chain.Placements.MostInABlock(owner.Key.Address.Text)));
    });

    [Fact]
    public void Forty_of_one_owner_are_spread_over_blocks() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var sending = Enumerable.Range(1, 40)
            .Select(id => Place(sender, TestOrders.LongTerm(world, owner, id))).ToList();

        await CarryOnAsync(world, thread, sending, mostBlocks: 150);

        foreach (var sent in sending) (await sent).Value();
        await world.BlockAsync();
        Assert.Equal(40, world.Chain.StoredOrders);
        Assert.All(world.Chain.Answers, answer => Assert.Equal(Answer.Ok, answer));
        Assert.True(world.Chain.Placements.BlocksOf(owner.Key.Address.Text) >= 20);
    });

    [Fact]
    public void A_thousand_short_term_orders_of_one_owner() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);

        var sending = Enumerable.Range(1, 1_000)
            .Select(id => sender.SendShortTermAsync(TestOrders.ShortTerm(world, owner, id), Cancellation))
            .ToList();
        await thread.IdleAsync();

        foreach (var sent in sending) Assert.Null((await sent).Value().Nonce);
        Assert.Equal(1_000, world.Chain.ShortTermTaken.Count);
        Assert.Equal(0UL, world.Chain.Account(owner.Key.Address.Text)!.Sequence);
    });

    /// <summary>Cancels have no budget: all go at once, in an order that the nonces must survive.</summary>
    [Fact]
    public void A_hundred_cancels_go_at_once() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var orders = Enumerable.Range(1, 20).Select(id => TestOrders.LongTerm(world, owner, id)).ToList();
        var placing = orders.ConvertAll(
            order => sender.SendStatefulAsync([order.ToMessage()], LocalWorld.Rich, Cancellation));
        await CarryOnAsync(world, thread, placing, mostBlocks: 60);
        await world.BlockAsync();

        var height = world.Chain.Height;
        var cancelling = Enumerable.Range(0, 100).Select(i => sender.SendStatefulAsync(
            [TestOrders.Cancel(orders[i % orders.Count])], LocalWorld.Rich, Cancellation)).ToList();
        await thread.IdleAsync();

        foreach (var sent in cancelling) (await sent).Value();
        Assert.Equal(height, world.Chain.Height);
        await world.BlockAsync();
        Assert.Equal(0, world.Chain.StoredOrders);
    });

    /// <summary>
    /// An answer that comes late does not let so many others pass that the chain has forgotten its nonce.
    /// </summary>
    [Fact]
    public void No_more_than_the_chain_remembers_are_under_way() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var order = TestOrders.LongTerm(world, owner, 1);
        (await sender.SendStatefulAsync([order.ToMessage()], LocalWorld.Rich, Cancellation)).Value();
        await world.BlockAsync();
        var held = new TaskCompletionSource();
        var first = true;
        world.Exchange.Hold = () =>
        {
            var now = first ? held.Task : Task.CompletedTask;
            first = false;
            return now;
        };

        var sending = Enumerable.Range(0, 60).Select(_ => sender.SendStatefulAsync(
            [TestOrders.Cancel(order)], LocalWorld.Rich, Cancellation)).ToList();
        await thread.IdleAsync();
        var early = sending.Count(one => one.IsCompleted);
        held.SetResult();
        await thread.IdleAsync();

        Assert.Equal(19, early);
        foreach (var sent in sending) (await sent).Value();
    });

    private static Task<Result<Sent, SendError>> Place(OrderSender sender, PreparedOrder order) =>
        sender.SendStatefulAsync([order.ToMessage()], LocalWorld.Rich, Cancellation);

    private static async Task CarryOnAsync(
        LocalWorld world, OneThread thread, List<Task<Result<Sent, SendError>>> sending, int mostBlocks)
    {
        await thread.IdleAsync();
        for (var i = 0; i < mostBlocks && !sending.TrueForAll(one => one.IsCompleted); i++)
        {
            await world.BlockAsync();
            await thread.IdleAsync();
        }

        Assert.All(sending, one => Assert.True(one.IsCompleted, "It was never sent."));
    }
}
