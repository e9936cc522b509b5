using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Perpkeel.Testing.Chains;

namespace Perpkeel.Venues.Dydx.Tests.Local;

/// <summary>A local node behind a real socket of the loopback: HTTP/2 in plain text.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalHost(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<LocalHost> StartAsync(LocalNode node, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, node));
        await app.StartAsync(cancellation);
        return new LocalHost(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, LocalNode node)
    {
        using var question = new MemoryStream();
        await context.Request.Body.CopyToAsync(question, context.RequestAborted);
        if (node.Manners == Manners.AnswersNothing)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        }

        var (status, words, message) = node.Answer(context.Request.Path, question.ToArray()[5..]);
        context.Response.ContentType = "application/grpc";
        if (node.Manners == Manners.TakesAndLosesTheLine)
        {
            context.Abort();
            return;
        }

        if (status == 0) await context.Response.Body.WriteAsync(LocalNode.Frame(message));
        if (node.Manners == Manners.AnswersWithoutStatus) return;
        context.Response.AppendTrailer("grpc-status", status.ToString(
            System.Globalization.CultureInfo.InvariantCulture));
        context.Response.AppendTrailer("grpc-message", words);
    }
}
