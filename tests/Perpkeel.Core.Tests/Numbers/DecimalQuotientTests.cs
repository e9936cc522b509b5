using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Numbers;

[Trait("Req", "MAR-2")]
[SuppressMessage(
    "Security", "CA5394:Do not use insecure randomness", Justification = "Test data from a seed.")]
public sealed class DecimalQuotientTests
{
    [Fact]
    public void Quotient_has_the_bits_that_the_platform_gives()
    {
        var random = new Random(1);
        var compared = 0;

        for (var i = 0; i < 300_000; i++)
        {
            var dividend = Any(random);
            var divisor = random.Next(8) == 0 ? new decimal(random.Next(1, 1_000)) : Any(random);
            if (!TryHere(dividend, divisor, out var actual)) continue;
            compared++;
            if (!Bits(dividend / divisor).SequenceEqual(Bits(actual)))
            {
                Assert.Fail($"{dividend} / {divisor}: {dividend / divisor}, but here {actual}");
            }
        }

        Assert.True(compared > 100_000, $"only {compared} quotients");
    }

    /// <summary>
    /// Divisors whose first 64 bits mislead the guess of a digit, quotients at the edge of 96
    /// bits.
    /// </summary>
    [Fact]
    public void Quotient_of_mantissas_full_of_ones_or_zeros_has_the_bits_that_the_platform_gives()
    {
        int[] words = [0, 1, -1, int.MinValue, int.MaxValue, -2];
        decimal[] values =
        [
            .. from low in words
               from middle in words
               from high in words
               from scale in new byte[] { 0, 14, 28 }
               select new decimal(low, middle, high, isNegative: false, scale),
        ];

        var compared = 0;
        foreach (var dividend in values)
        {
            foreach (var divisor in values)
            {
                if (!TryHere(dividend, divisor, out var actual)) continue;
                compared++;
                Assert.True(Bits(dividend / divisor).AsSpan().SequenceEqual(Bits(actual)));
            }
        }

        Assert.True(compared > values.Length, $"only {compared} quotients");
    }

    [Theory]
    [InlineData("1", "3", "0.3333333333333333333333333333")]
    [InlineData("-2", "3", "-0.6666666666666666666666666667")]
    [InlineData("2.00", "-0.0007", "-2857.1428571428571428571428571")]
    [InlineData(
        "79228162514264337593543950335", "3000000000000000000000000000.7", "26.409387504754779197847983439")]
    public void Quotient_is_rounded_once_to_the_nearest(string dividend, string divisor, string quotient)
    {
        var culture = CultureInfo.InvariantCulture;

        Assert.True(TryHere(
            decimal.Parse(dividend, culture), decimal.Parse(divisor, culture), out var result));

        Assert.Equal(quotient, result.ToString(culture));
    }

    [Theory]
    [InlineData("6.00", "2")]
    [InlineData("6.00", "4")]
    [InlineData("0", "7")]
    [InlineData("7", "0")]
    [InlineData("79228162514264337593543950335", "0.3")]
    [InlineData("0.0000000000000000000000000001", "79228162514264337593543950335")]
    public void Quotient_that_comes_out_even_or_does_not_fit_is_left_to_the_platform(
        string dividend, string divisor) =>
        Assert.False(TryHere(
            decimal.Parse(dividend, CultureInfo.InvariantCulture),
            decimal.Parse(divisor, CultureInfo.InvariantCulture), out _));

    private static bool TryHere(decimal dividend, decimal divisor, out decimal quotient) =>
        DecimalQuotient.TryOf(ScaledInteger.Of(dividend), ScaledInteger.Of(divisor), out quotient);

    private static decimal Any(Random random)
    {
        var words = random.Next(4);
        return new decimal(
            random.Next() | (words == 0 ? 1 : 0), words >= 2 ? (random.Next() * 2L).GetHashCode() : 0,
            words == 3 ? random.Next() - (random.Next(2) * random.Next()) : 0, random.Next(2) == 0,
            (byte)random.Next(29));
    }

    private static int[] Bits(decimal value) => decimal.GetBits(value);
}
