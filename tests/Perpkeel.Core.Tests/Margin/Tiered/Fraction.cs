using System.Globalization;
using System.Numerics;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// An exact rational in lowest terms: what the tests reckon with, made from digits and sharing nothing with
/// what is tested.
/// </summary>
internal readonly record struct Fraction
{
    private static readonly BigInteger MostDigits = (BigInteger.One << 96) - 1;

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public static Fraction Zero { get; } = new(0, 1);

    public static Fraction One { get; } = new(1, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public int Sign => Numerator.Sign;

    public static Fraction Of(decimal value) => Parse(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads <c>-12.5</c>, <c>1e-7</c> and <c>25/2</c>, to the last digit.</summary>
    public static Fraction Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return Whole(text[..slash], 0) / Whole(text[(slash + 1)..], 0);
        var exponent = 0;
        var mark = text.IndexOfAny(['e', 'E']);
        if (mark >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? Whole(text, exponent)
            : Whole(text.Remove(point, 1), exponent - (text.Length - point - 1));
    }

    public static Fraction operator +(Fraction left, Fraction right) => new(
        (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
        left.Denominator * right.Denominator);

    public static Fraction operator -(Fraction value) => new(-value.Numerator, value.Denominator);

    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Fraction operator /(Fraction left, Fraction right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator <(Fraction left, Fraction right) =>
        left.Numerator * right.Denominator < right.Numerator * left.Denominator;

    public static bool operator >(Fraction left, Fraction right) =>
        left.Numerator * right.Denominator > right.Numerator * left.Denominator;

    public static bool operator <=(Fraction left, Fraction right) =>
        left.Numerator * right.Denominator <= right.Numerator * left.Denominator;

    public static bool operator >=(Fraction left, Fraction right) =>
        left.Numerator * right.Denominator >= right.Numerator * left.Denominator;

    public static Fraction Max(Fraction left, Fraction right) => left > right ? left : right;

    public static Fraction Min(Fraction left, Fraction right) => left < right ? left : right;

    public Fraction Abs() => Sign < 0 ? -this : this;

    /// <summary>Whether a decimal is this value but for a part of it; equal where this is zero.</summary>
    public bool IsNear(decimal value, Fraction part) => (Of(value) - this).Abs() <= Abs() * part;

    /// <summary>The largest multiple of ten to minus the places that is not above.</summary>
    public Fraction Floor(int places)
    {
        var scaled = Numerator * BigInteger.Pow(10, places);
        var quotient = BigInteger.DivRem(scaled, Denominator, out var rest);
        return new Fraction(rest.Sign < 0 ? quotient - 1 : quotient, BigInteger.Pow(10, places));
    }

    /// <summary>The smallest multiple of ten to minus the places that is not below.</summary>
    public Fraction Ceiling(int places) => -(-this).Floor(places);

    /// <summary>The decimal nearest to this value; null where a decimal cannot hold its whole part.</summary>
    public decimal? Nearest()
    {
        var whole = BigInteger.Abs(Numerator / Denominator).ToString(CultureInfo.InvariantCulture).Length;
        for (var places = Math.Min(28, 30 - whole); places >= 0; places--)
        {
            var scaled = this * new Fraction(BigInteger.Pow(10, places), 1);
            var low = scaled.Floor(0).Numerator;
            var rest = scaled - new Fraction(low, 1);
            var side = (rest + rest - One).Sign;
            var digits = side > 0 || (side == 0 && !low.IsEven) ? low + 1 : low;
            if (BigInteger.Abs(digits) > MostDigits) continue;
            return Digits(digits, places);
        }

        return null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static decimal Digits(BigInteger digits, int places)
    {
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var sign = digits.Sign < 0 ? "-" : string.Empty;
        return decimal.Parse(
            $"{sign}{text[..^places]}.{text[^places..]}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static Fraction Whole(string digits, int exponent)
    {
        var value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        var power = BigInteger.Pow(10, Math.Abs(exponent));
        return exponent < 0 ? new Fraction(value, power) : new Fraction(value * power, 1);
    }
}
