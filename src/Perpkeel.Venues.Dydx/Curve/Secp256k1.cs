namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>Chooses an implementation of the curve.</summary>
public static class Secp256k1
{
    /// <summary>Bytes of a private key and of a hash.</summary>
    public const int KeyBytes = 32;

    /// <summary>Bytes of a compressed public key.</summary>
    public const int PublicKeyBytes = 33;

    /// <summary>Bytes of a signature: r and s.</summary>
    public const int SignatureBytes = 64;

    /// <summary>
    /// The system's libsecp256k1 where it is installed (several times faster), else the platform's curve.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">
    /// There is neither: macOS has no secp256k1 of its own and needs libsecp256k1.
    /// </exception>
    public static ISecp256k1 Open() =>
        NativeSecp256k1.TryOpen(out var native) ? native : PlatformSecp256k1.Open();

    internal static void CheckForPublicKey(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey)
    {
        CheckKey(privateKey);
        CheckLength(publicKey.Length, PublicKeyBytes, nameof(publicKey));
    }

    internal static void CheckForSigning(
        ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        CheckKey(privateKey);
        CheckLength(hash.Length, KeyBytes, nameof(hash));
        CheckLength(signature.Length, SignatureBytes, nameof(signature));
    }

    private static void CheckKey(ReadOnlySpan<byte> privateKey)
    {
        if (privateKey.Length != KeyBytes || !Scalar.IsValidKey(privateKey))
        {
            throw new ArgumentException("This is not a private key of secp256k1.", nameof(privateKey));
        }
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length == expected) return;
        throw new ArgumentException($"{expected} bytes are needed, not {length}.", name);
    }
}
