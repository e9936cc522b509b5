using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

[Trait("Req", "VEN-1")]
public sealed class BroadcastTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Manners.AnswersNothing))]
    [InlineData(nameof(Manners.TakesAndLosesTheLine))]
    [InlineData(nameof(Manners.TakesAndSaysUnavailable))]
    [InlineData(nameof(Manners.AnswersWithoutStatus))]
    [InlineData(nameof(Manners.AnswersHalfABody))]
    [InlineData(nameof(Manners.AnswersHalfAFrame))]
    [InlineData(nameof(Manners.IsNoGrpc))]
    public async Task An_unknown_outcome_is_kept_apart_and_nothing_is_sent_again(string manners)
    {
        using var world = new LocalWorld(nodes: 2);
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        world.Nodes[0].Manners = Enum.Parse<Manners>(manners);
        var before = world.Nodes[1].Calls;

        var sent = await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), Cancellation);

        var error = Assert.IsType<SendError.Broadcast>(sent.Error());
        Assert.Equal("outcome-unknown", error.Code);
        Assert.Equal(ChainOutcome.Unknown, error.Outcome);
        Assert.Contains(error.Tx.Hash, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Nodes[1].Calls);
    }

    [Theory]
    [InlineData(nameof(Manners.IsAway))]
    [InlineData(nameof(Manners.LimitsRequests))]
    public async Task What_certainly_was_not_taken_goes_to_the_next_endpoint(string manners)
    {
        using var world = new LocalWorld(nodes: 2);
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        world.Nodes[0].Manners = Enum.Parse<Manners>(manners);

        (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), Cancellation)).Value();

        Assert.Equal(1, world.Nodes[1].Broadcasts);
        Assert.Single(world.Chain.ShortTermTaken);
    }

    [Fact]
    public async Task What_left_nowhere_is_told_as_not_done()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        world.Nodes[0].Manners = Manners.IsAway;

        var error = (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), Cancellation))
            .Error();

        Assert.Equal(("not-sent", ChainOutcome.NotDone), (error.Code, error.Outcome));
    }

    /// <summary>The first sending arrived, though nobody said so.</summary>
    [Fact]
    public async Task The_same_bytes_sent_again_by_choice_are_at_the_chain_once()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        world.Nodes[0].Manners = Manners.TakesAndLosesTheLine;
        var first = await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), Cancellation);
        var lost = Assert.IsType<SendError.Broadcast>(first.Error());
        world.Nodes[0].Manners = Manners.Good;

        var again = (await sender.SendAgainAsync(lost.Sent, Cancellation)).Error();

        Assert.Equal("sdk/19", again.Code);
        Assert.Equal(ChainOutcome.DoneAlready, again.Outcome);
        Assert.Single(world.Chain.ShortTermTaken);
    }

    [Fact]
    public async Task Sent_again_to_a_node_that_is_away_it_stays_unknown()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        world.Nodes[0].Manners = Manners.TakesAndLosesTheLine;
        var first = await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), Cancellation);
        var lost = Assert.IsType<SendError.Broadcast>(first.Error());
        world.Nodes[0].Manners = Manners.IsAway;

        var again = (await sender.SendAgainAsync(lost.Sent, Cancellation)).Error();

        Assert.Equal(ChainOutcome.Unknown, again.Outcome);
    }

    /// <summary>A process before this one may have stored it, and not know.</summary>
    [Fact]
    public async Task An_id_that_is_stored_already_is_to_be_looked_up()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var order = TestOrders.LongTerm(world, key, 1).ToMessage();
        var sender = await world.SenderAsync(key);
        (await sender.SendStatefulAsync([order], LocalWorld.Rich, Cancellation)).Value();
        await world.BlockAsync();

        var again = await (await world.SenderAsync(key)).SendStatefulAsync(
            [order], LocalWorld.Rich, Cancellation);

        var error = Assert.IsType<SendError.Broadcast>(again.Error());
        Assert.Equal(("clob/3005", ChainOutcome.Unknown), (error.Code, error.Outcome));
        Assert.Contains("Look the order up", error.Message, StringComparison.Ordinal);
        Assert.Contains("must not be sent under a new id", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Tx.Hash, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Nonce);
    }

    [Fact]
    public async Task A_refusal_is_an_error_with_module_and_number()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        var order = TestOrders.ShortTerm(world, key, 1);
        (await sender.SendShortTermAsync(order, Cancellation)).Value();

        var refused = await sender.SendShortTermAsync(
            TestOrders.ShortTerm(world, key, 2, world.Chain.Height + 60), Cancellation);

        var error = Assert.IsType<SendError.Broadcast>(refused.Error());
        Assert.Equal("clob/11", error.Code);
        Assert.Equal(ChainOutcome.NotDone, error.Outcome);
    }

    [Fact]
    public async Task Who_gives_up_while_it_is_under_way_still_learns_which_bytes_may_have_arrived()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);
        using var stop = new CancellationTokenSource();
        world.Exchange.After = stop.Cancel;

        var sent = await sender.SendShortTermAsync(TestOrders.ShortTerm(world, key, 1), stop.Token);

        Assert.Equal(ChainOutcome.Unknown, sent.Error().Outcome);
        Assert.Single(world.Chain.ShortTermTaken);
    }

    [Fact]
    public async Task Before_it_is_under_way_giving_up_sends_nothing()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);
        var sender = await world.SenderAsync(key);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendShortTermAsync(
            TestOrders.ShortTerm(world, key, 1), new CancellationToken(canceled: true)));

        Assert.Empty(world.Chain.ShortTermTaken);
    }

    [Fact]
    public async Task A_key_of_another_account_opens_no_sender()
    {
        using var world = new LocalWorld();
        var key = world.Owner(1);

        var opened = await OrderSender.OpenAsync(
            world.Client, key, new SenderOptions { Owner = Orders.Samples.Alice }, Cancellation);

        Assert.Equal("key-of-another-account", opened.Error().Code);
    }

    [Fact]
    public async Task A_wallet_that_was_never_funded_is_told_so()
    {
        using var world = new LocalWorld();
        var key = new NetworkKey(world.Key(9), DydxNetwork.Local.ChainId);

        var opened = await OrderSender.OpenAsync(
            world.Client, key, new SenderOptions(), Cancellation);

        Assert.Equal("no-account", opened.Error().Code);
        Assert.Contains("Fund the wallet", opened.Error().Message, StringComparison.Ordinal);
    }
}
