using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Curve;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>A compressed public key of secp256k1. Two are equal when their bytes are.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _bytes;

    internal PublicKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The 33 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The account that belongs to it.</summary>
    public DydxAddress Address => DydxAddress.Of(this);

    /// <summary>Takes 33 bytes. That they are a point of the curve is not checked.</summary>
    public static Result<PublicKey, KeyError> FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Secp256k1.PublicKeyBytes && bytes[0] is 2 or 3
            ? new PublicKey(bytes.ToArray())
            : new KeyError.NotAPublicKey();

    /// <summary>Takes the 33 bytes as standard base64.</summary>
    public static Result<PublicKey, KeyError> FromBase64(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[Secp256k1.PublicKeyBytes];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? FromBytes(bytes[..written])
            : new KeyError.NotAPublicKey();
    }

    /// <summary>The bytes as standard base64.</summary>
    public string ToBase64() => Convert.ToBase64String(_bytes);

    /// <summary>The bytes as small hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }
}
