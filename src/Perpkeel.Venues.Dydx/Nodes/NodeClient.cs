using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>
/// A chain through several of its nodes: questions, transactions and the height. Safe to share between
/// threads.
/// </summary>
public sealed class NodeClient
{
    private readonly NodeCaller _caller;

    /// <summary>Sends nothing yet.</summary>
    /// <param name="settings">Which chain, through which endpoints.</param>
    /// <param name="exchange">The way out; stays the caller's.</param>
    /// <param name="time">The local clock.</param>
    public NodeClient(NodeSettings settings, IHttpExchange exchange, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _caller = new NodeCaller(settings, exchange, time);
        Clock = new BlockClock();
        Chain = new ChainQueries(_caller);
        Accounts = new AccountQueries(_caller);
        Book = new BookQueries(_caller);
        Markets = new MarketQueries(_caller, Book);
        Transactions = new TxBroadcast(_caller);
    }

    /// <summary>Which chain, through which endpoints.</summary>
    public NodeSettings Settings => _caller.Settings;

    /// <summary>What is known of the endpoints.</summary>
    public EndpointPool Endpoints => _caller.Pool;

    /// <summary>The last block, as polled.</summary>
    public BlockClock Clock { get; }

    /// <summary>Questions about the chain and its nodes.</summary>
    public ChainQueries Chain { get; }

    /// <summary>Questions about accounts and subaccounts.</summary>
    public AccountQueries Accounts { get; }

    /// <summary>Questions about the order book.</summary>
    public BookQueries Book { get; }

    /// <summary>Questions about perpetuals and prices.</summary>
    public MarketQueries Markets { get; }

    /// <summary>Transactions out.</summary>
    public TxBroadcast Transactions { get; }

    /// <summary>The local clock.</summary>
    public TimeProvider Time => _caller.Time;

    /// <summary>
    /// Asks every endpoint for the last block: those that lie or lag are not asked for anything else until
    /// they are believed again, and the clock takes the highest block that is believed.
    /// </summary>
    /// <returns>The last block, or why no endpoint gave one that is believed.</returns>
    public async Task<Result<BlockFacts, NodeError>> PollAsync(CancellationToken cancellation)
    {
        var before = Endpoints.All;
        var asked = await Task.WhenAll(
            before.Select(one => Chain.LatestBlockAtAsync(one.Endpoint, cancellation)));
        var now = Time.GetUtcNow();
        var samples = new List<HeightSample>();
        NodeError? last = null;
        for (var i = 0; i < asked.Length; i++)
        {
            if (asked[i].TryGet(out var block, out var error))
            {
                samples.Add(new HeightSample(before[i], block));
            }
            else
            {
                last = error;
            }
        }

        var faults = HeightJudge.Faults(samples, now);
        BlockFacts? highest = null;
        foreach (var (one, block) in samples)
        {
            if (faults.TryGetValue(one.Endpoint, out var fault))
            {
                Endpoints.Distrusted(one.Endpoint, fault);
                last = new NodeError.NoneTrusted($"{one.Endpoint}: {fault}");
                continue;
            }

            Endpoints.Believed(one.Endpoint, block.Height, now);
            if (highest is null || block.Height > highest.Height) highest = block;
        }

        if (highest is null)
        {
            return before.Length == 1 ? last! : new NodeError.AllFailed(last!, before.Length);
        }

        Clock.Advance(highest, now);
        return highest;
    }

    /// <summary>Polls until it is cancelled. What a poll finds is in the clock and the endpoints.</summary>
    public async Task WatchAsync(TimeSpan every, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await PollAsync(cancellation);
            await Task.Delay(every, Time, cancellation);
        }
    }

    /// <summary>
    /// The end of a short-term order so many blocks ahead, unless nothing was heard of the chain for too
    /// long.
    /// </summary>
    public Result<uint, TimingError> GoodTilBlock(BlockWindow window, uint offset)
    {
        ArgumentNullException.ThrowIfNull(window);
        return Clock.Now(Time.GetUtcNow()).TryGet(out var block, out var error)
            ? window.Ahead(block.Height, offset)
            : error;
    }
}
