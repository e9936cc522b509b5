using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Perpkeel.Venues.Sockets;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>The same over a real WebSocket of the loopback.</summary>
[Trait("Req", "RX-1")]
public sealed class WebSocketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_book_comes_over_a_real_socket_and_again_after_it_was_closed()
    {
        var connections = 0;
        await using var app = await StartAsync(async socket =>
        {
            connections++;
            await SayAsync(socket, """{"type":"connected","message_id":0}""");
            await ReadAsync(socket);
            await SayAsync(socket, OwnMessages.Of(
                "subscribed", 1, "v4_orderbook", "ETH-USD",
                $$"""{"bids":[{"price":"2500.{{connections}}","size":"3.5"}],"asks":[]}"""));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
            await socket.CloseAsync((WebSocketCloseStatus)1012, "restart", Cancellation);
        });
        var book = new BookSubscription(new MarketId("ETH-USD"), 0.1m, 0.001m, isBatched: false);
        var socket = new IndexerSocket(
            Address(app), new StreamSettings { FirstRest = TimeSpan.FromMilliseconds(50) },
            new WebSocketDialer(), TimeProvider.System, tap: null);
        socket.Add(book);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = socket.RunAsync(stop.Token);

        while (book.Book.Raw().Bids is not [{ Price.Value: 25_002 }])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        await stop.CancelAsync();
        await Cancelled.AwaitAsync(running);
        Assert.Contains("1012", socket.LastFaults[0]!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_no_connection_comes_about()
    {
        Uri address;
        await using (var app = await StartAsync(_ => Task.CompletedTask)) address = Address(app);

        var opened = await new WebSocketDialer().OpenAsync(address, 1_000, Cancellation);

        Assert.IsType<FrameFault.NotOpened>(opened.Error());
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_lost_both_ways()
    {
        await using var app = await StartAsync(async socket =>
        {
            await ReadAsync(socket);
            socket.Abort();
        });
        await using var socket = (await new WebSocketDialer().OpenAsync(Address(app), 1_000, Cancellation))
            .Value();

        Assert.Null(await socket.SendAsync("{}"u8.ToArray(), Cancellation));
        Assert.IsType<FrameFault.Lost>((await socket.ReceiveAsync(Cancellation)).Error());
        Assert.IsType<FrameFault.Lost>(await socket.SendAsync("{}"u8.ToArray(), Cancellation));
    }

    [Fact]
    public async Task Who_gives_up_before_a_connection_has_come_about_is_told_so()
    {
        await using var app = await StartAsync(_ => Task.CompletedTask);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new WebSocketDialer()
            .OpenAsync(Address(app), 1_000, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_frame_in_pieces_is_one_and_one_that_is_too_long_ends_the_connection()
    {
        await using var app = await StartAsync(async socket =>
        {
            var text = Encoding.UTF8.GetBytes(new string('a', 200_000));
            await socket.SendAsync(
                text.AsMemory(0, 150_000), WebSocketMessageType.Text, endOfMessage: false, Cancellation);
            await socket.SendAsync(
                text.AsMemory(150_000), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
            await SayAsync(socket, new string('b', 300_000));
            await ReadAsync(socket);
        });
        await using var socket = (await new WebSocketDialer().OpenAsync(Address(app), 250_000, Cancellation))
            .Value();

        var whole = (await socket.ReceiveAsync(Cancellation)).Value();
        var fault = (await socket.ReceiveAsync(Cancellation)).Error();

        Assert.Equal(200_000, whole.Length);
        Assert.Equal(new FrameFault.TooLong(250_000), fault);
    }

    private static async Task<WebApplication> StartAsync(Func<WebSocket, Task> body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async context => await body(await context.WebSockets.AcceptWebSocketAsync()));
        await app.StartAsync(Cancellation);
        return app;
    }

    private static Uri Address(WebApplication app) => new UriBuilder(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.Single())
    {
        Scheme = "ws",
        Path = "/v4/ws",
    }.Uri;

    private static Task SayAsync(WebSocket socket, string text) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, Cancellation)
        .AsTask();

    private static async Task ReadAsync(WebSocket socket)
    {
        var buffer = new byte[4_096];
        await socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
    }
}
