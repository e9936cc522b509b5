using System.Net.Sockets;

namespace Perpkeel.Cli.Control;

/// <summary>What came of reading a line.</summary>
internal enum LineEnd
{
    /// <summary>A whole line.</summary>
    Line = 0,

    /// <summary>The other side is done.</summary>
    End,

    /// <summary>The other side ended in the middle of a line.</summary>
    Cut,

    /// <summary>The line is longer than allowed.</summary>
    TooLong,
}

/// <summary>A line without its end, or why there is none.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Bytes">The line.</param>
internal readonly record struct SocketLine(LineEnd Kind, ReadOnlyMemory<byte> Bytes);

/// <summary>Reads lines of bounded length from a socket.</summary>
internal sealed class SocketLines(Socket socket, int mostBytes)
{
    private const byte Newline = (byte)'\n';
    private const int FirstBuffer = 4_096;

    private byte[] _buffer = new byte[Math.Min(FirstBuffer, mostBytes)];
    private int _held;
    private int _searched;

    /// <summary>Whether a line was begun and not ended yet.</summary>
    public bool HasBegun => _held > 0;

    /// <summary>The next line.</summary>
    /// <exception cref="SocketException">The connection failed.</exception>
    public async Task<SocketLine> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (Take() is { } line) return new SocketLine(LineEnd.Line, line);
            if (_held == mostBytes) return new SocketLine(LineEnd.TooLong, default);
            if (_held == _buffer.Length) Array.Resize(ref _buffer, Math.Min(mostBytes, _held * 2));
            var got = await socket.ReceiveAsync(_buffer.AsMemory(_held), SocketFlags.None, cancellation);
            if (got == 0) return new SocketLine(_held == 0 ? LineEnd.End : LineEnd.Cut, default);
            _held += got;
        }
    }

    private byte[]? Take()
    {
        var at = _buffer.AsSpan(_searched, _held - _searched).IndexOf(Newline);
        if (at < 0)
        {
            _searched = _held;
            return null;
        }

        var end = _searched + at;
        var line = _buffer[..end];
        _held -= end + 1;
        _buffer.AsSpan(end + 1, _held).CopyTo(_buffer);
        _searched = 0;
        return line;
    }
}
