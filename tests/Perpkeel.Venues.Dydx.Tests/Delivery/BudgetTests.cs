using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

/// <summary>Blocks do not come one by one: polls miss some, and sometimes none comes.</summary>
[Trait("Req", "VEN-1")]
public sealed class BudgetTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Spec_12_2_who_waited_for_different_blocks_does_not_go_into_one(int jump) => OneThread.Run(
        async thread =>
        {
            using var world = new LocalWorld();
            var owner = world.Owner(1);
            var sender = await world.SenderAsync(owner);
            var sending = Enumerable.Range(1, 16).Select(id => sender.SendStatefulAsync(
                [TestOrders.LongTerm(world, owner, id).ToMessage()], LocalWorld.Rich, Cancellation)).ToList();

            for (var i = 0; i < 40 && !sending.TrueForAll(one => one.IsCompleted); i++)
            {
                await thread.IdleAsync();
                for (var block = 1; block < jump; block++) world.Chain.Commit(LocalWorld.BlockTime);
                world.Time.Advance(LocalWorld.BlockTime * (jump - 1));
                await world.BlockAsync();
                await thread.IdleAsync();
            }

            foreach (var one in sending) (await one).Value();
            Assert.All(world.Chain.Answers, answer => Assert.Equal(Answer.Ok, answer));
            Assert.Equal(2, world.Chain.Placements.MostInABlock(owner.Key.Address.Text));
        });

    [Fact]
    public void Who_gives_up_gives_the_place_back() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        for (var id = 1; id <= 2; id++)
        {
            var broken = sender.SendStatefulAsync(
                [TestOrders.LongTerm(world, owner, id).ToMessage()], LocalWorld.Rich,
                new CancellationToken(canceled: true));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken);
        }

        var sent = sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 3).ToMessage()], LocalWorld.Rich, Cancellation);
        await thread.IdleAsync();

        (await sent).Value();
    });

    [Fact]
    public void A_chain_that_stands_still_ends_the_wait() => OneThread.Run(async thread =>
    {
        using var world = new LocalWorld();
        var time = new TimeThatJumps(world.Time);
        var client = new NodeClient(world.Settings, world.Exchange, time);
        var owner = world.Owner(1);
        var sender = (await OrderSender.OpenAsync(client, owner, new SenderOptions(), Cancellation)).Value();
        for (var id = 1; id <= 2; id++)
        {
            (await sender.SendStatefulAsync(
                [TestOrders.LongTerm(world, owner, id).ToMessage()], LocalWorld.Rich, Cancellation)).Value();
        }

        var third = await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 3).ToMessage()], LocalWorld.Rich, Cancellation);

        Assert.Equal("no-new-block", third.Error().Code);
        Assert.Equal(2, world.Nodes[0].Broadcasts);
    });

    [Fact]
    public async Task Placements_of_several_subaccounts_go_apart()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var other = (MsgPlaceOrder)TestOrders.LongTerm(world, owner, 2).ToMessage();
        other.Order.OrderId.SubaccountId.Number = 1;

        var one = TestOrders.LongTerm(world, owner, 1).ToMessage();

        var error = (await sender.SendStatefulAsync([one, other], LocalWorld.Rich, Cancellation)).Error();

        Assert.Equal("wrong-way", error.Code);
        Assert.Contains("of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_without_an_id_is_refused()
    {
        using var world = new LocalWorld();
        var sender = await world.SenderAsync(world.Owner(1));

        foreach (var empty in (MsgPlaceOrder[])[new(), new() { Order = new Order() }])
        {
            Assert.Equal("wrong-way", (await sender.SendStatefulAsync(
                [empty], LocalWorld.Rich, Cancellation)).Error().Code);
        }
    }

    /// <summary>Whoever waits for a while finds that it has passed.</summary>
    private sealed class TimeThatJumps(ManualTime time) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero) time.Advance(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
