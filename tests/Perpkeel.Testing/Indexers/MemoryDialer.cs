using System.Text;
using System.Threading.Channels;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Sockets;

namespace Perpkeel.Testing.Indexers;

/// <summary>Connections of frames in memory: a test plays the other side.</summary>
internal sealed class MemoryDialer : IFrameDialer
{
    private readonly Channel<MemorySocket> _opened = Channel.CreateUnbounded<MemorySocket>();

    /// <summary>How often somebody tried.</summary>
    public int Tries { get; private set; }

    /// <summary>So many of the next attempts come to nothing.</summary>
    public int Failures { get; set; }

    /// <summary>Called with each connection, right when it is there.</summary>
    public Action<MemorySocket>? OnOpen { get; set; }

    /// <summary>The next connection that is opened.</summary>
    public ValueTask<MemorySocket> OpenedAsync(CancellationToken cancellation) =>
        _opened.Reader.ReadAsync(cancellation);

    public async Task<Result<IFrameSocket, FrameFault>> OpenAsync(
        Uri address, int mostBytes, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        Tries++;
        if (Failures > 0)
        {
            Failures--;
            return new FrameFault.NotOpened("connection refused");
        }

        var socket = new MemorySocket(mostBytes);
        OnOpen?.Invoke(socket);
        if (!_opened.Writer.TryWrite(socket)) throw new InvalidOperationException("The dialer is closed.");
        return socket;
    }
}

/// <summary>One connection in memory.</summary>
internal sealed class MemorySocket(int mostBytes) : IFrameSocket
{
    private readonly Channel<Result<ReadOnlyMemory<byte>, FrameFault>> _toClient =
        Channel.CreateUnbounded<Result<ReadOnlyMemory<byte>, FrameFault>>();

    private readonly Channel<string> _fromClient = Channel.CreateUnbounded<string>();

    /// <summary>Called with what the client sends, before it is queued.</summary>
    public Action<string>? OnSent { get; set; }

    /// <summary>Whether the client has let go of it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>All that the client sent.</summary>
    public List<string> All { get; } = [];

    /// <summary>The other side says something.</summary>
    public void Say(string frame) => Put(
        Encoding.UTF8.GetByteCount(frame) > mostBytes
            ? new FrameFault.TooLong(mostBytes)
            : new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(frame)));

    /// <summary>The other side closes, or the line breaks.</summary>
    public void End(FrameFault fault) => Put(fault);

    /// <summary>What the client sends next.</summary>
    public ValueTask<string> HeardAsync(CancellationToken cancellation) =>
        _fromClient.Reader.ReadAsync(cancellation);

    public ValueTask<Result<ReadOnlyMemory<byte>, FrameFault>> ReceiveAsync(CancellationToken cancellation) =>
        _toClient.Reader.ReadAsync(cancellation);

    public async Task<FrameFault?> SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        if (IsDisposed) return new FrameFault.Lost("closed");
        var text = Encoding.UTF8.GetString(frame.Span);
        All.Add(text);
        OnSent?.Invoke(text);
        return _fromClient.Writer.TryWrite(text) ? null : new FrameFault.Lost("closed");
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private void Put(Result<ReadOnlyMemory<byte>, FrameFault> what)
    {
        if (!_toClient.Writer.TryWrite(what)) throw new InvalidOperationException("The socket is closed.");
    }
}
