using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>
/// Whole numbers modulo the order n of secp256k1, as 32 bytes with the highest first. Takes the same steps
/// whatever the values are, and leaves no copy of them behind.
/// </summary>
/// <remarks>
/// Reduction uses n = 2^256 - c with c of 129 bits: a number of 512 bits is folded, high * c + low, until
/// nothing is left above. Source of n: SEC 2, section 2.4.1.
/// </remarks>
internal static class Scalar
{
    private const int Limbs = 4;
    private const int Folds = 4;
    private const ulong C0 = 0x402DA1732FC9BEBF;
    private const ulong C1 = 0x4551231950B75FC4;
    private const ulong C2 = 1;

    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE,
        0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36, 0x41, 0x41,
    ];

    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x5D, 0x57, 0x6E, 0x73, 0x57, 0xA4, 0x50, 0x1D, 0xDF, 0xE9, 0x2F, 0x46, 0x68, 0x1B, 0x20, 0xA0,
    ];

    /// <summary>Whether a number is between 1 and n - 1.</summary>
    public static bool IsValidKey(ReadOnlySpan<byte> value) =>
        !CryptographicOperations.FixedTimeEquals(value, stackalloc byte[Secp256k1.KeyBytes])
        && IsBelowOrder(value);

    /// <summary>Whether a number is below n.</summary>
    public static bool IsBelowOrder(ReadOnlySpan<byte> value) => IsBelow(value, Order);

    /// <summary>Whether a number is above n / 2.</summary>
    public static bool IsHigh(ReadOnlySpan<byte> value) => IsBelow(HalfOrder, value);

    /// <summary>The number modulo n.</summary>
    public static void Reduce(ReadOnlySpan<byte> value, Span<byte> into)
    {
        Span<ulong> wide = stackalloc ulong[2 * Limbs];
        Read(value, wide);
        Fold(wide);
        Write(wide, into);
        Wipe(wide);
    }

    /// <summary>The sum of two numbers modulo n.</summary>
    public static void Add(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> into)
    {
        Span<ulong> wide = stackalloc ulong[2 * Limbs];
        Span<ulong> other = stackalloc ulong[Limbs];
        Read(left, wide);
        Read(right, other);
        UInt128 carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            carry += (UInt128)wide[i] + other[i];
            wide[i] = Low(carry);
            carry >>= 64;
        }

        wide[Limbs] = Low(carry);
        Fold(wide);
        Write(wide, into);
        Wipe(wide);
        Wipe(other);
    }

    /// <summary>The product of two numbers modulo n.</summary>
    public static void Multiply(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> into)
    {
        Span<ulong> one = stackalloc ulong[Limbs];
        Span<ulong> two = stackalloc ulong[Limbs];
        Read(left, one);
        Read(right, two);
        Multiply(one, two, one);
        Write(one, into);
        Wipe(one);
        Wipe(two);
    }

    /// <summary>n less a number that is not zero and below n.</summary>
    public static void Negate(ReadOnlySpan<byte> value, Span<byte> into)
    {
        Span<ulong> from = stackalloc ulong[Limbs];
        Span<ulong> what = stackalloc ulong[Limbs];
        Read(Order, from);
        Read(value, what);
        Subtract(from, what);
        Write(from, into);
        Wipe(from);
        Wipe(what);
    }

    /// <summary>The number whose product with this one is 1: value^(n-2), as Fermat has it.</summary>
    public static void Invert(ReadOnlySpan<byte> value, Span<byte> into)
    {
        Span<ulong> power = stackalloc ulong[Limbs];
        Span<ulong> result = stackalloc ulong[Limbs];
        Read(value, power);
        result[0] = 1;
        for (var bit = 0; bit < 256; bit++)
        {
            // The exponent is public, so this branch tells nothing.
            if (IsSetInOrderLessTwo(bit)) Multiply(result, power, result);
            Multiply(power, power, power);
        }

        Write(result, into);
        Wipe(power);
        Wipe(result);
    }

    /// <summary>The lowest byte of n is 0x41, that of n - 2 is 0x3F; all others are the same.</summary>
    private static bool IsSetInOrderLessTwo(int bit)
    {
        var at = Order.Length - 1 - (bit / 8);
        var value = at == Order.Length - 1 ? 0x3F : Order[at];
        return ((value >> (bit % 8)) & 1) == 1;
    }

    private static void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> into)
    {
        Span<ulong> wide = stackalloc ulong[2 * Limbs];
        for (var i = 0; i < Limbs; i++)
        {
            ulong carry = 0;
            for (var j = 0; j < Limbs; j++)
            {
                var sum = ((UInt128)left[i] * right[j]) + wide[i + j] + carry;
                wide[i + j] = Low(sum);
                carry = Low(sum >> 64);
            }

            wide[i + Limbs] = carry;
        }

        Fold(wide);
        wide[..Limbs].CopyTo(into);
        Wipe(wide);
    }

    /// <summary>Eight limbs become their remainder modulo n in the lower four.</summary>
    private static void Fold(Span<ulong> wide)
    {
        Span<ulong> high = stackalloc ulong[Limbs];
        for (var round = 0; round < Folds; round++)
        {
            wide[Limbs..].CopyTo(high);
            wide[Limbs..].Clear();
            AddProduct(wide, high, C0, 0);
            AddProduct(wide, high, C1, 1);
            AddProduct(wide, high, C2, 2);
        }

        SubtractOrderIfNotBelow(wide);
        Wipe(high);
    }

    /// <summary>Adds high * factor * 2^(64 * shift).</summary>
    private static void AddProduct(Span<ulong> wide, ReadOnlySpan<ulong> high, ulong factor, int shift)
    {
        ulong carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            var sum = ((UInt128)high[i] * factor) + wide[i + shift] + carry;
            wide[i + shift] = Low(sum);
            carry = Low(sum >> 64);
        }

        for (var at = Limbs + shift; at < wide.Length; at++)
        {
            var sum = (UInt128)wide[at] + carry;
            wide[at] = Low(sum);
            carry = Low(sum >> 64);
        }
    }

    /// <summary>
    /// After the folds the value is below 2^256, which is below 2n: one subtraction will do.
    /// </summary>
    private static void SubtractOrderIfNotBelow(Span<ulong> value)
    {
        Span<ulong> order = stackalloc ulong[Limbs];
        Span<ulong> less = stackalloc ulong[Limbs];
        Read(Order, order);
        value[..Limbs].CopyTo(less);
        var borrow = Subtract(less, order);
        var keep = unchecked(0UL - borrow);
        for (var i = 0; i < Limbs; i++) value[i] = (value[i] & keep) | (less[i] & ~keep);
        Wipe(less);
    }

    /// <summary>Takes the right number from the left one; 1 when it was larger.</summary>
    private static ulong Subtract(Span<ulong> left, ReadOnlySpan<ulong> right)
    {
        ulong borrow = 0;
        for (var i = 0; i < Limbs; i++)
        {
            var difference = unchecked((UInt128)left[i] - right[i] - borrow);
            left[i] = Low(difference);
            borrow = Low(difference >> 64) & 1;
        }

        return borrow;
    }

    private static bool IsBelow(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<ulong> one = stackalloc ulong[Limbs];
        Span<ulong> two = stackalloc ulong[Limbs];
        Read(left, one);
        Read(right, two);
        var borrow = Subtract(one, two);
        Wipe(one);
        Wipe(two);
        return borrow == 1;
    }

    private static ulong Low(UInt128 value) => unchecked((ulong)value);

    private static void Read(ReadOnlySpan<byte> bytes, Span<ulong> limbs)
    {
        for (var i = 0; i < Limbs; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[((Limbs - 1 - i) * 8)..]);
        }
    }

    private static void Write(ReadOnlySpan<ulong> limbs, Span<byte> bytes)
    {
        for (var i = 0; i < Limbs; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[((Limbs - 1 - i) * 8)..], limbs[i]);
        }
    }

    private static void Wipe(Span<ulong> limbs) => CryptographicOperations.ZeroMemory(
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(limbs));
}
