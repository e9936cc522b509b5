using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Timing;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

[Trait("Req", "VEN-1")]
public sealed class HeightTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_few_blocks_apart_is_no_lie(int apart)
    {
        using var world = new LocalWorld(nodes: 3);
        world.Nodes[1].HeightLie = apart;

        (await world.Client.PollAsync(Cancellation)).Value();

        Assert.Equal(3, world.Client.Endpoints.Ranked(world.Time.GetUtcNow()).Length);
    }

    [Theory]
    [InlineData(-50, "while others are at")]
    [InlineData(5_000, "while all others are at")]
    public async Task Who_is_far_from_all_others_is_not_asked(int lie, string words)
    {
        using var world = new LocalWorld(nodes: 3);
        world.Nodes[1].HeightLie = lie;

        var block = (await world.Client.PollAsync(Cancellation)).Value();

        Assert.Equal(world.Chain.Height, block.Height);
        Assert.Equal(world.Chain.Height, world.Client.Clock.Last!.Height);
        Assert.Contains(words, world.Client.Endpoints.All[1].Distrust, StringComparison.Ordinal);
        Assert.DoesNotContain(
            world.Settings.Endpoints[1], world.Client.Endpoints.Ranked(world.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData(-20, "went back")]
    [InlineData(2_000, "jumped")]
    public async Task A_single_endpoint_is_caught_by_its_own_story(int lie, string words)
    {
        using var world = new LocalWorld();
        (await world.Client.PollAsync(Cancellation)).Value();
        world.Nodes[0].HeightLie = lie;

        var error = (await world.Client.PollAsync(Cancellation)).Error();

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(world.Chain.Height, world.Client.Clock.Last!.Height);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(-5)]
    public async Task Of_two_that_disagree_at_first_neither_is_believed(int lie)
    {
        using var world = new LocalWorld(nodes: 2);
        world.Nodes[1].HeightLie = lie;

        var polled = await world.Client.PollAsync(Cancellation);

        if (lie < 0)
        {
            Assert.Equal(world.Chain.Height, polled.Value().Height);
            return;
        }

        var message = polled.Error().Message;
        Assert.Contains("nothing shows which of them is right", message, StringComparison.Ordinal);
        Assert.Matches("node0.*node1", message);
        Assert.Null(world.Client.Clock.Last);
        Assert.All(world.Client.Endpoints.All, one => Assert.NotNull(one.Distrust));
        world.Nodes[1].HeightLie = 0;
        Assert.Equal(world.Chain.Height, (await world.Client.PollAsync(Cancellation)).Value().Height);
    }

    [Fact]
    public async Task Of_three_that_all_disagree_at_first_none_is_believed()
    {
        using var world = new LocalWorld(nodes: 3);
        world.Nodes[1].HeightLie = 900;
        world.Nodes[2].HeightLie = 5_000;

        (await world.Client.PollAsync(Cancellation)).Error();

        Assert.Null(world.Client.Clock.Last);
    }

    [Fact]
    public async Task A_newcomer_does_not_outbid_one_that_was_believed()
    {
        using var world = new LocalWorld(nodes: 2);
        world.Nodes[1].Manners = Manners.IsAway;
        (await world.Client.PollAsync(Cancellation)).Value();
        world.Nodes[1].Manners = Manners.Good;
        world.Nodes[1].HeightLie = 5_000;

        Assert.Equal(world.Chain.Height, (await world.Client.PollAsync(Cancellation)).Value().Height);
    }

    [Fact]
    public async Task One_that_keeps_silent_does_not_hold_up_the_others()
    {
        using var world = new LocalWorld(nodes: 3);
        var never = new TaskCompletionSource();
        var asked = 0;
        world.Exchange.Hold = () => Interlocked.Increment(ref asked) == 2
            ? never.Task.WaitAsync(TimeSpan.FromSeconds(3), TimeProvider.System, Cancellation)
            : Task.CompletedTask;
        world.Nodes[0].HeightLie = 1;
        var polling = world.Client.PollAsync(Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
        never.SetResult();

        Assert.Equal(world.Chain.Height + 1, (await polling).Value().Height);
        Assert.Equal(1, world.Client.Endpoints.All.Sum(one => one.Failures));
    }

    [Fact]
    public async Task Who_tells_the_truth_again_is_asked_again()
    {
        using var world = new LocalWorld(nodes: 3);
        world.Nodes[2].HeightLie = -50;
        (await world.Client.PollAsync(Cancellation)).Value();
        world.Nodes[2].HeightLie = 0;

        (await world.Client.PollAsync(Cancellation)).Value();

        Assert.Null(world.Client.Endpoints.All[2].Distrust);
    }

    [Fact]
    public async Task When_none_is_trusted_nothing_is_asked_and_the_reasons_are_told()
    {
        using var world = new LocalWorld();
        world.Nodes[0].ChainIdLie = "another";
        (await world.Client.PollAsync(Cancellation)).Error();

        var error = (await world.Client.Chain.NodeInfoAsync(Cancellation)).Error();

        Assert.Equal("none-trusted", error.Code);
        Assert.Contains("another", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_from_the_future_is_not_believed()
    {
        using var world = new LocalWorld();
        world.Chain.Commit(TimeSpan.FromSeconds(40));

        var error = (await world.Client.PollAsync(Cancellation)).Error();

        Assert.Contains("ahead of the clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_measures_how_long_blocks_take()
    {
        using var world = new LocalWorld();
        for (var i = 0; i < 5; i++) await world.BlockAsync();

        Assert.Equal(LocalWorld.BlockTime, world.Client.Clock.Interval);
    }

    [Fact]
    public async Task An_old_height_makes_no_order()
    {
        using var world = new LocalWorld();
        await world.BlockAsync();
        var window = new BlockWindow();
        Assert.Equal(world.Chain.Height + 12, world.Client.GoodTilBlock(window, 12).Value());

        world.Time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal("no-new-block", world.Client.GoodTilBlock(window, 12).Error().Code);
    }

    [Fact]
    public async Task Watching_goes_on_until_it_is_ended()
    {
        using var world = new LocalWorld();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watching = world.Client.WatchAsync(TimeSpan.FromMilliseconds(1), stop.Token);
        await world.Client.Clock.WaitForAsync(world.Chain.Height, Cancellation);

        world.Time.Advance(LocalWorld.BlockTime);
        world.Chain.Commit(LocalWorld.BlockTime);
        await world.Client.Clock.WaitForAsync(world.Chain.Height, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Who_waits_for_a_block_is_woken_by_it_and_not_before()
    {
        using var world = new LocalWorld();
        await world.BlockAsync();
        var waiting = world.Client.Clock.WaitForAsync(world.Chain.Height + 2, Cancellation);

        await world.BlockAsync();
        var early = waiting.IsCompleted;
        await world.BlockAsync();
        await waiting;

        Assert.False(early);
    }
}
