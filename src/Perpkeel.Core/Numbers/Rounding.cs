namespace Perpkeel.Core.Numbers;

/// <summary>Integer division with the rounding in the name.</summary>
public static class Rounding
{
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

    /// <summary>Ten to a whole power from 0 to 38.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is outside 0..38.</exception>
    public static Int128 PowerOfTen(int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, 38);
        Int128 power = 1;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
