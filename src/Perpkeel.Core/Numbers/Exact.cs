namespace Perpkeel.Core.Numbers;

/// <summary>
/// Products and sums of decimals that tell when a digit was lost. A decimal holds 28 to 29 digits and rounds
/// without a word beyond them; here the flag falls instead, and the caller goes on in unbounded rationals.
/// </summary>
/// <remarks>
/// A product that was not rounded has the scale that its factors add up to, a sum the larger of the two
/// scales: the check costs a comparison. Where the scale is another one, the digits decide.
/// </remarks>
internal static class Exact
{
    /// <summary>The product; clears the flag when it was rounded.</summary>
    /// <exception cref="OverflowException">Its whole part has more than 28 digits.</exception>
    public static decimal Multiply(decimal left, decimal right, ref bool isExact)
    {
        var product = left * right;
        if (product.Scale != left.Scale + right.Scale)
        {
            isExact &= (Ratio.Of(left) * Ratio.Of(right)).IsEqualTo(Ratio.Of(product));
        }

        return product;
    }

    /// <summary>The sum; clears the flag when it was rounded.</summary>
    /// <exception cref="OverflowException">Its whole part has more than 28 digits.</exception>
    public static decimal Add(decimal left, decimal right, ref bool isExact)
    {
        var sum = left + right;
        if (sum.Scale != Math.Max(left.Scale, right.Scale))
        {
            isExact &= (Ratio.Of(left) + Ratio.Of(right)).IsEqualTo(Ratio.Of(sum));
        }

        return sum;
    }

    /// <summary>The difference; clears the flag when it was rounded.</summary>
    /// <exception cref="OverflowException">Its whole part has more than 28 digits.</exception>
    public static decimal Subtract(decimal left, decimal right, ref bool isExact)
    {
        var difference = left - right;
        if (difference.Scale != Math.Max(left.Scale, right.Scale))
        {
            isExact &= (Ratio.Of(left) - Ratio.Of(right)).IsEqualTo(Ratio.Of(difference));
        }

        return difference;
    }
}
