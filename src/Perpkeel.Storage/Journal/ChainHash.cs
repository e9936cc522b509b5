using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// The hash chain of a journal: each record's hash covers the one before, so nothing behind a head can be
/// changed, taken away or put in without changing the head.
/// </summary>
/// <remarks>
/// A record's hash is SHA-256 over: the previous hash (32 zero bytes before the first); the stream's name;
/// the sequence; the kind; the version; the engine time in ticks of 100 ns since 0001-01-01 UTC; the payload
/// to the end. Texts are UTF-8 behind their length in bytes; lengths and numbers are 8 bytes, little-endian.
/// A record of recovery has the text <c>recovery</c> before the stream's name, and in the version's place the
/// sequence of the record after which it stands. Pinned by <c>ChainHashTests</c>.
/// </remarks>
internal static class ChainHash
{
    /// <summary>The hash before the first record.</summary>
    public static byte[] Start => new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of a chain's next record.</summary>
    public static byte[] Next(
        Chain chain, ReadOnlySpan<byte> previous, string stream, ChainRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + record.Payload.Length);
        bytes.Write(previous);
        if (chain == Chain.Recovery) Text(bytes, "recovery");
        Text(bytes, stream);
        Number(bytes, record.Sequence);
        Text(bytes, record.Kind);
        Number(bytes, record.VersionOrAfter);
        Number(bytes, record.AtTicks);
        bytes.Write(record.Payload);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    /// <summary>What a snapshot's checksum must be: over all of it and its stream's name.</summary>
    public static byte[] OfSnapshot(string stream, SnapshotRow snapshot)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + snapshot.Payload.Length);
        Text(bytes, "snapshot");
        Text(bytes, stream);
        Number(bytes, snapshot.Sequence);
        bytes.Write(snapshot.ChainHash);
        Number(bytes, snapshot.StateVersion);
        bytes.Write(snapshot.Payload);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static void Text(ArrayBufferWriter<byte> bytes, string text)
    {
        Number(bytes, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static void Number(ArrayBufferWriter<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.GetSpan(sizeof(long)), number);
        bytes.Advance(sizeof(long));
    }
}
