using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Perpkeel.Testing.Chains;

/// <summary>
/// Whether a signature is that of a compressed public key, by the platform's own arithmetic.
/// </summary>
internal static class SignatureCheck
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    private static readonly BigInteger HalfOrder = BigInteger.Parse(
        "0" + "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" + "5D576E7357A4501DDFE92F46681B20A0",
        NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>As the chain does it: a high S is refused as well.</summary>
    public static bool IsGood(byte[] publicKey, byte[] signed, byte[] signature)
    {
        if (publicKey.Length != 33 || signature.Length != 64) return false;
        if (Number(signature.AsSpan(32)) > HalfOrder) return false;
        var x = Number(publicKey.AsSpan(1));
        var y = BigInteger.ModPow(BigInteger.ModPow(x, 3, Prime) + 7, (Prime + 1) / 4, Prime);
        if (y.IsEven != (publicKey[0] == 2)) y = Prime - y;
        using var curve = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromFriendlyName("secP256k1"),
            Q = new ECPoint { X = Bytes(x), Y = Bytes(y) },
        });
        return curve.VerifyHash(SHA256.HashData(signed), signature);
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) =>
        new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
