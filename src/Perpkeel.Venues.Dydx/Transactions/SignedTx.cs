using System.Security.Cryptography;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>A transaction as it is broadcast, with the hash by which the chain will know it.</summary>
public sealed class SignedTx
{
    private readonly byte[] _bytes;
    private string? _hash;

    internal SignedTx(byte[] bytes, Signature signature)
    {
        _bytes = bytes;
        Signature = signature;
    }

    /// <summary>The bytes to broadcast. Sent again as they are, they are the same transaction.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Its signature.</summary>
    public Signature Signature { get; }

    /// <summary>SHA-256 of the bytes in capital hexadecimal digits: known before it is sent.</summary>
    public string Hash => _hash ??= HashOf(_bytes);

    /// <inheritdoc/>
    public override string ToString() => Hash;

    internal static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
