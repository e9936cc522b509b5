using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Sockets;

/// <summary>
/// One connection of text frames: the network in real use, memory in simulation and tests. One receives at a
/// time and one sends at a time.
/// </summary>
public interface IFrameSocket : IAsyncDisposable
{
    /// <summary>
    /// The next whole frame. It lies in the socket's own memory until the next one is asked for.
    /// </summary>
    /// <param name="cancellation">Gives up, which ends the connection.</param>
    ValueTask<Result<ReadOnlyMemory<byte>, FrameFault>> ReceiveAsync(CancellationToken cancellation);

    /// <summary>Sends one frame; null where it left.</summary>
    /// <param name="frame">The text in UTF-8.</param>
    /// <param name="cancellation">Gives up, which ends the connection.</param>
    Task<FrameFault?> SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation);
}

/// <summary>Opens connections of text frames.</summary>
public interface IFrameDialer
{
    /// <summary>Opens one.</summary>
    /// <param name="address">Where, e.g. <c>wss://host/path</c>.</param>
    /// <param name="mostBytes">Bytes of a frame that are read; a longer one is a fault.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Result<IFrameSocket, FrameFault>> OpenAsync(
        Uri address, int mostBytes, CancellationToken cancellation);
}
