using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Perpkeel.Core.Numbers;

/// <summary>
/// A decimal taken apart: a whole number and how many of its digits are places. Sums and products are those
/// of decimals, with the same scales, in a few machine words; whatever a decimal would round, or would not
/// hold, and every sum that is zero (of which decimals keep two kinds) clears a flag instead.
/// </summary>
/// <remarks>
/// Range: whole numbers stay within 96 bits and a sign, in 128 bits of two's complement. A product is formed
/// only of factors below 2^64, or below 2^96 and 2^32, and a number gets digits appended for a sum only while
/// it stays below 2^126; so 128 bits never overflow.
/// </remarks>
internal readonly struct ScaledInteger
{
    private const int MostPlaces = 28;

    private readonly ulong _low;
    private readonly long _high;

    private ScaledInteger(long high, ulong low, int scale)
    {
        _high = high;
        _low = low;
        Scale = scale;
    }

    /// <summary>How many digits are places.</summary>
    public int Scale { get; }

    public bool IsNegative => _high < 0;

    /// <summary>All digits.</summary>
    public UInt128 Magnitude => unchecked(_high < 0
        ? new UInt128((ulong)(~_high + (_low == 0ul ? 1L : 0L)), 0ul - _low)
        : new UInt128((ulong)_high, _low));

    /// <summary>The same number as a double, within a few units of 2^-53.</summary>
    public double Estimate => ((_high * 18446744073709551616d) + _low) / PowersOfTen.Estimate(Scale);

    public static ScaledInteger Of(decimal value)
    {
        ref readonly var parts = ref Unsafe.As<decimal, Parts>(ref value);
        var result = new ScaledInteger(parts.High, parts.Low, (parts.Flags >> 16) & 0xFF);
        return parts.Flags < 0 ? result.Negated() : result;
    }

    /// <summary>
    /// The product of two numbers that are not negative; clears the flag when it does not
    /// fit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScaledInteger Multiply(in ScaledInteger left, in ScaledInteger right, ref bool fits)
    {
        unchecked
        {
            var scale = left.Scale + right.Scale;
            var high = (long)Math.BigMul(left._low, right._low, out var low);
            high += (left._high * (long)right._low) + (right._high * (long)left._low);
            fits &= scale <= MostPlaces
                && (ulong)high <= uint.MaxValue
                && ((left._high | right._high) == 0L || (right._high == 0L && right._low <= uint.MaxValue));
            return new ScaledInteger(high, low, Math.Min(scale, MostPlaces));
        }
    }

    /// <summary>The sum; clears the flag when it does not fit or is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScaledInteger Add(in ScaledInteger left, in ScaledInteger right, ref bool fits)
    {
        if (left.Scale == right.Scale) return Sum(in left, in right, ref fits);
        if (left.Scale > right.Scale) return Sum(in left, right.At(left.Scale, ref fits), ref fits);
        return Sum(left.At(right.Scale, ref fits), in right, ref fits);
    }

    /// <summary>The difference; clears the flag when it does not fit or is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScaledInteger Subtract(in ScaledInteger left, in ScaledInteger right, ref bool fits) =>
        Add(in left, right.Negated(), ref fits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScaledInteger Negated() =>
        unchecked(new ScaledInteger(~_high + (_low == 0ul ? 1L : 0L), 0ul - _low, Scale));

    public decimal ToDecimal() => Made(Magnitude, Scale, IsNegative);

    /// <summary>A decimal of its parts; the magnitude is below 2^96.</summary>
    public static decimal Made(UInt128 magnitude, int scale, bool isNegative)
    {
        var low = unchecked((ulong)magnitude);
        var high = unchecked((uint)(magnitude >> 64));
        return unchecked(new decimal((int)low, (int)(low >> 32), (int)high, isNegative, (byte)scale));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScaledInteger Sum(in ScaledInteger left, in ScaledInteger right, ref bool fits)
    {
        unchecked
        {
            var low = left._low + right._low;
            var high = left._high + right._high + (low < left._low ? 1L : 0L);
            fits &= (ulong)(high + uint.MaxValue) <= 2ul * uint.MaxValue && ((ulong)high | low) != 0ul;
            return new ScaledInteger(high, low, left.Scale);
        }
    }

    /// <summary>The same at a larger scale; clears the flag where the digits could leave 126 bits.</summary>
    private ScaledInteger At(int scale, ref bool fits)
    {
        unchecked
        {
            // 96 bits and 9 digits, 64 and 18, or 32 and 28 are all below 2^126.
            var digits = scale - Scale;
            fits &= digits <= 9
                || (digits <= 18 && _high is 0L or -1L)
                || (_high == 0L && _low <= uint.MaxValue)
                || (_high == -1L && 0ul - _low <= uint.MaxValue);
            var power = PowersOfTen.Whole(digits);
            var powerLow = (ulong)power;
            var high = (long)Math.BigMul(_low, powerLow, out var low);
            high += (_high * (long)powerLow) + ((long)_low * (long)(ulong)(power >> 64));
            return new ScaledInteger(high, low, scale);
        }
    }

    /// <summary>What a decimal consists of; a test pins it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Parts
    {
        public readonly int Flags;
        public readonly uint High;
        public readonly ulong Low;
    }
}
