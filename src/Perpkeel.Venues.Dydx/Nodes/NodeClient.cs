using System.Collections.Immutable;
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
    /// <summary>How long the rest of the endpoints is waited for when enough have answered.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

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
        var (samples, last) = await SampleAsync(before, cancellation);
        var faults = HeightJudge.Faults(samples);
        HeightSample? highest = null;
        var reasons = new List<string>();
        foreach (var sample in samples)
        {
            var (one, block, heardAt) = sample;
            if (faults.TryGetValue(one.Endpoint, out var fault))
            {
                Endpoints.Distrusted(one.Endpoint, fault);
                reasons.Add($"{one.Endpoint}: {fault}");
                continue;
            }

            Endpoints.Believed(one.Endpoint, block.Height, heardAt);
            if (highest is null || block.Height > highest.Block.Height) highest = sample;
        }

        if (highest is null)
        {
            var why = reasons.Count > 0
                ? new NodeError.NoneTrusted(string.Join("; ", reasons))
                : last!;
            return before.Length == 1 ? why : new NodeError.AllFailed(why, before.Length);
        }

        Clock.Advance(highest.Block, highest.HeardAt);
        return highest.Block;
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

    /// <summary>
    /// Asks all at once. The first answer, and where nothing was heard before the answers of most, are
    /// enough; who then lets others wait is counted as failed.
    /// </summary>
    private async Task<(List<HeightSample> Samples, NodeError? Last)> SampleAsync(
        ImmutableArray<EndpointHealth> before, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = before.Select(one => LatestAsync(one, stop.Token)).ToList();
        var enough = before.Any(one => one.Height > 0) ? 1 : (before.Length / 2) + 1;
        var samples = new List<HeightSample>();
        NodeError? last = null;
        Task? grace = null;
        while (asking.Count > 0)
        {
            if (grace is null && samples.Count >= enough) grace = Task.Delay(Grace, Time, stop.Token);
            var first = await Task.WhenAny(grace is null ? [.. asking] : [.. asking, grace]);
            if (first == grace)
            {
                End(stop);
                grace = null;
                enough = int.MaxValue;
                continue;
            }

            var told = asking.Find(one => one == first)!;
            asking.Remove(told);
            var (one, answer, heardAt) = await told;
            if (answer.TryGet(out var block, out var error))
            {
                samples.Add(new HeightSample(one, block, heardAt));
            }
            else last = error;
        }

        End(stop);
        cancellation.ThrowIfCancellationRequested();
        // Who was the first to answer is chance and must not show in what is judged.
        return ([.. samples.OrderBy(sample => before.IndexOf(sample.Before))], last);
    }

    /// <summary>Here and now, and not on a thread of the pool.</summary>
    private static void End(CancellationTokenSource stop) => stop.Cancel();

    private async Task<(EndpointHealth One, Result<BlockFacts, NodeError> Answer, DateTimeOffset HeardAt)>
        LatestAsync(EndpointHealth one, CancellationToken cancellation)
    {
        Result<BlockFacts, NodeError> answer;
        try
        {
            answer = await Chain.LatestBlockAtAsync(one.Endpoint, cancellation);
        }
        catch (OperationCanceledException)
        {
            Endpoints.Failed(one.Endpoint, Time.GetUtcNow());
            answer = new NodeError.NoAnswer(one.Endpoint, "the others had answered before");
        }

        return (one, answer, Time.GetUtcNow());
    }
}
