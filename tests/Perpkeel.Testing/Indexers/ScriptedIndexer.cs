using System.Text;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Http;

namespace Perpkeel.Testing.Indexers;

/// <summary>An Indexer's REST in memory: answers by path, as a test tells it.</summary>
internal sealed class ScriptedIndexer : IHttpExchange
{
    private readonly Dictionary<string, Func<Uri, Result<HttpReply, HttpFault>>> _routes =
        new(StringComparer.Ordinal);

    private readonly Queue<Result<HttpReply, HttpFault>> _next = new();

    /// <summary>All that was asked, path and query, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>A 200 with this content for a path.</summary>
    public void Tell(string path, string json) => Tell(path, _ => json);

    /// <summary>A 200 with content that depends on what was asked.</summary>
    public void Tell(string path, Func<Uri, string> json) => _routes[path] = uri => Reply(200, json(uri));

    /// <summary>The next question of any path is answered so.</summary>
    public void Next(Result<HttpReply, HttpFault> reply) => _next.Enqueue(reply);

    public static Result<HttpReply, HttpFault> Reply(int status, string json, params HttpLine[] head) =>
        new HttpReply { Status = status, Head = [.. head], Body = Encoding.UTF8.GetBytes(json) };

    public async Task<Result<HttpReply, HttpFault>> ExchangeAsync(
        HttpAsk request, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        Asked.Add(request.Address.PathAndQuery);
        if (_next.TryDequeue(out var next)) return next;
        return _routes.TryGetValue(request.Address.AbsolutePath, out var route)
            ? route(request.Address)
            : Reply(404, """{"errors":[{"msg":"Not Found"}]}""");
    }
}
