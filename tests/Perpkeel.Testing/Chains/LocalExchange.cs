using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Http;

namespace Perpkeel.Testing.Chains;

/// <summary>The nodes of the local chain by their hosts, in memory.</summary>
internal sealed class LocalExchange : IHttpExchange
{
    private readonly Dictionary<string, LocalNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>Called before each exchange, e.g. to let time pass.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called when a node has done its work and before its answer is heard.</summary>
    public Action? After { get; set; }

    /// <summary>What each exchange waits for before it reaches its node.</summary>
    public Func<Task>? Hold { get; set; }

    public void Add(string host, LocalNode node) => _nodes[host] = node;

    public async Task<Result<HttpReply, HttpFault>> ExchangeAsync(
        HttpAsk request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Before?.Invoke(request.Address.Host);
        await Task.Yield();
        if (Hold is { } hold) await hold();
        var reply = _nodes[request.Address.Host].Exchange(request);
        After?.Invoke();
        cancellation.ThrowIfCancellationRequested();
        return reply;
    }
}
