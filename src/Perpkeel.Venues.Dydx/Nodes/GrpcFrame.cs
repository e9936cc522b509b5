using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>
/// One message of gRPC: a byte that says whether it is packed, four of length, the message.
/// </summary>
internal static class GrpcFrame
{
    /// <summary>Bytes before the message.</summary>
    public const int HeadBytes = 5;

    /// <summary>Puts the head before a message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        var frame = new byte[HeadBytes + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(HeadBytes));
        return frame;
    }

    /// <summary>The message in exactly one frame; otherwise what is wrong.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message, [NotNullWhen(false)] out string? fault)
    {
        message = default;
        fault = bytes.Length switch
        {
            0 => "there is no message",
            < HeadBytes => "the frame breaks off in its head",
            _ when bytes.Span[0] != 0 => "the message is packed, which was not asked for",
            _ when BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[1..]) is var length
                && length != bytes.Length - HeadBytes =>
                FormattableString.Invariant(
                    $"{length} bytes were announced, {bytes.Length - HeadBytes} came"),
            _ => null,
        };
        if (fault is not null) return false;
        message = bytes[HeadBytes..];
        return true;
    }
}
