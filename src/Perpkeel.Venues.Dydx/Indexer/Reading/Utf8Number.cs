using System.Runtime.CompilerServices;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>
/// Plain decimals and decimals with an exponent, from the bytes of a message and without a string between.
/// </summary>
internal static class Utf8Number
{
    /// <summary>Letters that are read; a longer text is no number of the venue's.</summary>
    public const int MostLetters = 128;

    /// <summary>Digits that always fit 64 bits.</summary>
    private const int SmallDigits = 18;

    /// <summary>Digits that always fit 127 bits; those behind them can only round.</summary>
    private const int MostDigits = 38;

    private const int MostScale = 28;
    private const int MostExponent = 1_000;

    /// <summary>What fits 64 bits.</summary>
    private static readonly UInt128 SmallMost = ulong.MaxValue;

    /// <summary>The digits that a decimal holds for certain.</summary>
    private static readonly UInt128 MostMantissa = (UInt128)decimal.MaxValue;

    private static ReadOnlySpan<ulong> SmallPowers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000,
    ];

    /// <summary>
    /// Reads a decimal. What has more digits than a decimal holds is rounded to the nearest one, half to
    /// even; what is too large for one is none.
    /// </summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0m;
        if (!TrySplit(text, out var digits, out var scale, out var isNegative)) return false;
        if (digits == UInt128.Zero) return true;
        if (scale < 0)
        {
            if (scale < -MostScale || digits > MostMantissa / Power(-scale)) return false;
            digits *= Power(-scale);
            scale = 0;
        }

        if (scale > MostScale + MostDigits) return true;
        var drop = Math.Max(0, scale - MostScale);
        while (drop < MostDigits && digits / Power(drop) > MostMantissa) drop++;
        if (drop > scale) return false;
        digits = Round(digits, drop);
        if (digits > MostMantissa) return false;
        var (low, middle, high) = unchecked(((int)(uint)digits, (int)(uint)(digits >> 32),
            (int)(uint)(digits >> 64)));
        value = new decimal(low, middle, high, isNegative && digits != UInt128.Zero, (byte)(scale - drop));
        return true;
    }

    /// <summary>Reads a whole number of a unit; false for what is no number or lies between two.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="count">How many of it.</param>
    [SkipLocalsInit]
    public static bool TryCount(ReadOnlySpan<byte> text, in GridUnit unit, out long count)
    {
        count = 0;
        if (!TrySplit(text, out var digits, out var scale, out var isNegative)) return false;
        if (digits == UInt128.Zero) return true;
        var power = unit.Scale - scale;
        if (power is >= 0 and < SmallDigits && digits <= SmallMost)
        {
            // Almost every price and size; where the product does not fit, the long way says so.
            var factor = SmallPowers[power];
            var high = Math.BigMul((ulong)digits, factor, out var small);
            if (high == 0 && small <= long.MaxValue)
            {
                var quotient = unit.Digits == 1 ? small : small / unit.Digits;
                if (quotient * unit.Digits != small) return false;
                count = isNegative ? -(long)quotient : (long)quotient;
                return true;
            }
        }

        if (power < 0)
        {
            if (-power > MostDigits) return false;
            var divisor = Power(-power);
            if (digits % divisor != UInt128.Zero) return false;
            digits /= divisor;
        }
        else if (power > 0)
        {
            if (power > MostScale || digits > (UInt128)long.MaxValue * unit.Digits) return false;
            var factor = Power(power);
            if (digits > UInt128.MaxValue / factor) return false;
            digits *= factor;
        }

        if (unit.Digits != 1)
        {
            if (digits % unit.Digits != UInt128.Zero) return false;
            digits /= unit.Digits;
        }

        if (digits > (UInt128)long.MaxValue) return false;
        count = isNegative ? -(long)digits : (long)digits;
        return true;
    }

    /// <summary>The digits without point, how many stand behind it, and the sign.</summary>
    private static bool TrySplit(
        ReadOnlySpan<byte> text, out UInt128 digits, out int scale, out bool isNegative)
    {
        digits = UInt128.Zero;
        scale = 0;
        isNegative = false;
        if (text.Length is 0 or > MostLetters) return false;
        var at = 0;
        if (text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == (byte)'-';
            at++;
        }

        var (small, large, kept, seen, hasPoint) = (0UL, UInt128.Zero, 0, 0, false);
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == (byte)'.' && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            var digit = unchecked((uint)(letter - '0'));
            if (digit > 9) break;
            seen++;
            if (kept < SmallDigits)
            {
                small = (small * 10) + digit;
                if (small != 0) kept++;
                if (hasPoint) scale++;
            }
            else if (kept < MostDigits)
            {
                if (kept == SmallDigits) large = small;
                large = (large * 10) + digit;
                kept++;
                if (hasPoint) scale++;
            }
            else if (!hasPoint)
            {
                scale--;
            }
        }

        digits = kept > SmallDigits ? large : small;
        if (seen == 0) return false;
        return at == text.Length || TryExponent(text[at..], ref scale);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int scale)
    {
        if (text[0] is not ((byte)'e' or (byte)'E')) return false;
        text = text[1..];
        var isNegative = !text.IsEmpty && text[0] == (byte)'-';
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (text.IsEmpty) return false;
        var exponent = 0;
        foreach (var letter in text)
        {
            var digit = letter - '0';
            if (digit is < 0 or > 9) return false;
            exponent = Math.Min(MostExponent, (exponent * 10) + digit);
        }

        scale += isNegative ? exponent : -exponent;
        return true;
    }

    private static UInt128 Round(UInt128 digits, int drop)
    {
        if (drop == 0) return digits;
        if (drop > MostDigits) return UInt128.Zero;
        var divisor = Power(drop);
        var (quotient, rest) = UInt128.DivRem(digits, divisor);
        var half = divisor / 2;
        var isUp = rest > half || (rest == half && UInt128.IsOddInteger(quotient));
        return isUp ? quotient + 1 : quotient;
    }

    private static UInt128 Power(int exponent) => (UInt128)Rounding.PowerOfTen(exponent);
}
