using System.Net.WebSockets;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Sockets;

/// <summary>The network: WebSockets of text frames.</summary>
public sealed class WebSocketDialer : IFrameDialer
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<Result<IFrameSocket, FrameFault>> OpenAsync(
        Uri address, int mostBytes, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = PongWithin;
        try
        {
            await socket.ConnectAsync(address, cancellation);
            return new Open(socket, mostBytes);
        }
        catch (WebSocketException error)
        {
            socket.Dispose();
            return new FrameFault.NotOpened(Words(error));
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Words(Exception error) =>
        error.InnerException is { } inner ? $"{error.Message} ({inner.Message})" : error.Message;

    private sealed class Open(ClientWebSocket socket, int mostBytes) : IFrameSocket
    {
        private const int FirstBytes = 64 * 1024;

        private byte[] _buffer = new byte[Math.Min(FirstBytes, mostBytes)];

        public async ValueTask<Result<ReadOnlyMemory<byte>, FrameFault>> ReceiveAsync(
            CancellationToken cancellation)
        {
            var length = 0;
            try
            {
                while (true)
                {
                    if (length == _buffer.Length)
                    {
                        if (length >= mostBytes) return new FrameFault.TooLong(mostBytes);
                        Array.Resize(ref _buffer, Math.Min(mostBytes, length * 2));
                    }

                    var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellation);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        return new FrameFault.Closed(
                            (int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty),
                            socket.CloseStatusDescription ?? string.Empty);
                    }

                    length += part.Count;
                    if (part.EndOfMessage) return new ReadOnlyMemory<byte>(_buffer, 0, length);
                }
            }
            catch (WebSocketException error)
            {
                return new FrameFault.Lost(Words(error));
            }
        }

        public async Task<FrameFault?> SendAsync(
            ReadOnlyMemory<byte> frame, CancellationToken cancellation)
        {
            try
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellation);
                return null;
            }
            catch (WebSocketException error)
            {
                return new FrameFault.Lost(Words(error));
            }
            catch (InvalidOperationException error)
            {
                // The socket was closed meanwhile; a WebSocket says so with this one.
                return new FrameFault.Lost(Words(error));
            }
        }

        public ValueTask DisposeAsync()
        {
            socket.Abort();
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
