using System.Numerics;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>
/// The chain's form of big integers in byte fields (position quantums, funding indices, open interest): a
/// first byte of 2, or of 3 where the number is negative, then the magnitude with the highest byte first.
/// </summary>
/// <remarks>Source: dYdX v4-chain, <c>dtypes.SerializableInt</c>; the form of Go's <c>big.Int</c>.</remarks>
public static class BigIntegerBytes
{
    private const byte Positive = 2;
    private const byte Negative = 3;

    /// <summary>The bytes of a number; zero is the single byte 2.</summary>
    public static byte[] Write(BigInteger value)
    {
        var sign = value.Sign < 0 ? Negative : Positive;
        if (value.IsZero) return [sign];
        return [sign, .. BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true)];
    }

    /// <summary>
    /// The number of some bytes; false when they begin with neither 2 nor 3. No byte at all is zero.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BigInteger value)
    {
        value = BigInteger.Zero;
        if (bytes.IsEmpty) return true;
        if (bytes[0] is not (Positive or Negative)) return false;
        value = new BigInteger(bytes[1..], isUnsigned: true, isBigEndian: true);
        if (bytes[0] == Negative) value = -value;
        return true;
    }
}
