using System.Globalization;
using System.Numerics;

namespace Perpkeel.Core.Numbers;

/// <summary>Why a text gave no decimal.</summary>
public enum DecimalTextFault
{
    /// <summary>It gave one.</summary>
    None = 0,

    /// <summary>It is not a number.</summary>
    NotANumber,

    /// <summary>
    /// It is one, but a decimal cannot hold all of its digits, or it has more letters than are read.
    /// </summary>
    TooManyDigits,
}

/// <summary>
/// Reads decimals from text to the last digit. The platform's own reading rounds what does not fit without a
/// word: <c>1e-30</c> becomes zero there and is refused here.
/// </summary>
public static class DecimalText
{
    private const int MostLetters = 200;
    private const int MostScale = 28;
    private const int MostExponent = 1_000;
    private const int ExponentDigits = 3;
    private static readonly BigInteger MostMantissa = (BigInteger)decimal.MaxValue;

    /// <summary>
    /// Reads a sign, digits with at most one point, and an exponent, each where it is wanted; nothing else,
    /// no white space, no separators, 200 letters at most.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number without trailing zeros; zero when the text gave none.</param>
    public static DecimalTextFault Read(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0m;
        if (!TrySplit(text, out var digits, out var scale, out var isNegative))
        {
            return DecimalTextFault.NotANumber;
        }

        // Longer texts could make up for the exponents that are all taken as one too large.
        if (text.Length > MostLetters) return DecimalTextFault.TooManyDigits;
        var mantissa = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        if (mantissa.IsZero) return DecimalTextFault.None;
        if (scale < -MostScale) return DecimalTextFault.TooManyDigits;
        if (scale < 0) (mantissa, scale) = (mantissa * BigInteger.Pow(10, -scale), 0);
        while (scale > 0)
        {
            var shorter = BigInteger.DivRem(mantissa, 10, out var digit);
            if (!digit.IsZero) break;
            (mantissa, scale) = (shorter, scale - 1);
        }

        if (scale > MostScale || mantissa > MostMantissa) return DecimalTextFault.TooManyDigits;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits((decimal)mantissa, bits);
        value = new decimal(bits[0], bits[1], bits[2], isNegative, (byte)scale);
        return DecimalTextFault.None;
    }

    /// <summary>
    /// The digits without point and leading zeros, and how many of them stand behind the point.
    /// </summary>
    private static bool TrySplit(
        ReadOnlySpan<char> text, out string digits, out int scale, out bool isNegative)
    {
        digits = string.Empty;
        scale = 0;
        isNegative = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        var exponent = 0;
        if (text.IndexOfAny('e', 'E') is var at and >= 0)
        {
            if (!TryExponent(text[(at + 1)..], out exponent)) return false;
            text = text[..at];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || !AreDigits(whole) || !AreDigits(fraction)) return false;
        digits = string.Concat(whole, fraction).TrimStart('0');
        if (digits.Length == 0) digits = "0";
        scale = fraction.Length - exponent;
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<char> text, out int exponent)
    {
        var isNegative = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        exponent = 0;
        if (text.IsEmpty || !AreDigits(text)) return false;
        text = text.TrimStart('0');
        if (text.Length > ExponentDigits) exponent = MostExponent;
        else if (text.Length > 0) exponent = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        if (isNegative) exponent = -exponent;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
