using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Http;

/// <summary>
/// The way out of an adapter: bytes in, bytes out. The network in real use, memory in simulation and tests.
/// </summary>
public interface IHttpExchange
{
    /// <summary>Sends one request and reads the whole answer, trailers included.</summary>
    /// <param name="request">What is sent, with its deadline and the most bytes that are read.</param>
    /// <param name="cancellation">Gives up; what became of the request is then unknown.</param>
    /// <returns>The answer, of whatever status, or why there is none.</returns>
    Task<Result<HttpReply, HttpFault>> ExchangeAsync(HttpAsk request, CancellationToken cancellation);
}
