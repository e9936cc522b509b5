using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Http;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

/// <summary>A network that leads nowhere, and counts who tries.</summary>
internal sealed class Unreachable : IHttpExchange
{
    public int Asked { get; private set; }

    public Task<Result<HttpReply, HttpFault>> ExchangeAsync(HttpAsk request, CancellationToken cancellation)
    {
        Asked++;
        return Task.FromResult<Result<HttpReply, HttpFault>>(new HttpFault.NotSent("no way out"));
    }
}
