using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Tests.Delivery;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

[Trait("Req", "VEN-1")]
public sealed class FailOverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Manners.IsAway))]
    [InlineData(nameof(Manners.AnswersNothing))]
    [InlineData(nameof(Manners.AnswersHalfABody))]
    [InlineData(nameof(Manners.TakesAndSaysUnavailable))]
    [InlineData(nameof(Manners.LimitsRequests))]
    public async Task The_next_endpoint_answers_and_is_asked_first_from_then_on(string manners)
    {
        using var world = new LocalWorld(nodes: 2);
        world.Nodes[0].Manners = Enum.Parse<Manners>(manners);

        Assert.Equal("9.6.0", (await world.Client.Chain.NodeInfoAsync(Cancellation)).Value().Version);
        Assert.Equal("9.6.0", (await world.Client.Chain.NodeInfoAsync(Cancellation)).Value().Version);

        // The second is asked for the chain's id first.
        Assert.Equal((1, 3), (world.Nodes[0].Calls, world.Nodes[1].Calls));
    }

    [Fact]
    public async Task An_endpoint_that_rested_is_asked_again()
    {
        using var world = new LocalWorld(nodes: 2);
        world.Nodes[0].Manners = Manners.IsAway;
        (await world.Client.Chain.IsSyncingAsync(Cancellation)).Value();
        world.Nodes[0].Manners = Manners.Good;

        world.Nodes[1].Manners = Manners.IsAway;
        (await world.Client.Chain.IsSyncingAsync(Cancellation)).Value();

        Assert.Equal(0, world.Client.Endpoints.All[0].Failures);
        Assert.Equal(1, world.Client.Endpoints.All[1].Failures);
    }

    [Fact]
    public async Task When_all_fail_the_last_reason_is_told()
    {
        using var world = new LocalWorld(nodes: 3);
        foreach (var node in world.Nodes) node.Manners = Manners.IsAway;

        var error = (await world.Client.Chain.NodeInfoAsync(Cancellation)).Error();

        Assert.Equal("all-failed", error.Code);
        Assert.Contains("None of 3 endpoints", error.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1], world.Nodes.Select(node => node.Calls));
    }

    [Fact]
    public async Task A_no_of_the_chain_is_not_asked_elsewhere()
    {
        using var world = new LocalWorld(nodes: 2);

        (await world.Client.Chain.TxAsync("AB", Cancellation)).Error();

        Assert.Equal(0, world.Nodes[1].Calls);
    }

    [Fact]
    public async Task The_quicker_endpoint_is_asked_first()
    {
        using var world = new LocalWorld(nodes: 2);
        world.Exchange.Before = host => world.Time.Advance(TimeSpan.FromMilliseconds(
            string.Equals(host, "node0", StringComparison.Ordinal) ? 80 : 20));
        foreach (var endpoint in world.Settings.Endpoints)
        {
            (await world.Client.Chain.LatestBlockAtAsync(endpoint, Cancellation)).Value();
        }

        Assert.Equal(
            [world.Settings.Endpoints[1], world.Settings.Endpoints[0]],
            world.Client.Endpoints.Ranked(world.Time.GetUtcNow()));
    }

    /// <summary>Questions are answered by what takes no transactions, too.</summary>
    [Fact]
    public void Who_fails_to_take_transactions_comes_last_until_it_takes_one()
    {
        var (one, two) = (NodeEndpoint.Parse("a").Value(), NodeEndpoint.Parse("b").Value());
        var pool = new EndpointPool([one, two]);
        var now = DateTimeOffset.UnixEpoch;
        pool.FailedBroadcast(one, now);
        pool.FailedBroadcast(one, now);
        pool.Answered(one, TimeSpan.Zero);

        Assert.Equal([one, two], pool.Ranked(now));
        Assert.Equal([two, one], pool.RankedForBroadcast(now));
        Assert.Equal([one, two], pool.RankedForBroadcast(now.AddSeconds(2)));

        pool.TookBroadcast(one);
        Assert.Equal([one, two], pool.RankedForBroadcast(now));
    }

    [Fact]
    public async Task A_poll_does_not_bring_back_who_lost_a_transaction()
    {
        using var world = new LocalWorld(nodes: 2);
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        world.Nodes[0].Manners = Manners.TakesAndSaysUnavailable;
        (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), Cancellation)).Error();
        world.Nodes[0].Manners = Manners.Good;
        (await world.Client.PollAsync(Cancellation)).Value();

        (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 2), Cancellation)).Value();

        Assert.Equal((1, 1), (world.Nodes[0].Broadcasts, world.Nodes[1].Broadcasts));
    }

    [Fact]
    public void Rest_doubles_with_each_failure_and_has_an_end()
    {
        var endpoint = NodeEndpoint.Parse("a").Value();
        var pool = new EndpointPool([endpoint]);
        var now = DateTimeOffset.UnixEpoch;
        var rests = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            pool.Failed(endpoint, now);
            rests.Add((pool.All[0].RestsUntil - now).TotalSeconds);
        }

        Assert.Equal([1d, 2d, 4d, 8d, 16d, 32d, 64d, 64d, 64d], rests);
    }
}
