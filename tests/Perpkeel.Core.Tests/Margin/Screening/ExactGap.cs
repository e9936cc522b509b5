using System.Numerics;

namespace Perpkeel.Core.Tests.Margin.Screening;

/// <summary>
/// The distance between a double and a decimal, without any rounding until the last
/// division.
/// </summary>
internal static class ExactGap
{
    /// <summary>|value - exact| over a bound: at most 1 where the bound holds.</summary>
    /// <remarks>Whole numbers throughout; the quotient is cut after nine places.</remarks>
    public static double Share(double value, decimal exact, double bound)
    {
        var (mantissa, exponent) = Parts(value);
        var (boundMantissa, boundExponent) = Parts(bound);
        var shift = Math.Max(0, Math.Max(-exponent, -boundExponent));
        var ten = BigInteger.Pow(10, exact.Scale);
        var bits = decimal.GetBits(exact);
        var whole = new BigInteger(new decimal(bits[0], bits[1], bits[2], exact < 0m, scale: 0));
        var gap = BigInteger.Abs((mantissa * ten << (exponent + shift)) - (whole << shift));
        var most = boundMantissa * ten << (boundExponent + shift);
        if (gap > most) return double.PositiveInfinity;
        return (double)BigInteger.Divide(gap * 1_000_000_000, BigInteger.Max(most, 1)) / 1e9d;
    }

    private static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        return (value < 0d ? -mantissa : mantissa, exponent - 1075);
    }
}
