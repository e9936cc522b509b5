namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>
/// Arithmetic on the curve secp256k1. Two implementations give the same bytes: the system's libsecp256k1,
/// and the platform's own curve where that is not installed. Both are safe to share between threads.
/// </summary>
public interface ISecp256k1 : IDisposable
{
    /// <summary>Name of the implementation, e.g. <c>libsecp256k1</c> or <c>platform</c>.</summary>
    string Name { get; }

    /// <summary>Writes the compressed public key, 33 bytes, of a private key of 32.</summary>
    /// <exception cref="ArgumentException">
    /// A length is wrong, or the key is not between 1 and the order of the curve less 1.
    /// </exception>
    void WritePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey);

    /// <summary>
    /// Signs a hash of 32 bytes with the nonce of RFC 6979 (HMAC-SHA256, nothing added) and the lower of the
    /// two values of s. Writes r and s, 32 bytes each with the highest byte first.
    /// </summary>
    /// <returns>
    /// The recovery id, 0 to 3: bit 0 is the oddness of the nonce point's y, bit 1 says that its x was not
    /// below the order.
    /// </returns>
    /// <exception cref="ArgumentException">A length or the key is wrong.</exception>
    int Sign(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> privateKey, Span<byte> signature);
}
