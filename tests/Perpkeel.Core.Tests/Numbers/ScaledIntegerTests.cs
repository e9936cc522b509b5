using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Numbers;

[Trait("Req", "MAR-2")]
[SuppressMessage(
    "Security", "CA5394:Do not use insecure randomness", Justification = "Test data from a seed.")]
public sealed class ScaledIntegerTests
{
    private const int Cases = 200_000;

    [Fact]
    public void Decimal_comes_back_with_all_its_bits()
    {
        var random = new Random(1);

        for (var i = 0; i < Cases; i++)
        {
            var value = Any(random);
            Assert.True(Same(value, ScaledInteger.Of(value).ToDecimal()), $"{value}");
        }

        Assert.True(Same(decimal.MaxValue, ScaledInteger.Of(decimal.MaxValue).ToDecimal()));
        Assert.True(Same(decimal.MinValue, ScaledInteger.Of(decimal.MinValue).ToDecimal()));
        Assert.True(Same(0.00m, ScaledInteger.Of(0.00m).ToDecimal()));
    }

    [Fact]
    public void Sum_that_fits_has_the_bits_of_the_decimals_and_is_exact()
    {
        var random = new Random(2);
        var fitted = 0;

        for (var i = 0; i < Cases; i++)
        {
            var (left, right) = (Any(random), Any(random));
            var (fits, isExact) = (true, true);
            var sum = ScaledInteger.Add(ScaledInteger.Of(left), ScaledInteger.Of(right), ref fits);
            if (!fits) continue;
            fitted++;
            Assert.True(Same(Exact.Add(left, right, ref isExact), sum.ToDecimal()), $"{left} + {right}");
            Assert.True(isExact);
        }

        Assert.InRange(fitted, Cases / 10, Cases - 1);
    }

    [Fact]
    public void Difference_that_fits_has_the_bits_of_the_decimals_and_is_exact()
    {
        var random = new Random(3);
        var fitted = 0;

        for (var i = 0; i < Cases; i++)
        {
            var (left, right) = (Any(random), Any(random));
            var (fits, isExact) = (true, true);
            var difference = ScaledInteger.Subtract(
                ScaledInteger.Of(left), ScaledInteger.Of(right), ref fits);
            if (!fits) continue;
            fitted++;
            Assert.True(
                Same(Exact.Subtract(left, right, ref isExact), difference.ToDecimal()), $"{left} - {right}");
            Assert.True(isExact);
        }

        Assert.InRange(fitted, Cases / 10, Cases - 1);
    }

    [Fact]
    public void Product_that_fits_has_the_bits_of_the_decimals_and_is_exact()
    {
        var random = new Random(4);
        var fitted = 0;

        for (var i = 0; i < Cases; i++)
        {
            var (left, right) = (Math.Abs(Any(random)), Math.Abs(Any(random)));
            var (fits, isExact) = (true, true);
            var product = ScaledInteger.Multiply(
                ScaledInteger.Of(left), ScaledInteger.Of(right), ref fits);
            if (!fits) continue;
            fitted++;
            Assert.True(
                Same(Exact.Multiply(left, right, ref isExact), product.ToDecimal()), $"{left} x {right}");
            Assert.True(isExact);
        }

        Assert.InRange(fitted, Cases / 20, Cases - 1);
    }

    [Fact]
    public void Sum_of_zero_and_what_needs_more_than_96_bits_do_not_fit()
    {
        Assert.False(FitsSum(1.5m, -1.50m));
        Assert.False(FitsSum(decimal.MaxValue, 1m));
        Assert.False(FitsSum(decimal.MinValue, -1m));
        Assert.False(FitsSum(1e27m, 0.01m));
        Assert.False(FitsSum(1e10m, 1e-28m));
        Assert.False(FitsProduct(1e15m, 1e15m));
        Assert.False(FitsProduct(1e-15m, 1e-15m));
        Assert.False(FitsProduct(decimal.MaxValue, decimal.MaxValue));
        Assert.True(FitsSum(0m, 1e-28m));
        Assert.True(FitsProduct(decimal.MaxValue, 1m));
    }

    [Fact]
    public void Estimate_is_within_some_roundings()
    {
        var random = new Random(5);

        for (var i = 0; i < Cases; i++)
        {
            var value = Math.Abs(Any(random));
            Assert.Equal(1d, ScaledInteger.Of(value).Estimate / (double)value, 1e-15);
        }
    }

    private static bool FitsSum(decimal left, decimal right)
    {
        var fits = true;
        ScaledInteger.Add(ScaledInteger.Of(left), ScaledInteger.Of(right), ref fits);
        return fits;
    }

    private static bool FitsProduct(decimal left, decimal right)
    {
        var fits = true;
        ScaledInteger.Multiply(ScaledInteger.Of(left), ScaledInteger.Of(right), ref fits);
        return fits;
    }

    private static decimal Any(Random random)
    {
        var words = random.Next(4);
        return new decimal(
            random.Next() | 1, words >= 1 ? random.Next(int.MinValue, int.MaxValue) : 0,
            words == 3 ? random.Next(int.MinValue, int.MaxValue) : 0, random.Next(2) == 0,
            (byte)random.Next(random.Next(2) == 0 ? 29 : 9));
    }

    private static bool Same(decimal left, decimal right) =>
        decimal.GetBits(left).AsSpan().SequenceEqual(decimal.GetBits(right));
}
