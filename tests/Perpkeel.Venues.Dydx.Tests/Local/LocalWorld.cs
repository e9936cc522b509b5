using System.Security.Cryptography;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Venues.Dydx.Tests.Local;

/// <summary>A local chain with its nodes, a clock and keys.</summary>
internal sealed class LocalWorld : IDisposable
{
    public static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(500);

    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly List<KeyPair> _keys = [];

    public LocalWorld(int nodes = 1, string? chainId = null)
    {
        Chain = new LocalChain(chainId ?? DydxNetwork.Local.ChainId, Start);
        for (var i = 0; i < nodes; i++)
        {
            Nodes.Add(new LocalNode(Chain));
            Exchange.Add($"node{i}", Nodes[i]);
        }

        var list = string.Join(',', Enumerable.Range(0, nodes).Select(i => $"http://node{i}:9090"));
        Settings = NodeSettings.Local.Through(list).Value();
        Client = new NodeClient(Settings, Exchange, Time);
    }

    public ISecp256k1 Curve { get; } = Secp256k1.Open();

    public ManualTime Time { get; } = new(Start);

    public LocalChain Chain { get; }

    public LocalExchange Exchange { get; } = new();

    public List<LocalNode> Nodes { get; } = [];

    public NodeSettings Settings { get; }

    public NodeClient Client { get; }

    public static StatefulRoom Rich { get; } = new(0, new Usd(1_000_000m));

    /// <summary>A key that has an account.</summary>
    public NetworkKey Owner(int index)
    {
        var key = Key(index);
        Chain.Add(key.Address.Text, key.PublicKey.Bytes.ToArray());
        return new NetworkKey(key, DydxNetwork.Local.ChainId);
    }

    /// <summary>A key of the test's own; the chain does not know it.</summary>
    public KeyPair Key(int index)
    {
        var key = KeyPair.FromBytes(SHA256.HashData([(byte)index, (byte)(index >> 8)]), Curve).Value();
        _keys.Add(key);
        return key;
    }

    public async Task<OrderSender> SenderAsync(NetworkKey key, SenderOptions? options = null) =>
        (await OrderSender.OpenAsync(Client, key, options ?? new SenderOptions(), Xunit.TestContext.Current
            .CancellationToken)).Value();

    /// <summary>A block comes, and the client hears of it.</summary>
    public async Task BlockAsync()
    {
        Time.Advance(BlockTime);
        Chain.Commit(BlockTime);
        (await Client.PollAsync(Xunit.TestContext.Current.CancellationToken)).Value();
    }

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
        Curve.Dispose();
    }
}
