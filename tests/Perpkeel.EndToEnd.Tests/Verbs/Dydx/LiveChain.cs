using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Http;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

/// <summary>
/// A chain of one node that the command can reach, with one account on it. A block comes whenever somebody
/// asks what became of a transaction.
/// </summary>
internal sealed class LiveChain : IHttpExchange
{
    public const string Words =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    public const string Address = "dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz";

    public static readonly string[] Route = ["--network", "local", "--endpoint", "http://node0:9090"];

    private static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(500);
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly LocalExchange _nodes = new();

    public LiveChain()
    {
        Node = new LocalNode(Chain);
        _nodes.Add("node0", Node);
        using var curve = Secp256k1.Open();
        Mnemonic.Parse(Words).TryGet(out var mnemonic, out _);
        KeyPair.FromMnemonic(mnemonic!, 0, curve).TryGet(out var key, out _);
        Chain.Add(Address, key!.PublicKey.Bytes.ToArray());
        key.Dispose();
        mnemonic!.Dispose();
    }

    public LocalChain Chain { get; } = new("localdydxprotocol", Start);

    public LocalNode Node { get; }

    public ManualTime Time { get; } = new(Start);

    /// <summary>How the node behaves when it is given a transaction.</summary>
    public Manners WhenSentTo { get; set; }

    /// <summary>The last parts of the paths that were asked.</summary>
    public IEnumerable<string> Asked => Node.Asked.Select(ask => ask.Address.Segments[^1]);

    public void Block()
    {
        Time.Advance(BlockTime);
        Chain.Commit(BlockTime);
    }

    /// <summary>Runs the command with the account's key.</summary>
    public Task<Told> RunAsync(params string[] arguments)
    {
        var world = CommandLines.World() with
        {
            In = new StringReader(Words),
            OpenExchange = () => this,
            Wall = Time,
        };
        return CommandLines.RunAsync(world, [.. arguments, .. Route]);
    }

    /// <summary>The same for verbs that sign.</summary>
    public Task<Told> SignAsync(params string[] arguments) => RunAsync([.. arguments, "--key-file", "-"]);

    public Task<Result<HttpReply, HttpFault>> ExchangeAsync(HttpAsk request, CancellationToken cancellation)
    {
        var method = request.Address.Segments[^1];
        if (method is "GetTx") Block();
        Node.Manners = method is "BroadcastTx" ? WhenSentTo : Manners.Good;
        return _nodes.ExchangeAsync(request, cancellation);
    }
}
