using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Asks the best endpoint, and the next one where that fails.</summary>
internal sealed class NodeCaller
{
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
            endpoint => CallAsync(_questions, endpoint, method, question, answers, cancellation),
            error => error.IsOfTheEndpoint);

    /// <summary>
    /// A request that must not be made twice: another endpoint is asked only where nothing was sent.
    /// </summary>
    public Task<Result<T, NodeError>> SendAsync<T>(
        string method, IMessage request, MessageParser<T> answers, CancellationToken cancellation)
        where T : class, IMessage<T> =>
        EachAsync(
            endpoint => CallAsync(_broadcasts, endpoint, method, request, answers, cancellation),
            error => error.IsOfTheEndpoint && !error.MayHaveArrived);

    /// <summary>A question to one endpoint.</summary>
    public Task<Result<T, NodeError>> AskOneAsync<T>(
        NodeEndpoint endpoint, string method, IMessage question, MessageParser<T> answers,
        CancellationToken cancellation)
        where T : class, IMessage<T> =>
        CallAsync(_questions, endpoint, method, question, answers, cancellation);

    private async Task<Result<T, NodeError>> EachAsync<T>(
        Func<NodeEndpoint, Task<Result<T, NodeError>>> call, Func<NodeError, bool> mayGoOn)
        where T : class
    {
        var endpoints = Pool.Ranked(Time.GetUtcNow());
        if (endpoints.IsEmpty) return new NodeError.NoneTrusted(Reasons());
        NodeError? last = null;
        foreach (var endpoint in endpoints)
        {
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
