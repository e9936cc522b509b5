using System.Globalization;
using System.Numerics;

namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>
/// Whether a signature is that of a public key. Nothing here is secret, so it may take its time and is the
/// same on every platform.
/// </summary>
/// <remarks>Source: SEC 1, section 4.1.4, and SEC 2, section 2.4.1 for the numbers of the curve.</remarks>
internal static class SignatureCheck
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    private static readonly BigInteger Order =
        Hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");

    private static readonly Point Generator = new(
        Hex("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"),
        Hex("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8"));

    /// <summary>Checks 64 bytes r and s over a hash with a compressed key of 33 bytes.</summary>
    public static bool IsGood(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Secp256k1.SignatureBytes || TryPoint(publicKey) is not { } key) return false;
        var (r, s) = (Number(signature[..Secp256k1.KeyBytes]), Number(signature[Secp256k1.KeyBytes..]));
        if (r.IsZero || r >= Order || s.IsZero || s >= Order) return false;
        var inverse = BigInteger.ModPow(s, Order - 2, Order);
        var left = Multiply(Number(hash) * inverse % Order, Generator);
        var right = Multiply(r * inverse % Order, key);
        return Add(left, right) is { } sum && sum.X % Order == r;
    }

    private static Point? TryPoint(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Secp256k1.PublicKeyBytes || bytes[0] is not (2 or 3)) return null;
        var x = Number(bytes[1..]);
        if (x >= Prime) return null;
        var square = Mod(BigInteger.ModPow(x, 3, Prime) + 7);
        var y = BigInteger.ModPow(square, (Prime + 1) / 4, Prime);
        if (Mod(y * y) != square) return null;
        return new Point(x, y.IsEven == (bytes[0] == 2) ? y : Prime - y);
    }

    /// <summary>A factor times a point; null is the point at infinity.</summary>
    private static Point? Multiply(BigInteger factor, Point point)
    {
        Point? sum = null;
        for (Point? power = point; !factor.IsZero; factor >>= 1, power = Add(power, power))
        {
            if (!factor.IsEven) sum = Add(sum, power);
        }

        return sum;
    }

    private static Point? Add(Point? one, Point? other)
    {
        if (one is not { } left) return other;
        if (other is not { } right) return left;
        if (left.X == right.X && Mod(left.Y + right.Y).IsZero) return null;
        var (rise, run) = left.X == right.X
            ? (3 * left.X * left.X, 2 * left.Y)
            : (right.Y - left.Y, right.X - left.X);
        var slope = Mod(rise * BigInteger.ModPow(Mod(run), Prime - 2, Prime));
        var x = Mod((slope * slope) - left.X - right.X);
        return new Point(x, Mod((slope * (left.X - x)) - left.Y));
    }

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) =>
        new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly record struct Point(BigInteger X, BigInteger Y);
}
