using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>Which way what does not fit the grid goes.</summary>
internal enum Toward
{
    /// <summary>To the multiple below.</summary>
    Zero,

    /// <summary>To the multiple above.</summary>
    Infinity,
}

/// <summary>
/// Decimals as whole multiples of a unit, exactly: the digits of the decimal are taken as an integer, and
/// nothing is ever rounded but once, to the multiple.
/// </summary>
internal static class ExactScale
{
    private const int MostPower = 38;

    /// <summary>
    /// value * factor / 1,000,000 * 10^exponent as a multiple of the unit; false where 64 bits do not hold
    /// it.
    /// </summary>
    /// <param name="value">Not negative.</param>
    /// <param name="factorPpm">Not negative, below 2^24; 1,000,000 leaves the value as it is.</param>
    /// <param name="exponent">Of ten.</param>
    /// <param name="unit">At least 1.</param>
    /// <param name="toward">Where what is between two multiples goes.</param>
    /// <param name="multiple">The multiple of the unit.</param>
    public static bool TryScale(
        decimal value, uint factorPpm, int exponent, ulong unit, Toward toward, out ulong multiple)
    {
        multiple = 0;
        var (digits, scale) = Digits(value);
        if (factorPpm != Ppm.One)
        {
            // 96 bits times 24 are 120.
            digits *= factorPpm;
            scale += 6;
        }

        if (digits == UInt128.Zero) return true;
        var power = exponent - scale;
        if (power >= 0)
        {
            // What does not fit 128 bits does not fit 64 either, in units of less than 2^64.
            if (power > MostPower || digits > UInt128.MaxValue / Power(power)) return false;
            digits *= Power(power);
        }
        else
        {
            // 120 bits are less than 10^38: what is divided by more is less than one.
            digits = Divide(digits, Power(Math.Min(-power, MostPower)), toward);
        }

        digits = Divide(digits, unit, toward);
        if (digits > ulong.MaxValue / unit) return false;
        multiple = (ulong)digits * unit;
        return true;
    }

    private static (UInt128 Digits, int Scale) Digits(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        unchecked
        {
            var low = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
            return (new UInt128((uint)bits[2], low), value.Scale);
        }
    }

    /// <summary>Rounding each of two divisions the same way is rounding once by the product.</summary>
    private static UInt128 Divide(UInt128 dividend, UInt128 divisor, Toward toward)
    {
        var (quotient, remainder) = UInt128.DivRem(dividend, divisor);
        return toward == Toward.Infinity && remainder != UInt128.Zero ? quotient + 1 : quotient;
    }

    private static UInt128 Power(int exponent) => (UInt128)Rounding.PowerOfTen(exponent);
}
