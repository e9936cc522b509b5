using System.Collections.Immutable;
using System.Numerics;

namespace Perpkeel.Core.Numbers;

/// <summary>Integer division with the rounding in the name, in 128 bits or unbounded.</summary>
public static class Rounding
{
    private const int MostPower = 38;

    private static readonly ImmutableArray<Int128> PowersOfTen = Powers();

    /// <summary>Quotient toward minus infinity.</summary>
    public static Int128 FloorDivide(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient;
    }

    /// <summary>Quotient toward plus infinity.</summary>
    public static Int128 CeilingDivide(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder != 0 && (remainder < 0) == (divisor < 0) ? quotient + 1 : quotient;
    }

    /// <summary>Quotient toward minus infinity.</summary>
    public static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (divisor.Sign < 0) ? quotient - 1 : quotient;
    }

    /// <summary>Quotient toward plus infinity.</summary>
    public static BigInteger CeilingDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) == (divisor.Sign < 0) ? quotient + 1 : quotient;
    }

    /// <summary>A value times ten to any whole power; where that divides, toward zero.</summary>
    public static BigInteger ScaleTowardZero(BigInteger value, int exponent) => exponent >= 0
        ? value * BigInteger.Pow(10, exponent)
        : BigInteger.Divide(value, BigInteger.Pow(10, -exponent));

    /// <summary>
    /// A quotient as a decimal at or below it, with as many of 28 places as a decimal holds. A quotient
    /// beyond all decimals gives the largest or the smallest of them.
    /// </summary>
    public static decimal FloorToDecimal(BigInteger dividend, BigInteger divisor)
    {
        for (var places = 28; places >= 0; places--)
        {
            var mantissa = FloorDivide(dividend * BigInteger.Pow(10, places), divisor);
            if (BigInteger.Abs(mantissa) > (BigInteger)decimal.MaxValue) continue;
            return (decimal)mantissa * Decimals.PowerOfTen(-places);
        }

        return dividend.Sign == divisor.Sign ? decimal.MaxValue : decimal.MinValue;
    }

    /// <summary>Ten to a whole power from 0 to 38.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is outside 0..38.</exception>
    public static Int128 PowerOfTen(int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, MostPower);
        return PowersOfTen[exponent];
    }

    private static ImmutableArray<Int128> Powers()
    {
        var powers = ImmutableArray.CreateBuilder<Int128>(MostPower + 1);
        powers.Add(1);
        while (powers.Count <= MostPower) powers.Add(powers[^1] * 10);
        return powers.MoveToImmutable();
    }
}
