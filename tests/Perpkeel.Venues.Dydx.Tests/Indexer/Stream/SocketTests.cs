using System.Globalization;
using System.Text;
using Perpkeel.Core.Instruments;
using Perpkeel.Runtime.Time;
using Perpkeel.Testing.Indexers;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>Connections: how many, when again, and whether they live.</summary>
[Trait("Req", "RX-1")]
[Trait("Req", "VEN-1")]
public sealed class SocketTests
{
    private readonly MemoryDialer _dialer = new();

    [Fact]
    public void Spec_4_no_connection_has_more_books_than_the_venue_allows() => VirtualTime.Run(async clock =>
    {
        var sockets = new List<MemorySocket>();
        _dialer.OnOpen = opened =>
        {
            sockets.Add(opened);
            opened.Say("""{"type":"connected","message_id":0}""");
        };
        var socket = Socket(clock);
        for (var i = 0; i < 70; i++) socket.Add(Book($"M{i.ToString(CultureInfo.InvariantCulture)}-USD"));

        await WhileAsync(clock, socket, TimeSpan.FromSeconds(3));

        Assert.Equal(3, socket.Connections);
        Assert.Equal([32, 32, 6], sockets.Select(one => one.All.Count(IsBook)).OrderDescending());
        Assert.All(sockets, one => Assert.Single(one.All, text =>
            text.Contains("v4_block_height", StringComparison.Ordinal)));
        Assert.Contains(
            """{"type":"subscribe","channel":"v4_block_height"}""", sockets[0].All, StringComparer.Ordinal);
    });

    [Fact]
    public void A_batched_subscription_says_so() => VirtualTime.Run(async clock =>
    {
        var said = new List<string>();
        _dialer.OnOpen = opened =>
        {
            opened.OnSent = said.Add;
            opened.Say("""{"type":"connected","message_id":0}""");
        };
        var socket = Socket(clock);
        socket.Add(new BookSubscription(new MarketId("ETH-USD"), 0.1m, 0.001m, isBatched: true));

        await WhileAsync(clock, socket, TimeSpan.FromSeconds(1));

        Assert.Contains(
            """{"type":"subscribe","channel":"v4_orderbook","id":"ETH-USD","batched":true}""", said,
            StringComparer.Ordinal);
    });

    /// <summary>1 s, growing by half to two minutes, as the venue's own page does.</summary>
    [Fact]
    public void Spec_4_attempts_rest_longer_each_time_and_never_longer_than_two_minutes() =>
        VirtualTime.Run(async clock =>
        {
            _dialer.Failures = 1_000;
            var socket = Socket(clock);
            socket.Add(Book("ETH-USD"));

            await WhileAsync(clock, socket, TimeSpan.FromSeconds(8.2));
            Assert.Equal(5, _dialer.Tries);
            await WhileAsync(clock, Again(clock), TimeSpan.FromHours(1));

            Assert.InRange(_dialer.Tries, 38, 45);
        });

    [Fact]
    public void Nothing_is_asked_before_the_server_has_greeted() => VirtualTime.Run(async clock =>
    {
        var socket = Socket(clock);
        socket.Add(Book("ETH-USD"));

        await WhileAsync(clock, socket, TimeSpan.FromSeconds(10));

        Assert.Empty((await _dialer.OpenedAsync(TestContext.Current.CancellationToken)).All);
    });

    [Fact]
    public void Spec_4_an_answer_that_says_it_is_subscribed_already_is_mended_by_stopping_first() =>
        VirtualTime.Run(async clock =>
        {
            var said = new List<string>();
            _dialer.OnOpen = opened =>
            {
                opened.OnSent = said.Add;
                opened.Say("""{"type":"connected","message_id":0}""");
                opened.Say(
                    """
                    {"type":"error",
                    "message":"Invalid subscribe message: already subscribed (v4_orderbook-ETH-USD)",
                    "message_id":1,"channel":"v4_orderbook","id":"ETH-USD"}
                    """);
            };
            var socket = Socket(clock);
            var book = Book("ETH-USD");
            socket.Add(book);

            await WhileAsync(clock, socket, TimeSpan.FromSeconds(3));

            Assert.StartsWith("stream-refused", book.LastFault!.ToString(), StringComparison.Ordinal);
            Assert.Contains(said, text => text.StartsWith("{\"type\":\"unsub", StringComparison.Ordinal));
        });

    [Fact]
    public void A_chain_that_stands_is_told_apart_from_a_line_that_is_dead() => VirtualTime.Run(async clock =>
    {
        using var scene = new StreamScene(clock);
        var pulses = new List<ChainPulse> { scene.Socket.Pulse() };
        await scene.RunAsync(async () =>
        {
            pulses.Add(scene.Socket.Pulse());
            scene.IsHalted = true;
            await scene.LiveAsync(200);
            pulses.Add(scene.Socket.Pulse());
            scene.IsHalted = false;
            await scene.WaitAsync(2);
            pulses.Add(scene.Socket.Pulse());
            scene.IsMute = true;
            await scene.WaitAsync(60);
            pulses.Add(scene.Socket.Pulse());
        });

        Assert.Equal(
            [
                ChainPulse.Unknown, ChainPulse.Beating, ChainPulse.Halted, ChainPulse.Beating,
                ChainPulse.Silent,
            ],
            pulses);
    });

    [Fact]
    public void A_frame_is_shown_as_it_came_before_it_is_taken_in() => VirtualTime.Run(async clock =>
    {
        var shown = new List<string>();
        _dialer.OnOpen = opened => opened.Say("""{"type":"connected","message_id":0}""");
        var socket = new IndexerSocket(
            new Uri("ws://indexer/v4/ws"), new StreamSettings(), _dialer, clock,
            (connection, _, frame) => shown.Add($"{connection}:{Encoding.UTF8.GetString(frame)}"));
        socket.Add(Book("ETH-USD"));

        await WhileAsync(clock, socket, TimeSpan.FromSeconds(1));

        Assert.Equal(["""0:{"type":"connected","message_id":0}"""], shown);
    });

    private static bool IsBook(string text) => text.Contains("v4_orderbook", StringComparison.Ordinal);

    private static BookSubscription Book(string market) => new(new MarketId(market), 0.1m, 0.001m, false);

    private IndexerSocket Again(VirtualClock clock)
    {
        var socket = Socket(clock);
        socket.Add(Book("ETH-USD"));
        return socket;
    }

    private IndexerSocket Socket(VirtualClock clock) =>
        new(new Uri("ws://indexer/v4/ws"), new StreamSettings(), _dialer, clock, tap: null);

    private static async Task WhileAsync(VirtualClock clock, IndexerSocket socket, TimeSpan span)
    {
        using var stop = new CancellationTokenSource();
        var running = socket.RunAsync(stop.Token);
        await Task.Delay(span, clock);
        Cancelled.Stop(stop);
        await Cancelled.AwaitAsync(running);
    }
}
