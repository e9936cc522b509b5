using System.Globalization;

namespace Perpkeel.Core.Numbers;

/// <summary>Text and rounding of decimals, the same on every machine.</summary>
public static class Decimals
{
    /// <summary>The shortest plain text of a value: no exponent, no trailing zeros.</summary>
    public static string Text(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Decimal places of a value without its trailing zeros: 2 for 0.0500.</summary>
    public static int Places(decimal value)
    {
        var text = Text(value);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }

    /// <summary>The product, where a decimal holds it to the last digit; else false and zero.</summary>
    public static bool TryMultiply(decimal left, decimal right, out decimal product)
    {
        var isExact = true;
        try
        {
            product = Exact.Multiply(left, right, ref isExact);
        }
        catch (OverflowException)
        {
            isExact = false;
            product = 0m;
        }

        if (!isExact) product = 0m;
        return isExact;
    }

    /// <summary>Largest multiple of <paramref name="step"/> not above <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static decimal FloorToMultiple(decimal value, decimal step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return decimal.Floor(value / step) * step;
    }

    /// <summary>Smallest multiple of <paramref name="step"/> not below <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static decimal CeilingToMultiple(decimal value, decimal step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return decimal.Ceiling(value / step) * step;
    }

    /// <summary>Ten to a whole power between -28 and 28.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is outside -28..28.</exception>
    public static decimal PowerOfTen(int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exponent, -28);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, 28);
        if (exponent < 0) return new decimal(1, 0, 0, isNegative: false, (byte)-exponent);
        var power = 1m;
        for (var i = 0; i < exponent; i++) power *= 10m;
        return power;
    }
}
