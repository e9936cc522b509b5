using System.Net;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Http;

/// <summary>The network: one pool of connections for all requests. Safe to share between threads.</summary>
public sealed class HttpClientExchange : IHttpExchange, IDisposable
{
    /// <summary>Content is read in pieces of so many bytes.</summary>
    private const int Piece = 16 * 1024;

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="time">Measures deadlines.</param>
    public HttpClientExchange(TimeProvider time)
    {
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public async Task<Result<HttpReply, HttpFault>> ExchangeAsync(
        HttpAsk request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = new CancellationTokenSource(request.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var message = Message(request);
            using var reply = await _client.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var body = await ReadAsync(reply.Content, request.MostBytes, both.Token);
            if (body is null) return new HttpFault.TooLong(request.MostBytes);
            return new HttpReply
            {
                Status = (int)reply.StatusCode,
                Head = [.. Lines(reply.Headers), .. Lines(reply.Content.Headers)],
                Body = body,
                Trailer = [.. Lines(reply.TrailingHeaders)],
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HttpFault.TimedOut(request.Timeout);
        }
        catch (HttpRequestException error)
        {
            return NeverLeft(error)
                ? new HttpFault.NotSent(Words(error))
                : new HttpFault.Lost(Words(error));
        }
        catch (IOException error)
        {
            return new HttpFault.Lost(Words(error));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Message(HttpAsk request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Address)
        {
            Version = request.NeedsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = request.NeedsHttp2
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrHigher,
        };
        if (!request.Body.IsEmpty) message.Content = new ReadOnlyMemoryContent(request.Body);
        foreach (var (name, value) in request.Head)
        {
            if (name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static async Task<byte[]?> ReadAsync(
        HttpContent content, int most, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var whole = new MemoryStream();
        var piece = new byte[Piece];
        while (await stream.ReadAsync(piece, cancellation) is var read && read > 0)
        {
            if (whole.Length + read > most) return null;
            await whole.WriteAsync(piece.AsMemory(0, read), cancellation);
        }

        return whole.ToArray();
    }

    /// <summary>Only these say for certain that nothing was sent.</summary>
    private static bool NeverLeft(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            or HttpRequestError.VersionNegotiationError;

    private static IEnumerable<HttpLine> Lines(
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        from header in headers
        from value in header.Value
        select new HttpLine(header.Key, value);

    private static string Words(Exception error) =>
        error.InnerException is { } inner ? $"{error.Message} ({inner.Message})" : error.Message;
}
