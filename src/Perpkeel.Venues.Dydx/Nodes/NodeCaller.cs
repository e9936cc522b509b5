using System.Collections.Immutable;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>
/// Asks the best endpoint, and the next one where that fails. An endpoint is asked for the chain's id before
/// anything else: what a node of another chain says is never used.
/// </summary>
internal sealed class NodeCaller
{
    private const string LatestBlock = "cosmos.base.tendermint.v1beta1.Service/GetLatestBlock";

    /// <summary>Far beyond every block that will be, and far from where sums of heights end.</summary>
    private const long HighestBlock = int.MaxValue;

    /// <summary>The end of the year 9999, which is where instants end.</summary>
    private const long LastSecond = 253_402_300_799;

    private const int NanosPerSecond = 1_000_000_000;

    private readonly UnaryCall _questions;
    private readonly UnaryCall _broadcasts;

    public NodeCaller(NodeSettings settings, IHttpExchange exchange, TimeProvider time)
    {
        Settings = settings;
        Time = time;
        Pool = new EndpointPool(settings.Endpoints);
        _questions = new UnaryCall(exchange, settings.QuestionTimeout, settings.MostBytes);
        _broadcasts = new UnaryCall(exchange, settings.BroadcastTimeout, settings.MostBytes);
    }

    public NodeSettings Settings { get; }

    public TimeProvider Time { get; }

    public EndpointPool Pool { get; }

    /// <summary>A question, which may be asked anywhere and again: every trusted endpoint once.</summary>
    public Task<Result<T, NodeError>> AskAsync<T>(
        string method, IMessage question, MessageParser<T> answers, CancellationToken cancellation)
        where T : class, IMessage<T> =>
        EachAsync(
            Pool.Ranked(Time.GetUtcNow()),
            endpoint => CallAsync(_questions, endpoint, method, question, answers, cancellation),
            error => error.IsOfTheEndpoint, stranger => stranger, cancellation);

    /// <summary>
    /// A request that must not be made twice: another endpoint is asked only where nothing was sent.
    /// </summary>
    public Task<Result<T, NodeError>> SendAsync<T>(
        string method, IMessage request, MessageParser<T> answers, CancellationToken cancellation)
        where T : class, IMessage<T> =>
        EachAsync(
            Pool.RankedForBroadcast(Time.GetUtcNow()),
            async endpoint =>
            {
                var called = await CallAsync(_broadcasts, endpoint, method, request, answers, cancellation);
                if (called.TryGet(out _, out var error) || !error.IsOfTheEndpoint)
                {
                    Pool.TookBroadcast(endpoint);
                }

                else Pool.FailedBroadcast(endpoint, Time.GetUtcNow());
                return called;
            },
            error => error.IsOfTheEndpoint && !error.MayHaveArrived,
            stranger => new NodeError.NotMet(stranger), cancellation);

    /// <summary>
    /// The last block by the word of one endpoint, which is distrusted if it is of another chain.
    /// </summary>
    public async Task<Result<BlockFacts, NodeError>> LatestBlockAtAsync(
        NodeEndpoint endpoint, CancellationToken cancellation)
    {
        var asked = await CallAsync(
            _questions, endpoint, LatestBlock, new GetLatestBlockRequest(), GetLatestBlockResponse.Parser,
            cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        if (!Block(answer).TryGet(out var block, out error)) return error;
        var expected = Settings.Network.ChainId;
        if (string.Equals(block.ChainId, expected, StringComparison.Ordinal))
        {
            Pool.Met(endpoint);
            return block;
        }

        var wrong = new NodeError.WrongNetwork(endpoint, expected, block.ChainId);
        Pool.Foreign(endpoint, wrong.Message);
        return wrong;
    }

    private static Result<BlockFacts, NodeError> Block(GetLatestBlockResponse answer) =>
        answer.Block?.Header is
        {
            Height: > 0 and <= HighestBlock,
            Time: { Seconds: >= 0 and <= LastSecond, Nanos: >= 0 and < NanosPerSecond } time,
        } header
            ? new BlockFacts(header.ChainId, (uint)header.Height, time.ToDateTimeOffset())
            : new NodeError.Nonsense("a block without height and time");

    private async Task<Result<T, NodeError>> EachAsync<T>(
        ImmutableArray<NodeEndpoint> endpoints, Func<NodeEndpoint, Task<Result<T, NodeError>>> call,
        Func<NodeError, bool> mayGoOn, Func<NodeError, NodeError> unmet, CancellationToken cancellation)
        where T : class
    {
        if (endpoints.IsEmpty) return new NodeError.NoneTrusted(Reasons());
        NodeError? last = null;
        foreach (var endpoint in endpoints)
        {
            if (!Pool.IsOfChain(endpoint)
                && !(await LatestBlockAtAsync(endpoint, cancellation)).TryGet(out _, out var stranger))
            {
                last = unmet(stranger);
                continue;
            }

            var called = await call(endpoint);
            if (called.TryGet(out _, out last) || !mayGoOn(last)) return called;
        }

        return endpoints.Length == 1 ? last! : new NodeError.AllFailed(last!, endpoints.Length);
    }

    private async Task<Result<T, NodeError>> CallAsync<T>(
        UnaryCall unary, NodeEndpoint endpoint, string method, IMessage question, MessageParser<T> answers,
        CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        var start = Time.GetTimestamp();
        var called = await unary.AskAsync(endpoint, method, question, answers, cancellation);
        if (called.TryGet(out _, out var error) || !error.IsOfTheEndpoint)
        {
            Pool.Answered(endpoint, Time.GetElapsedTime(start));
        }
        else
        {
            Pool.Failed(endpoint, Time.GetUtcNow());
        }

        return called;
    }

    private string Reasons() =>
        string.Join("; ", Pool.All.Select(one => $"{one.Endpoint}: {one.Distrust}"));
}
