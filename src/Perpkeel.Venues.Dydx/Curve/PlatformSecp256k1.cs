using System.Security.Cryptography;

namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>
/// The curve of the platform's own cryptography. The platform signs with chance nonces, so it only multiplies
/// points here: the nonce comes from RFC 6979, the platform gives nonce * G, and the signature is put
/// together from that.
/// </summary>
public sealed class PlatformSecp256k1 : ISecp256k1
{
    private const string CurveOid = "1.3.132.0.10";

    private PlatformSecp256k1()
    {
    }

    /// <inheritdoc/>
    public string Name => "platform";

    /// <summary>Opens the platform's curve.</summary>
    /// <exception cref="PlatformNotSupportedException">
    /// The platform does not know secp256k1 (macOS).
    /// </exception>
    public static PlatformSecp256k1 Open()
    {
        var curve = new PlatformSecp256k1();
        Span<byte> one = stackalloc byte[Secp256k1.KeyBytes];
        one[^1] = 1;
        try
        {
            curve.WritePublicKey(one, stackalloc byte[Secp256k1.PublicKeyBytes]);
        }
        catch (CryptographicException error)
        {
            throw new PlatformNotSupportedException(
                "This platform does not know the curve secp256k1. Install libsecp256k1: "
                + "'apt install libsecp256k1-1' on Debian, 'brew install secp256k1' on macOS.",
                error);
        }

        return curve;
    }

    /// <inheritdoc/>
    public void WritePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        Secp256k1.CheckForPublicKey(privateKey, publicKey);
        var point = Multiply(privateKey);
        publicKey[0] = (byte)(2 + (point.Y![^1] & 1));
        point.X.CopyTo(publicKey[1..]);
    }

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> privateKey, Span<byte> signature)
    {
        Secp256k1.CheckForSigning(privateKey, hash, signature);
        Span<byte> secret = stackalloc byte[Rfc6979.StateBytes + (2 * Secp256k1.KeyBytes)];
        Span<byte> reduced = stackalloc byte[Secp256k1.KeyBytes];
        Scalar.Reduce(hash, reduced);
        var nonces = new Rfc6979(privateKey, reduced, secret[(2 * Secp256k1.KeyBytes)..]);
        var nonce = secret[..Secp256k1.KeyBytes];
        var room = secret[Secp256k1.KeyBytes..(2 * Secp256k1.KeyBytes)];
        try
        {
            while (true)
            {
                nonces.Next(nonce);
                if (TrySign(reduced, privateKey, nonce, room, signature, out var recovery)) return recovery;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>s = (hash + r * key) / nonce; false in the one case of 2^256 where r or s is zero.</summary>
    private static bool TrySign(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> room,
        Span<byte> signature, out int recovery)
    {
        var point = Multiply(nonce);
        var r = signature[..Secp256k1.KeyBytes];
        var s = signature[Secp256k1.KeyBytes..];
        Scalar.Reduce(point.X, r);
        Scalar.Multiply(r, key, s);
        Scalar.Add(s, hash, s);
        Scalar.Invert(nonce, room);
        Scalar.Multiply(s, room, s);
        recovery = (point.Y![^1] & 1) | (Scalar.IsBelowOrder(point.X) ? 0 : 2);
        if (!Scalar.IsValidKey(r) || !Scalar.IsValidKey(s)) return false;
        if (Scalar.IsHigh(s))
        {
            Scalar.Negate(s, s);
            recovery ^= 1;
        }

        return true;
    }

    private static ECPoint Multiply(ReadOnlySpan<byte> factor)
    {
        // Pinned, so that the collector makes no copy of it.
        var secret = GC.AllocateUninitializedArray<byte>(Secp256k1.KeyBytes, pinned: true);
        factor.CopyTo(secret);
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.CreateFromValue(CurveOid),
                D = secret,
            });
            return key.ExportParameters(includePrivateParameters: false).Q;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
