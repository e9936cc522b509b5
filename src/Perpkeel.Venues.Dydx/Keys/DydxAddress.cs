using System.Security.Cryptography;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Hashes;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>
/// An account of dYdX, e.g. <c>dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4</c>. Every value was checked;
/// <c>default</c> throws when read.
/// </summary>
public readonly record struct DydxAddress
{
    /// <summary>What every address begins with, before the 1.</summary>
    public const string Prefix = "dydx";

    private readonly string? _text;

    private DydxAddress(string text) => _text = text;

    /// <summary>The address as text.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Text => _text ?? throw new InvalidOperationException("The address was never set.");

    /// <summary>Reads an address: prefix, alphabet, checksum and length are checked.</summary>
    public static Result<DydxAddress, KeyError> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Bech32.TryDecode(Prefix, text, out var data, out var fault))
        {
            return new KeyError.NotAnAddress(text, fault);
        }

        return data.Length == Ripemd160.HashBytes
            ? new DydxAddress(text)
            : new KeyError.NotAnAddress(text, $"it holds {data.Length} bytes instead of 20");
    }

    /// <summary>The address of a public key: RIPEMD-160 of SHA-256 of its 33 bytes.</summary>
    public static DydxAddress Of(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> shortened = stackalloc byte[Ripemd160.HashBytes];
        SHA256.HashData(key.Bytes.Span, hash);
        Ripemd160.Hash(hash, shortened);
        return new DydxAddress(Bech32.Encode(Prefix, shortened));
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "(none)";
}
