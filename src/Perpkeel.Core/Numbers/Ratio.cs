using System.Numerics;

namespace Perpkeel.Core.Numbers;

/// <summary>
/// An exact quotient of whole numbers. Decimals round when they multiply and divide; where a limit must hold
/// to the last digit, the sum is done here and rounded once, in a direction that the name tells.
/// </summary>
internal readonly struct Ratio
{
    private const int MostDecimals = 28;
    private static readonly BigInteger MostMantissa = (BigInteger)decimal.MaxValue;

    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    private Ratio(BigInteger numerator, BigInteger denominator)
    {
        _numerator = numerator;
        _denominator = denominator;
    }

    public bool IsZero => _numerator.IsZero;

    /// <summary>The value of a decimal, exactly.</summary>
    public static Ratio Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = (BigInteger)new decimal(bits[0], bits[1], bits[2], value < 0m, scale: 0);
        return new Ratio(mantissa, BigInteger.Pow(10, value.Scale));
    }

    public static Ratio operator *(Ratio left, Ratio right) =>
        new(left._numerator * right._numerator, left._denominator * right._denominator);

    public static Ratio operator +(Ratio left, Ratio right) => new(
        (left._numerator * right._denominator) + (right._numerator * left._denominator),
        left._denominator * right._denominator);

    public static Ratio operator -(Ratio left, Ratio right) =>
        left + new Ratio(-right._numerator, right._denominator);

    /// <summary>The quotient; the divisor is positive.</summary>
    public static Ratio operator /(Ratio left, Ratio right) =>
        new(left._numerator * right._denominator, left._denominator * right._numerator);

    /// <summary>Whether this value is smaller.</summary>
    public bool IsBelow(Ratio other) => _numerator * other._denominator < other._numerator * _denominator;

    /// <summary>Whether both are the same value.</summary>
    public bool IsEqualTo(Ratio other) =>
        _numerator * other._denominator == other._numerator * _denominator;

    /// <summary>The value, or zero where it is negative.</summary>
    public Ratio OrZeroIfNegative() => _numerator.Sign < 0 ? Of(0m) : this;

    public Ratio Abs() => new(BigInteger.Abs(_numerator), _denominator);

    /// <summary>
    /// The largest multiple of a positive step not above this value, which is not negative.
    /// </summary>
    public Ratio FloorToMultiple(Ratio step)
    {
        var count = this / step;
        return new Ratio(BigInteger.Divide(count._numerator, count._denominator), BigInteger.One) * step;
    }

    /// <summary>
    /// The decimal at or below this value, which is not negative, with as many digits as a decimal holds;
    /// false where even its whole part is too large, with the largest decimal there is.
    /// </summary>
    public bool TryRoundDown(out decimal value)
    {
        for (var decimals = MostDecimals; decimals >= 0; decimals--)
        {
            var mantissa = BigInteger.Divide(_numerator * BigInteger.Pow(10, decimals), _denominator);
            if (mantissa > MostMantissa) continue;
            value = Shortest(mantissa, decimals);
            return true;
        }

        value = decimal.MaxValue;
        return false;
    }

    /// <summary>
    /// The decimal nearest to this value, of two equally near the one with the even last digit; false where
    /// its whole part is too large.
    /// </summary>
    public bool TryRoundToNearest(out decimal value)
    {
        var magnitude = BigInteger.Abs(_numerator);
        for (var decimals = MostDecimals; decimals >= 0; decimals--)
        {
            var mantissa = BigInteger.DivRem(
                magnitude * BigInteger.Pow(10, decimals), _denominator, out var remainder);
            var side = (2 * remainder).CompareTo(_denominator);
            if (side > 0 || (side == 0 && !mantissa.IsEven)) mantissa += 1;
            if (mantissa > MostMantissa) continue;
            value = Shortest(mantissa, decimals);
            if (_numerator.Sign < 0) value = -value;
            return true;
        }

        value = 0m;
        return false;
    }

    /// <summary>The decimal nearest to this value.</summary>
    /// <exception cref="OverflowException">Its whole part is too large for a decimal.</exception>
    public decimal RoundToNearest() => TryRoundToNearest(out var value)
        ? value
        : throw new OverflowException("A decimal cannot hold this value.");

    /// <summary>
    /// The decimal at or above this value, which is not negative, with as many digits as a decimal holds.
    /// </summary>
    /// <exception cref="OverflowException">Its whole part is too large for a decimal.</exception>
    public decimal RoundUp()
    {
        for (var decimals = MostDecimals; decimals >= 0; decimals--)
        {
            var mantissa = Rounding.CeilingDivide(
                _numerator * BigInteger.Pow(10, decimals), _denominator);
            if (mantissa <= MostMantissa) return Shortest(mantissa, decimals);
        }

        throw new OverflowException("A decimal cannot hold this value.");
    }

    /// <summary>
    /// The same value as a decimal; false where a decimal cannot hold it to the last digit.
    /// </summary>
    public bool TryExactly(out decimal value) => TryRoundDown(out value) && !Of(value).IsBelow(this);

    /// <summary>
    /// The decimal of so many digits and places, without zeros at its end: what is reckoned with it next then
    /// needs no more digits than it has to.
    /// </summary>
    private static decimal Shortest(BigInteger mantissa, int decimals)
    {
        // Dividing by a one with all places keeps no zero that the quotient can do without.
        return (decimal)mantissa * Decimals.PowerOfTen(-decimals) / 1.0000000000000000000000000000m;
    }
}
