using System.Security.Cryptography;

namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>The nonces that RFC 6979 gives a key and a hash, with HMAC-SHA256 and nothing added.</summary>
internal ref struct Rfc6979
{
    private const int Bytes = Secp256k1.KeyBytes;

    private readonly Span<byte> _state;
    private bool _isStarted;

    /// <summary>Takes a buffer of <see cref="StateBytes"/> bytes, which the caller wipes.</summary>
    public Rfc6979(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> reducedHash, Span<byte> state)
    {
        _state = state;
        Value.Fill(1);
        Key.Clear();
        Span<byte> seed = stackalloc byte[2 * Bytes];
        privateKey.CopyTo(seed);
        reducedHash.CopyTo(seed[Bytes..]);
        Stir(0, seed);
        Stir(1, seed);
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <summary>Bytes of the state: the value, the key, and room to stir them.</summary>
    public static int StateBytes => (2 * Bytes) + Bytes + 1 + (2 * Bytes);

    private readonly Span<byte> Value => _state[..Bytes];

    private readonly Span<byte> Key => _state[Bytes..(2 * Bytes)];

    private readonly Span<byte> Room => _state[(2 * Bytes)..];

    /// <summary>Writes the next nonce between 1 and n - 1.</summary>
    public void Next(Span<byte> nonce)
    {
        if (_isStarted) Stir(0, []);
        _isStarted = true;
        while (true)
        {
            HMACSHA256.HashData(Key, Value, Value);
            if (Scalar.IsValidKey(Value)) break;
            Stir(0, []);
        }

        Value.CopyTo(nonce);
    }

    /// <summary>K = HMAC(K, V | mark | seed), then V = HMAC(K, V).</summary>
    private readonly void Stir(byte mark, ReadOnlySpan<byte> seed)
    {
        Value.CopyTo(Room);
        Room[Bytes] = mark;
        seed.CopyTo(Room[(Bytes + 1)..]);
        HMACSHA256.HashData(Key, Room[..(Bytes + 1 + seed.Length)], Key);
        HMACSHA256.HashData(Key, Value, Value);
    }
}
