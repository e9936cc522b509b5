using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Time;
using Perpkeel.Testing.Indexers;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Perpkeel.Venues.Sockets;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>
/// The other side of a stream: a book and an account that are true, and connections over which they are told,
/// rightly or not. What the client has in the end is held against what is true.
/// </summary>
internal sealed class StreamScene : IDisposable
{
    private readonly SortedDictionary<(Side Side, long Price), long> _book = [];
    private readonly HashSet<string> _subscribed = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private MemorySocket? _socket;
    private long _lastId;
    private long _height = 70_000_000;
    private decimal _usdc = 10_000m;
    private decimal _position;
    private ulong _chance = 12_345;

    public StreamScene(VirtualClock clock, StreamSettings? settings = null)
    {
        Clock = clock;
        Dialer.OnOpen = OnOpen;
        Socket = new IndexerSocket(
            new Uri("ws://indexer/v4/ws"), settings ?? new StreamSettings(), Dialer, clock, tap: null);
        Book = new BookSubscription(new MarketId("ETH-USD"), 0.1m, 0.001m, isBatched: false);
        Account = new AccountSubscription(Sample.Account, isBatched: false);
        for (var i = 0; i < 10; i++)
        {
            _book[(Side.Buy, 1_000 - i)] = 5 + i;
            _book[(Side.Sell, 1_001 + i)] = 7 + i;
        }
    }

    public VirtualClock Clock { get; }

    public MemoryDialer Dialer { get; } = new();

    public ScriptedIndexer Rest { get; } = new();

    public IndexerSocket Socket { get; }

    public BookSubscription Book { get; }

    public AccountSubscription Account { get; }

    /// <summary>Whether no block comes any more.</summary>
    public bool IsHalted { get; set; }

    /// <summary>Whether the other side says nothing at all.</summary>
    public bool IsMute { get; set; }

    /// <summary>How late everything is said.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>How long a picture takes after its request; what it shows is of the request's time.</summary>
    public TimeSpan PictureLag { get; set; }

    /// <summary>Whether changes are told of a subscription whose picture has not been told.</summary>
    public bool TellsEarly { get; set; }

    /// <summary>Subscribes to both and lets the world go on until the test ends.</summary>
    public async Task RunAsync(Func<Task> body)
    {
        Socket.Add(Book);
        Socket.Add(Account);
        var client = new IndexerClient(IndexerSettings.Local, Rest, Clock);
        Rest.Tell("/v4/orderbooks/perpetualMarket/ETH-USD", _ => BookPicture());
        var running = Socket.RunAsync(_stop.Token);
        var beating = BeatAsync();
        var checking = new BookPatrol(client, Socket, Clock)
            .RunAsync([Book], TimeSpan.FromSeconds(10), _stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(2), Clock);
        await body();
        Cancelled.Stop(_stop);
        await Cancelled.AwaitAsync(running);
        await Cancelled.AwaitAsync(beating);
        await Cancelled.AwaitAsync(checking);
    }

