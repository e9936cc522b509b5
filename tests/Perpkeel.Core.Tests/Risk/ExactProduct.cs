using System.Numerics;

namespace Perpkeel.Core.Tests.Risk;

/// <summary>Products of decimals without rounding, made independently of what is tested.</summary>
internal static class ExactProduct
{
    private const int Scale = 28;

    public static BigInteger Of(decimal left, decimal right) => Whole(left) * Whole(right);

    /// <summary>The value in units of 10^-28, from its digits.</summary>
    public static BigInteger Whole(decimal value)
    {
        var whole = decimal.Truncate(value);
        var rest = value - whole;
        var units = (BigInteger)whole * BigInteger.Pow(10, Scale);
        for (var place = 1; rest != 0m; place++)
        {
            rest *= 10m;
            var digit = decimal.Truncate(rest);
            units += (BigInteger)digit * BigInteger.Pow(10, Scale - place);
            rest -= digit;
        }

        return units;
    }
}
