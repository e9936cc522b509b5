using System.Numerics;

namespace Perpkeel.Core.Numbers;

/// <summary>
/// The quotient of two decimals, bit for bit what <c>/</c> gives, in a fraction of its time: one division of
/// up to 192 bits by 96 where the platform goes nine digits at a time.
/// </summary>
/// <remarks>
/// A quotient that does not come out even has as many digits as fit 96 bits and 28 places, the last one
/// rounded to the nearest, of two equally near ones to the even; zeros at its end are dropped. Whatever is
/// not plainly of that kind is left to <c>/</c>: quotients that come out even, those for which no digit or
/// more than 28 would have to be appended to the dividend, and those so near a power of ten that an estimate
/// cannot tell how many.
/// </remarks>
internal static class DecimalQuotient
{
    private const int MostPlaces = 28;
    private const int MostAppended = 28;

    /// <summary>2^96: mantissas are below.</summary>
    private const double Limit = 79228162514264337593543950336d;

    /// <summary>Far more than all roundings of an estimate together.</summary>
    private const double Doubt = 1e-12;

    /// <summary>The quotient; false where it is left to <c>/</c>, or where there is none.</summary>
    public static bool TryOf(in ScaledInteger dividend, in ScaledInteger divisor, out decimal quotient)
    {
        quotient = 0m;
        var left = dividend.Magnitude;
        var right = divisor.Magnitude;
        if (left == UInt128.Zero || right == UInt128.Zero) return false;
        var places = dividend.Scale - divisor.Scale;
        var appended = Appended(left, right, places);
        if (appended <= 0) return false;

        var mantissa = Divide(left, PowersOfTen.Whole(appended), right, out var remainder);
        if (remainder == UInt128.Zero) return false;
        places += appended;
        mantissa = Rounded(mantissa, remainder, right);
        for (; places > 0 && IsMultipleOfTen(mantissa); places--) mantissa = Tenth(mantissa);
        if (High(mantissa) > uint.MaxValue) return false;
        quotient = ScaledInteger.Made(mantissa, places, dividend.IsNegative != divisor.IsNegative);
        return true;
    }

    /// <summary>
    /// How many digits the dividend takes so that the quotient has as many as fit; negative when an estimate
    /// cannot tell, or when they are too many.
    /// </summary>
    private static int Appended(UInt128 left, UInt128 right, int places)
    {
        var room = Limit * Estimate(right) / Estimate(left);
        var most = Math.Min(MostAppended, MostPlaces - places);

        // There is room for all that the places allow, or for as many as the estimate says.
        if (most < 0 || places + most < 0) return -1;
        if (room >= PowersOfTen.Estimate(most + 1)) return most == MostPlaces - places ? most : -1;
        if (room < 1d) return -1;
        var exponent = unchecked((int)(BitConverter.DoubleToUInt64Bits(room) >> 52)) - 1023;
        var appended = (exponent * 1233) >> 12;
        appended += PowersOfTen.Estimate(appended + 1) <= room ? 1 : 0;
        var isCertain = room > PowersOfTen.Estimate(appended) * (1d + Doubt)
            && room < PowersOfTen.Estimate(appended + 1) * (1d - Doubt);
        return isCertain && places + appended >= 0 ? appended : -1;
    }

    /// <summary>The whole quotient of a product; it is below 2^96.</summary>
    /// <remarks>
    /// Source: Knuth, The Art of Computer Programming 2, algorithm 4.3.1 D, in digits of 64
    /// bits.
    /// </remarks>
    private static UInt128 Divide(UInt128 left, UInt128 power, UInt128 right, out UInt128 remainder)
    {
        unchecked
        {
            // 96 x 96 bits, from the lowest 64.
            var middle = Math.BigMul(Low(left), Low(power), out var low);
            var high = Math.BigMul(Low(left), High(power), out var part);
            high += Carried(ref middle, part);
            high += Math.BigMul(High(left), Low(power), out part) + Carried(ref middle, part);
            high += High(left) * High(power);
            if (High(right) == 0ul)
            {
                // The quotient is below 2^96, so that the highest digit is below the divisor.
                var (upper, rest) = UInt128.DivRem(new UInt128(high, middle), Low(right));
                var (next, last) = UInt128.DivRem(new UInt128(Low(rest), low), Low(right));
                remainder = last;
                return new UInt128(Low(upper), Low(next));
            }

            // The divisor's highest bit goes to the top, the dividend as far; the quotient stays.
            var shift = BitOperations.LeadingZeroCount(High(right));
            var divisor = right << shift;
            var top = (high << shift) | (middle >> (64 - shift));
            middle = (middle << shift) | (low >> (64 - shift));
            var first = Step(new UInt128(high >> (64 - shift), top), middle, divisor, out remainder);
            var second = Step(remainder, low << shift, divisor, out remainder);
            remainder >>= shift;
            return new UInt128(first, second);
        }
    }

    /// <summary>
    /// Up where the remainder is above half of the divisor, or at half and the last bit is
    /// set.
    /// </summary>
    /// <remarks>Without branches: which way it goes is chance.</remarks>
    private static UInt128 Rounded(UInt128 whole, UInt128 remainder, UInt128 divisor)
    {
        unchecked
        {
            // The difference is negative above half; at half it is zero, and the last bit makes it negative.
            var gap = divisor - (remainder << 1) - (UInt128)(Low(whole) & 1ul);
            return whole + (UInt128)(High(gap) >> 63);
        }
    }

    private static UInt128 Tenth(UInt128 value)
    {
        var (high, rest) = Math.DivRem(High(value), 10ul);
        return new UInt128(high, Low(UInt128.DivRem(new UInt128(rest, Low(value)), 10ul).Quotient));
    }

    /// <summary>Adds to a digit; the carry.</summary>
    private static ulong Carried(ref ulong digit, ulong value)
    {
        digit = unchecked(digit + value);
        return digit < value ? 1ul : 0ul;
    }

    /// <summary>One digit of 64 bits: (upper, next) / divisor, upper being below the divisor.</summary>
    private static ulong Step(UInt128 upper, ulong next, UInt128 divisor, out UInt128 remainder)
    {
        unchecked
        {
            var digit = High(upper) < High(divisor) ? (ulong)(upper / High(divisor)) : ulong.MaxValue;
            var rest = upper - Math.BigMul(digit, High(divisor));
            UInt128 product = Math.BigMul(digit, Low(divisor));
            remainder = new UInt128(Low(rest), next) - product;

            // The digit is right or up to two too large: then the remainder went below zero, and adding the
            // divisor comes out smaller than the divisor only when it is above zero again.
            var isBelow = High(rest) == 0ul && new UInt128(Low(rest), next) < product;
            while (isBelow)
            {
                digit--;
                remainder += divisor;
                isBelow = remainder >= divisor;
            }

            return digit;
        }
    }

    private static double Estimate(UInt128 value) => (High(value) * 18446744073709551616d) + Low(value);

    private static bool IsMultipleOfTen(UInt128 value) =>
        (Low(value) & 1ul) == 0ul && ((High(value) % 5ul) + (Low(value) % 5ul)) % 5ul == 0ul;

    private static ulong High(UInt128 value) => unchecked((ulong)(value >> 64));

    private static ulong Low(UInt128 value) => unchecked((ulong)value);
}