    public void Dispose() => _stop.Dispose();

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Clock);

    /// <summary>Changes book and account so many times, a tenth of a second apart.</summary>
    public async Task LiveAsync(int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            Say(Change());
            await WaitAsync(0.1);
        }
    }

    /// <summary>One more change that is true; the frame that tells it.</summary>
    public (long Id, string Frame) Change()
    {
        _chance = unchecked((_chance * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
        var pick = (long)(_chance >> 33);
        if (pick % 5 == 0) return AccountChange(pick);
        var side = pick % 2 == 0 ? Side.Buy : Side.Sell;
        var price = side == Side.Buy ? 1_000 - (pick / 7 % 12) : 1_001 + (pick / 7 % 12);
        var size = pick / 100 % 9;
        if (size == 0) _book.Remove((side, price));
        else _book[(side, price)] = size;
        var name = side == Side.Buy ? "bids" : "asks";
        return Data("v4_orderbook", "ETH-USD", $$"""{"{{name}}":[["{{Price(price)}}","{{Size(size)}}"]]}""");
    }

    public void Say((long Id, string Frame) message)
    {
        if (!string.IsNullOrEmpty(message.Frame)) Put(message.Frame);
    }

    public void Cut(FrameFault fault) => _socket?.End(fault);

    /// <summary>Whether the client's book is the true one, level by level.</summary>
    public bool IsBookRight()
    {
        var (bids, asks) = Book.Book.Raw();
        var told = bids.Select(one => ((Side.Buy, one.Price.Value), one.Size.Value))
            .Concat(asks.Select(one => ((Side.Sell, one.Price.Value), one.Size.Value)));
        return told.OrderBy(one => one.Item1).SequenceEqual(_book.Select(one => (one.Key, one.Value)));
    }

    public bool IsAccountRight() =>
        Account.Now.IsComplete
        && Account.Now.Held.GetValueOrDefault(0U) is { } held && held.Usdc == _usdc
        && (held.Positions.GetValueOrDefault("ETH-USD")?.Size ?? 0m) == _position;

    private static string Price(long ticks) => Decimals.Text(ticks * 0.1m);

    private static string Size(long steps) => Decimals.Text(steps * 0.001m);

    private (long Id, string Frame) AccountChange(long pick)
    {
        _usdc += pick % 7;
        _position = (pick % 11) - 5;
        var status = _position == 0m ? "CLOSED" : "OPEN";
        return Data("v4_subaccounts", Sample.Account.ChannelId,
            $$"""
            {"blockHeight":"{{_height}}","perpetualPositions":[{"market":"ETH-USD","status":"{{status}}",
            "side":"{{(_position < 0m ? "SHORT" : "LONG")}}","size":"{{Decimals.Text(_position)}}"}],
            "assetPositions":[{{Usdc()}}]}
            """);
    }

    private string Usdc() =>
        $$"""{"symbol":"USDC","side":"LONG","size":"{{Decimals.Text(_usdc)}}","assetId":"0"}""";

    /// <summary>A change that is true, and of which the stream says nothing.</summary>
    public void Lose() => _book[(Side.Buy, 1_000 - 20)] = 77;

    /// <summary>A frame with the next number, where its channel is subscribed.</summary>
    public (long Id, string Frame) Data(string channel, string id, string contents)
    {
        if (!_subscribed.Contains(channel)) return (0, string.Empty);
        var number = ++_lastId;
        return (number,
            $$"""
            {"type":"channel_data","connection_id":"c","message_id":{{number}},"id":"{{id}}",
            "channel":"{{channel}}","version":"1.0.0","contents":{{contents}}}
            """);
    }

    private void OnOpen(MemorySocket socket)
    {
        (_socket, _lastId) = (socket, 0);
        _subscribed.Clear();
        socket.OnSent = text => OnSent(socket, text);
        if (!IsMute) socket.Say("""{"type":"connected","connection_id":"c","message_id":0}""");
    }

    private void OnSent(MemorySocket socket, string text)
    {
        using var message = JsonDocument.Parse(text);
        var channel = message.RootElement.GetProperty("channel").GetString()!;
        var number = ++_lastId;
        if (text.Contains("unsubscribe", StringComparison.Ordinal))
        {
            _subscribed.Remove(channel);
            Put($$"""{"type":"unsubscribed","message_id":{{number}},"channel":"{{channel}}"}""");
            return;
        }

        var (id, contents) = channel switch
        {
            "v4_orderbook" => ("ETH-USD", BookPicture()),
            "v4_subaccounts" => (Sample.Account.ChannelId, AccountPicture()),
            _ => ("v4_block_height", $$"""{"height":"{{_height}}","time":"{{Sample.Time(Clock.Now)}}"}"""),
        };
        if (TellsEarly || PictureLag == TimeSpan.Zero) _subscribed.Add(channel);
        Later(PictureLag, () =>
        {
            if (!ReferenceEquals(socket, _socket)) return;
            _subscribed.Add(channel);
            Put(
                $$"""
                {"type":"subscribed","connection_id":"c","message_id":{{number}},"channel":"{{channel}}",
                "id":"{{id}}","contents":{{contents}}}
                """);
        });
    }

    private string BookPicture()
    {
        string Of(Side side) => string.Join(',', _book.Where(one => one.Key.Side == side).Select(one =>
            $$"""{"price":"{{Price(one.Key.Price)}}","size":"{{Size(one.Value)}}"}"""));
        return $$"""{"bids":[{{Of(Side.Buy)}}],"asks":[{{Of(Side.Sell)}}]}""";
    }

    private string AccountPicture()
    {
        var position = _position == 0m
            ? string.Empty
            : $$"""
            "ETH-USD":{"market":"ETH-USD","status":"OPEN","side":"LONG","size":"{{Decimals.Text(_position)}}"}
            """;
        return $$"""
            {"subaccount":{"address":"{{Sample.Address}}","subaccountNumber":0,"equity":"1",
            "freeCollateral":"1","openPerpetualPositions":{ {{position}} },
            "assetPositions":{"USDC":{{Usdc()}} } },"orders":[],
            "blockHeight":"{{_height.ToString(CultureInfo.InvariantCulture)}}"}
            """;
    }

    private void Put(string frame)
    {
        if (IsMute) return;
        var socket = _socket!;
        Later(Lag, () => socket.Say(frame));
    }

    private void Later(TimeSpan lag, Action action)
    {
        if (lag == TimeSpan.Zero) action();
        else Clock.Schedule(0, lag, (_, _) =>
        {
            action();
            return System.Reactive.Disposables.Disposable.Empty;
        });
    }

    private async Task BeatAsync()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Clock, _stop.Token);
            if (IsHalted) continue;
            _height++;
            Say(Data(
                "v4_block_height", "v4_block_height",
                $$"""{"blockHeight":"{{_height}}","time":"{{Sample.Time(Clock.Now)}}"}"""));
        }
    }
}
