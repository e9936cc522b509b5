using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Perpkeel.Venues.Dydx.Curve;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Curve;

[Trait("Req", "VEN-1")]
public sealed class ScalarTests
{
    private const int Cases = 2_000;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
        NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [Fact]
    public void Sums_products_and_remainders_are_those_of_whole_numbers() => ForAll((left, right) =>
    {
        var into = new byte[32];
        Scalar.Add(Bytes(left), Bytes(right), into);
        Assert.Equal((left + right) % Order, Number(into));
        Scalar.Multiply(Bytes(left), Bytes(right), into);
        Assert.Equal(left * right % Order, Number(into));
        Scalar.Reduce(Bytes(left), into);
        Assert.Equal(left % Order, Number(into));
    });

    [Fact]
    public void A_number_times_its_inverse_is_one() => ForAll((left, _) =>
    {
        if ((left % Order).IsZero) return;
        var into = new byte[32];
        Scalar.Invert(Bytes(left), into);
        Scalar.Multiply(into, Bytes(left), into);
        Assert.Equal(BigInteger.One, Number(into));
    });

    [Fact]
    public void Comparisons_and_negation_are_those_of_whole_numbers() => ForAll((left, _) =>
    {
        Assert.Equal(left < Order, Scalar.IsBelowOrder(Bytes(left)));
        Assert.Equal(left > Order / 2, Scalar.IsHigh(Bytes(left)));
        Assert.Equal(!left.IsZero && left < Order, Scalar.IsValidKey(Bytes(left)));
        if (left.IsZero || left >= Order) return;
        var into = new byte[32];
        Scalar.Negate(Bytes(left), into);
        Assert.Equal(Order - left, Number(into));
    });

    /// <summary>The corners against each other, and numbers that hashes give.</summary>
    private static void ForAll(Action<BigInteger, BigInteger> check)
    {
        var top = BigInteger.Pow(2, 256) - 1;
        BigInteger[] corners =
            [0, 1, 2, Order / 2, (Order / 2) + 1, Order - 1, Order, Order + 1, top - 1, top];
        foreach (var left in corners)
        {
            foreach (var right in corners) check(left, right);
        }

        for (var i = 0; i < Cases; i++)
        {
            var bytes = SHA512.HashData(BitConverter.GetBytes(i));
            check(Number(bytes.AsSpan(0, 32)), Number(bytes.AsSpan(32)));
        }
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) =>
        new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        var length = value.GetByteCount(isUnsigned: true);
        Assert.True(
            value.TryWriteBytes(bytes.AsSpan(32 - length), out _, isUnsigned: true, isBigEndian: true));
        return bytes;
    }
}
