using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Tests.Delivery;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

[Trait("Req", "VEN-4")]
public sealed class SettingsTests
{
    [Theory]
    [InlineData("mainnet", "dydx-mainnet-1", "adydx")]
    [InlineData("testnet", "dydx-testnet-4", "adv4tnt")]
    [InlineData("local", "localdydxprotocol", "adv4tnt")]
    [InlineData("chain-id=mine;grpc=http://a:9090,b;native=acoin", "mine", "acoin")]
    public void One_setting_picks_the_network(string text, string chainId, string native)
    {
        var settings = NodeSettings.Parse(text).Value();

        Assert.Equal(chainId, settings.Network.ChainId);
        Assert.Equal(native, settings.Network.NativeDenom);
        Assert.StartsWith("ibc/8E27BA2D", settings.Network.UsdcDenom, StringComparison.Ordinal);
        Assert.NotEmpty(settings.Endpoints);
    }

    [Fact]
    public void A_chain_of_ones_own_has_the_endpoints_that_are_named() => Assert.Equal(
        "http://a:9090 https://b",
        string.Join(' ', NodeSettings.Parse("chain-id=mine;grpc=http://a:9090,b").Value().Endpoints));

    [Theory]
    [InlineData("mainet", "none of mainnet, testnet, local")]
    [InlineData("grpc=a", "chain-id= is missing")]
    [InlineData("chain-id=a", "grpc= is missing")]
    [InlineData("chain-id=a;chain-id=b;grpc=c", "twice")]
    [InlineData("chain-id=a;rpc=c", "'rpc' is none of")]
    public void A_text_that_names_no_network_is_told(string text, string words) =>
        Assert.Contains(words, NodeSettings.Parse(text).Error().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("grpc://host", "no scheme")]
    [InlineData("ftp://host", "no scheme for gRPC")]
    [InlineData("host:26657", "CometBFT's RPC")]
    [InlineData("http://host:1317", "REST")]
    [InlineData("https://host/v4", "no path")]
    [InlineData("", "not a name")]
    public void An_address_of_something_else_is_refused(string text, string words)
    {
        var error = NodeEndpoint.Parse(text).Error();

        Assert.Equal("bad-endpoint", error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_the_test_network_is_refused_on_mainnet()
    {
        using var world = new LocalWorld();
        var key = new NetworkKey(world.Key(1), DydxNetwork.Testnet.ChainId);

        var error = key.For(DydxNetwork.Mainnet).Error();

        var wrong = Assert.IsType<KeyError.KeyOfAnotherNetwork>(error);
        Assert.Equal(("dydx-testnet-4", "dydx-mainnet-1"), (wrong.KeyChainId, wrong.ChainId));
    }

    [Fact]
    public async Task Mainnet_hears_nothing_of_a_sender_with_a_key_of_the_test_network()
    {
        using var world = new LocalWorld();
        var client = new NodeClient(
            world.Settings with { Network = DydxNetwork.Mainnet }, world.Exchange, world.Time);
        var key = new NetworkKey(world.Key(1), DydxNetwork.Testnet.ChainId);

        var opened = await OrderSender.OpenAsync(
            client, key, new SenderOptions(), TestContext.Current.CancellationToken);

        Assert.Equal("key-of-another-network", opened.Error().Code);
        Assert.Equal(0, world.Nodes[0].Calls);
    }

    [Fact]
    public async Task A_node_of_another_chain_is_not_believed()
    {
        using var world = new LocalWorld();
        world.Nodes[0].ChainIdLie = "dydx-mainnet-1";

        var polled = await world.Client.PollAsync(TestContext.Current.CancellationToken);

        Assert.IsType<NodeError.WrongNetwork>(polled.Error());
        Assert.Empty(world.Client.Endpoints.Ranked(world.Time.GetUtcNow()));
    }

    /// <summary>Also where nobody polled before, and whatever the question is.</summary>
    [Fact]
    public async Task What_a_node_of_another_chain_says_is_never_used()
    {
        using var world = new LocalWorld();
        world.Nodes[0].ChainIdLie = "dydx-mainnet-1";

        var asked = await world.Client.Markets.GridAsync("BTC-USD", TestContext.Current.CancellationToken);

        Assert.IsType<NodeError.WrongNetwork>(asked.Error());
        Assert.Equal("GetLatestBlock", Assert.Single(world.Nodes[0].Asked).Address.Segments[^1]);
    }

    /// <summary>
    /// A node that was away when the others were met is met before a transaction goes to it.
    /// </summary>
    [Fact]
    public async Task No_transaction_goes_to_a_node_that_was_not_met()
    {
        using var world = new LocalWorld(nodes: 2);
        var owner = world.Owner(1);
        world.Nodes[1].Manners = Manners.IsAway;
        var sender = await world.SenderAsync(owner);
        world.Nodes[0].Manners = Manners.IsAway;
        world.Nodes[1].Manners = Manners.Good;
        world.Nodes[1].ChainIdLie = "dydx-mainnet-1";

        var sent = await sender.SendShortTermAsync(
            TestOrders.ShortTerm(world, owner, 1), TestContext.Current.CancellationToken);

        Assert.Equal(("not-sent", ChainOutcome.NotDone), (sent.Error().Code, sent.Error().Outcome));
        Assert.Equal(0, world.Nodes[1].Broadcasts);
    }
}
