using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Perpkeel.Venues.Sockets;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>Is shown every frame as it came, before it is taken in.</summary>
/// <param name="connection">Which connection.</param>
/// <param name="at">When it was heard.</param>
/// <param name="frame">The frame; it is gone afterwards.</param>
public delegate void FrameTap(int connection, DateTimeOffset at, ReadOnlySpan<byte> frame);

/// <summary>
/// One connection, opened again whenever it ends, with its subscriptions asked for anew. One task receives,
/// one looks after it and is the only one that sends.
/// </summary>
internal sealed class StreamConnection(
    int number, Uri address, StreamSettings settings, IFrameDialer dialer, TimeProvider time, FrameTap? tap)
{
    private const double Growth = 1.5;

    private readonly Lock _lock = new();
    private readonly FrameIntake _intake = new(settings);
    private DateTimeOffset _heardAt;
    private StreamFault? _verdict;
    private long _connections;

    public HeightSubscription Heights { get; } = new();

    /// <summary>Why the last connection ended.</summary>
    public StreamFault? LastFault { get; private set; }

    public StreamFigures Figures
    {
        get
        {
            lock (_lock) return _intake.Figures with { Connections = _connections };
        }
    }

    /// <summary>Takes a subscription if the venue's limits leave room for it.</summary>
    public bool TryAdd(StreamSubscription subscription)
    {
        lock (_lock)
        {
            var others = _intake.Lines.Count(line => line.Subscription.Channel == subscription.Channel);
            if (others >= subscription.Channel.MostPerConnection()) return false;
            _intake.Add(subscription);
            return true;
        }
    }

    /// <summary>Has one of its subscriptions begin anew; false where it is not one of these.</summary>
    public bool TryRestart(StreamSubscription subscription, StreamFault fault)
    {
        lock (_lock)
        {
            var found = _intake.Lines.FirstOrDefault(
                line => ReferenceEquals(line.Subscription, subscription));
            if (found is null) return false;
            if (found.State == SubscriptionState.Live) _intake.Fail(found, fault, time.GetUtcNow());
            return true;
        }
    }

    /// <summary>Goes on until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        TryAdd(Heights);
        var failures = 0;
        while (true)
        {
            var opened = time.GetTimestamp();
            LastFault = await OnceAsync(cancellation);
            lock (_lock)
            {
                // Those that wait already have been told why.
                foreach (var line in _intake.Lines)
                {
                    if (line.State != SubscriptionState.Waiting) line.Subscription.Lose(LastFault);
                }
            }

            if (time.GetElapsedTime(opened) >= settings.SoundAfter) failures = 0;
            await Task.Delay(Rest(failures++), time, cancellation);
        }
    }

    private TimeSpan Rest(int failures)
    {
        var rest = settings.FirstRest * Math.Pow(Growth, Math.Min(failures, 40));
        return rest < settings.LongestRest ? rest : settings.LongestRest;
    }

    /// <summary>One connection from its opening to its end.</summary>
    private async Task<StreamFault> OnceAsync(CancellationToken cancellation)
    {
        using var within = new CancellationTokenSource(settings.OpenWithin, time);
        using var opening = CancellationTokenSource.CreateLinkedTokenSource(within.Token, cancellation);
        try
        {
            var dialed = await dialer.OpenAsync(address, settings.MostBytes, opening.Token);
            if (!dialed.TryGet(out var socket, out var fault)) return new StreamFault.Broken(fault.Reason);
            await using var closed = socket;
            return await LiveAsync(socket, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new StreamFault.Broken("it was not open in time");
        }
    }

    private async Task<StreamFault> LiveAsync(IFrameSocket socket, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _connections++;
            _verdict = null;
            _heardAt = time.GetUtcNow();
            _intake.Begin();
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var receiving = ReceiveAsync(socket, end.Token);
        var tending = TendAsync(socket, end.Token);
        await Task.WhenAny(receiving, tending);
        End(end);
        try
        {
            await Task.WhenAll(receiving, tending);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // One of the two has ended the other.
        }

        cancellation.ThrowIfCancellationRequested();
        lock (_lock) return _verdict ?? throw new UnreachableException("A connection ends for a reason.");
    }

    private async Task ReceiveAsync(IFrameSocket socket, CancellationToken cancellation)
    {
        while (true)
        {
            var received = await socket.ReceiveAsync(cancellation);
            if (!received.TryGet(out var frame, out var fault))
            {
                Judge(new StreamFault.Broken(fault.Reason));
                return;
            }

            var now = time.GetUtcNow();
            tap?.Invoke(number, now, frame.Span);
            lock (_lock)
            {
                _heardAt = now;
                if (_intake.Take(frame.Span, now) is not { } bad) continue;
                _verdict ??= bad;
                return;
            }
        }
    }

    private async Task TendAsync(IFrameSocket socket, CancellationToken cancellation)
    {
        var openedAt = time.GetUtcNow();
        while (true)
        {
            var now = time.GetUtcNow();
            if (Look(openedAt, now)) return;
            foreach (var message in Messages(now))
            {
                if (await socket.SendAsync(message, cancellation) is { } fault)
                {
                    Judge(new StreamFault.Broken(fault.Reason));
                    return;
                }
            }

            await Task.Delay(settings.TickEvery, time, cancellation);
        }
    }

    /// <summary>Whether the connection must end.</summary>
    private bool Look(DateTimeOffset openedAt, DateTimeOffset now)
    {
        lock (_lock)
        {
            var silence = now - _heardAt;
            StreamFault? fault = silence >= settings.SilentAfter ? new StreamFault.Silent(silence)
                : !_intake.IsGreeted && now - openedAt >= settings.OpenWithin
                    ? new StreamFault.Broken("the server did not greet")
                : _intake.Look(now);
            _verdict ??= fault;
            return fault is not null;
        }
    }

    /// <summary>What is to be sent now; before the greeting nothing is.</summary>
    private List<byte[]> Messages(DateTimeOffset now)
    {
        var messages = new List<byte[]>();
        lock (_lock)
        {
            if (!_intake.IsGreeted) return messages;
            foreach (var line in _intake.Lines)
            {
                if (line.State != SubscriptionState.Waiting || line.RetryAt > now) continue;
                if (line.IsKnownThere) messages.Add(Message("unsubscribe", line.Subscription));
                messages.Add(Message("subscribe", line.Subscription));
                line.Asked(now);
            }
        }

        return messages;
    }

    private void Judge(StreamFault fault)
    {
        lock (_lock) _verdict ??= fault;
    }

    /// <summary>Here and now, and not on a thread of the pool.</summary>
    private static void End(CancellationTokenSource end) => end.Cancel();

    private static byte[] Message(string type, StreamSubscription subscription)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("channel", subscription.Channel.Word());
        if (subscription.Id.Length > 0) writer.WriteString("id", subscription.Id);
        if (subscription.IsBatched && string.Equals(type, "subscribe", StringComparison.Ordinal))
        {
            writer.WriteBoolean("batched", value: true);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
