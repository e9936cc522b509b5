using System.Collections.Immutable;
using System.Threading.Channels;
using Perpkeel.Venues.Sockets;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>Whether chain and Indexer go on.</summary>
public enum ChainPulse
{
    /// <summary>No block was heard of yet.</summary>
    Unknown = 0,

    /// <summary>Blocks come.</summary>
    Beating,

    /// <summary>Connections live and the height stands.</summary>
    Halted,

    /// <summary>No connection says anything.</summary>
    Silent,
}

/// <summary>
/// The Indexer's stream over as many connections as the venue's limits ask for. Subscriptions may be added
/// while it runs. Safe to share between threads.
/// </summary>
public sealed class IndexerSocket
{
    private readonly Lock _lock = new();
    private readonly Uri _address;
    private readonly StreamSettings _settings;
    private readonly IFrameDialer _dialer;
    private readonly TimeProvider _time;
    private readonly FrameTap? _tap;
    private readonly List<StreamConnection> _connections = [];

    private readonly Channel<StreamConnection> _new =
        Channel.CreateUnbounded<StreamConnection>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Opens nothing yet.</summary>
    /// <param name="address">Where the stream is.</param>
    /// <param name="settings">How patient it is.</param>
    /// <param name="dialer">The way out.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tap">Is shown every frame; null for nobody.</param>
    public IndexerSocket(
        Uri address, StreamSettings settings, IFrameDialer dialer, TimeProvider time, FrameTap? tap)
    {
        (_address, _settings, _dialer, _time, _tap) = (address, settings, dialer, time, tap);
    }

    /// <summary>Connections there are, open or to be opened again.</summary>
    public int Connections
    {
        get
        {
            lock (_lock) return _connections.Count;
        }
    }

    /// <summary>What was seen so far.</summary>
    public StreamFigures Figures => StreamFigures.Sum(All().Select(one => one.Figures));

    /// <summary>Why connections ended last, by connection; null for one that never did.</summary>
    public ImmutableArray<StreamFault?> LastFaults => [.. All().Select(one => one.LastFault)];

    /// <summary>The highest block of all connections; null before the first.</summary>
    public uint? Height => All().Max(one => one.Heights.Heard?.Block.Height);

    /// <summary>Subscribes; a connection is added where no other has room.</summary>
    public void Add(StreamSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        if (subscription.Channel == IndexerChannel.BlockHeight)
        {
            throw new ArgumentException("Every connection has the height already.", nameof(subscription));
        }

        lock (_lock)
        {
            foreach (var connection in _connections)
            {
                if (connection.TryAdd(subscription)) return;
            }

            var another = new StreamConnection(
                _connections.Count, _address, _settings, _dialer, _time, _tap);
            another.TryAdd(subscription);
            _connections.Add(another);
            _new.Writer.TryWrite(another);
        }
    }

    /// <summary>
    /// Has a subscription begin anew with a fresh picture, because it was found to be wrong.
    /// </summary>
    public void Restart(StreamSubscription subscription, StreamFault fault)
    {
        foreach (var connection in All())
        {
            if (connection.TryRestart(subscription, fault)) return;
        }
    }

    /// <summary>Whether blocks come.</summary>
    public ChainPulse Pulse()
    {
        var now = _time.GetUtcNow();
        var all = All();
        var heard = all.Where(one => one.Heights.Heard is not null).ToList();
        if (heard.Count == 0) return ChainPulse.Unknown;
        if (now - heard.Max(one => one.Heights.Heard!.At) < _settings.HaltedAfter) return ChainPulse.Beating;
        return all.Any(one => one.Heights.State == SubscriptionState.Live)
            ? ChainPulse.Halted
            : ChainPulse.Silent;
    }

    /// <summary>Goes on until it is told to stop; a bug in it ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var next = _new.Reader.WaitToReadAsync(stop.Token).AsTask();
                var first = await Task.WhenAny(running.Append(next));
                await first;
                while (_new.Reader.TryRead(out var connection)) running.Add(connection.RunAsync(stop.Token));
            }
        }
        finally
        {
            End(stop);
            await EndedAsync(running);
        }
    }

    /// <summary>No frame is shown or taken in any more when this is over.</summary>
    private static async Task EndedAsync(List<Task> running)
    {
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
            // They were told to stop.
        }
    }

    /// <summary>Here and now, and not on a thread of the pool.</summary>
    private static void End(CancellationTokenSource stop) => stop.Cancel();

    private ImmutableArray<StreamConnection> All()
    {
        lock (_lock) return [.. _connections];
    }
}
