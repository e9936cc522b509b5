using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Keys;

[Trait("Req", "VEN-4")]
public sealed class WellKnownKeyTests : IDisposable
{
    private readonly LocalWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Every_throw_away_key_is_refused_on_mainnet_and_nowhere_else()
    {
        foreach (var throwAway in ThrowAwayKeys.All)
        {
            using var key = Pair(throwAway);

            var error = On(DydxNetwork.Mainnet, key).Error();

            Assert.Equal(new KeyError.WellKnownKey(key.Address, "dydx-mainnet-1"), error);
            Assert.Contains(key.Address.Text, error.Message, StringComparison.Ordinal);
            Assert.Equal("well-known-key", error.Code);
            Assert.Same(key, On(DydxNetwork.Testnet, key).Value());
            Assert.Same(key, On(DydxNetwork.Local, key).Value());
        }

        Assert.Equal(WellKnownKeys.Count, ThrowAwayKeys.All.Count);
    }

    [Fact]
    public void A_main_network_under_another_name_is_the_main_network()
    {
        using var key = Pair(ThrowAwayKeys.Of(3));
        var renamed = DydxNetwork.Mainnet with { Name = "mychain" };

        Assert.IsType<KeyError.WellKnownKey>(On(renamed, key).Error());
    }

    [Fact]
    public void A_key_of_one_s_own_is_taken_on_mainnet()
    {
        using var key = KeyPair.Create(_world.Curve);

        Assert.Same(key, On(DydxNetwork.Mainnet, key).Value());
    }

    [Theory]
    [InlineData(0u, "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4")]
    [InlineData(8u, "dydx10fx7sy6ywd5senxae9dwytf8jxek3t2gcen2vs")]
    [InlineData(32u, "dydx14zzueazeh0hj67cghhf9jypslcf9sh2n5k6art")]
    [InlineData(56u, "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4")]
    public void A_seed_gives_its_key(uint seed, string address)
    {
        using var key = Pair(ThrowAwayKeys.Of(seed));

        Assert.Equal(address, key.Address.Text);
    }

    [Fact]
    public async Task A_sender_on_mainnet_does_not_open_with_one_and_asks_nobody()
    {
        using var world = new LocalWorld(chainId: DydxNetwork.Mainnet.ChainId);
        using var key = Pair(ThrowAwayKeys.Of(1));
        var settings = world.Settings with { Network = DydxNetwork.Mainnet };
        var client = new Venues.Dydx.Nodes.NodeClient(settings, world.Exchange, world.Time);

        var opened = await OrderSender.OpenAsync(
            client, new NetworkKey(key, DydxNetwork.Mainnet.ChainId), new SenderOptions(),
            TestContext.Current.CancellationToken);

        var wrong = Assert.IsType<SendError.WrongKey>(opened.Error());
        Assert.Contains("Make a key of your own", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(world.Nodes[0].Asked);
    }

    private static Core.Numbers.Result<KeyPair, KeyError> On(DydxNetwork network, KeyPair key) =>
        new NetworkKey(key, network.ChainId).For(network);

    private KeyPair Pair(ThrowAwayKey key)
    {
        using var words = Mnemonic.Parse(key.Words).Value();
        return KeyPair.FromMnemonic(words, key.Index, _world.Curve).Value();
    }
}
