using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Orders;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Orders;

[Trait("Req", "VEN-1")]
public sealed class OrderGridTests
{
    private const int Cases = 20_000;

    /// <summary>
    /// The first 20,000 sizes of a market, each of which is on the grid: none loses a step. In double
    /// precision a thousand of them do, 0.0003 BTC first.
    /// </summary>
    [Fact]
    public void Every_size_on_the_grid_keeps_all_its_steps()
    {
        foreach (var grid in new[] { Samples.Btc, Samples.Eth, Samples.Sol, Samples.Pepe, Samples.Shib })
        {
            for (var steps = 1; steps <= Cases; steps++)
            {
                var quantums = grid.QuantumsOf(new Size(steps * grid.StepSize)).Value();
                Assert.Equal((ulong)steps * grid.StepBaseQuantums, quantums);
                Assert.Equal(steps * grid.StepSize, grid.SizeOf(quantums).Value);
            }
        }
    }

    [Fact]
    public void Every_price_on_the_grid_keeps_all_its_ticks_on_both_sides()
    {
        foreach (var grid in new[] { Samples.Btc, Samples.Sol, Samples.Doge, Samples.Pepe, Samples.Shib })
        {
            for (var ticks = 1; ticks <= Cases; ticks++)
            {
                var price = new Price(ticks * grid.TickSize);
                var subticks = (ulong)ticks * grid.SubticksPerTick;
                Assert.Equal(subticks, grid.LimitOf(Side.Buy, price).Value());
                Assert.Equal(subticks, grid.LimitOf(Side.Sell, price).Value());
                Assert.Equal(subticks, grid.TriggerOf(price, firesAbove: true).Value());
                Assert.Equal(subticks, grid.TriggerOf(price, firesAbove: false).Value());
                Assert.Equal(price, grid.PriceOf(subticks));
            }
        }
    }

    /// <summary>Any decimal against unbounded integers.</summary>
    [Fact]
    public void Rounding_is_exact_for_any_decimal_and_any_market()
    {
        var numbers = ArbMap.Default.GeneratorFor<decimal>().Select(Math.Abs);
        var exponents = Gen.Choose(-12, 20);
        var units = Gen.Elements(1UL, 7UL, 1_000_000UL, 1_000_000_000_000UL);
        var factors = Gen.Elements(1_000_000U, 950_000U, 1_050_000U, 1U, 1_999_999U);
        var all = numbers.Zip(exponents, (value, exponent) => (value, exponent))
            .Zip(units.Zip(factors, (unit, factor) => (unit, factor)), (one, two) => (one, two));

        Prop.ForAll(all.ToArbitrary(), sample =>
        {
            var ((value, exponent), (unit, factor)) = sample;
            foreach (var toward in new[] { Toward.Zero, Toward.Infinity })
            {
                var expected = Exactly(value, factor, exponent, unit, toward);
                var fits = ExactScale.TryScale(value, factor, exponent, unit, toward, out var multiple);
                Assert.Equal(expected <= ulong.MaxValue, fits);
                if (fits) Assert.Equal(expected, multiple);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases / 4));
    }

    [Theory]
    [InlineData(65_432.1, 6_543_200_000, 6_543_300_000)]
    [InlineData(65_432, 6_543_200_000, 6_543_200_000)]
    public void A_limit_is_never_exceeded(double price, ulong buy, ulong sell)
    {
        Assert.Equal(buy, Samples.Btc.LimitOf(Side.Buy, new Price((decimal)price)).Value());
        Assert.Equal(sell, Samples.Btc.LimitOf(Side.Sell, new Price((decimal)price)).Value());
    }

    /// <summary>A market order goes so far and not further: the bound is rounded toward the market.</summary>
    [Theory]
    [InlineData(65_000, 50_000, 6_825_000_000, 6_175_000_000)]
    [InlineData(65_001, 50_000, 6_825_100_000, 6_175_100_000)]
    [InlineData(65_000, 0, 6_500_000_000, 6_500_000_000)]
    public void A_bound_lies_within_the_slippage(int reference, int slippage, ulong buy, ulong sell)
    {
        Assert.Equal(buy, Samples.Btc.BoundOf(Side.Buy, new Price(reference), new Ppm(slippage)).Value());
        Assert.Equal(sell, Samples.Btc.BoundOf(Side.Sell, new Price(reference), new Ppm(slippage)).Value());
    }

    /// <summary>A trigger off the grid fires a little early, never late.</summary>
    [Fact]
    public void A_trigger_fires_no_later_than_was_meant()
    {
        var price = new Price(60_000.5m);

        Assert.Equal(6_000_000_000UL, Samples.Btc.TriggerOf(price, firesAbove: true).Value());
        Assert.Equal(6_000_100_000UL, Samples.Btc.TriggerOf(price, firesAbove: false).Value());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void A_slippage_of_everything_is_none(int slippage) =>
        Assert.Equal(
            "slippage", Samples.Btc.BoundOf(Side.Buy, new Price(1m), new Ppm(slippage)).Error().Code);

    [Fact]
    public void What_is_too_small_or_too_large_is_refused()
    {
        Assert.Equal("no-size", Samples.Btc.QuantumsOf(default).Error().Code);
        Assert.Equal("no-size", Samples.Btc.QuantumsOf(new Size(-1m)).Error().Code);
        Assert.Equal("size-below-step", Samples.Btc.QuantumsOf(new Size(0.00009999m)).Error().Code);
        Assert.Equal("size-too-large", Samples.Btc.QuantumsOf(new Size(1_844_674_408m)).Error().Code);
        Assert.Equal("price-below-tick", Samples.Btc.LimitOf(Side.Sell, new Price(0.99m)).Error().Code);
        Assert.Equal("price-below-tick", Samples.Btc.LimitOf(Side.Buy, default).Error().Code);
        Assert.Equal("price-too-large", Samples.Btc.LimitOf(Side.Buy, new Price(1e15m)).Error().Code);

        // One subtick short of the top: down it fits, up it does not.
        var edge = new Price(184_467_440_737_095.5m);
        Assert.Equal(18_446_744_073_709_500_000UL, Samples.Btc.LimitOf(Side.Buy, edge).Value());
        Assert.Equal("price-too-large", Samples.Btc.LimitOf(Side.Sell, edge).Error().Code);
    }

    [Fact]
    public void A_market_of_the_core_gives_its_grid()
    {
        var market = SampleMarkets.Btc;

        var grid = OrderGrid.Of(market, 3);

        Assert.Equal(3U, grid.ClobPairId);
        Assert.Equal(market.StepSize, grid.StepSize);
        Assert.Equal(market.TickSize, grid.TickSize);
        Assert.Equal(MarketStatus.Active, grid.Status);
    }

    private static BigInteger Exactly(decimal value, uint factor, int exponent, ulong unit, Toward toward)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = (BigInteger)new decimal(bits[0], bits[1], bits[2], isNegative: false, scale: 0) * factor;
        var power = exponent - value.Scale - 6;
        var divisor = (BigInteger)unit * BigInteger.Pow(10, Math.Max(0, -power));
        var quotient = BigInteger.DivRem(
            digits * BigInteger.Pow(10, Math.Max(0, power)), divisor, out var remainder);
        if (toward == Toward.Infinity && !remainder.IsZero) quotient++;
        return quotient * unit;
    }
}
