using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Subaccounts;

[Trait("Req", "MAR-11")]
public sealed class LiquidityTierTests
{
    /// <summary>Base 20 %, from 25 to 50 million.</summary>
    private static readonly LiquidityTier Tier = new()
    {
        InitialMarginPpm = new Ppm(200_000),
        MaintenanceFractionPpm = new Ppm(500_000),
        OpenInterestLowerCap = new(25_000_000_000_000),
        OpenInterestUpperCap = new(50_000_000_000_000),
    };

    [Theory]
    [InlineData(0, 200_000)]
    [InlineData(20_500_000_000_000, 200_000)]
    [InlineData(25_000_000_000_000, 200_000)]
    [InlineData(25_000_000_000_001, 200_000)]
    [InlineData(25_000_031_249_999, 200_000)]
    [InlineData(25_000_031_250_000, 200_001)]
    [InlineData(30_000_000_000_000, 360_000)]
    [InlineData(49_999_999_999_999, 999_999)]
    [InlineData(50_000_000_000_000, 1_000_000)]
    [InlineData(90_000_000_000_000, 1_000_000)]
    public void Initial_margin_grows_between_the_caps_and_rounds_down(long openInterest, long ppm) =>
        Assert.Equal(new Ppm(ppm), Tier.AdjustedInitialMarginPpm(openInterest));

    [Theory]
    [InlineData(24_999_999_999_999, 200_000)]
    [InlineData(25_000_000_000_000, 200_000)]
    [InlineData(25_000_000_000_001, 1_000_000)]
    public void Equal_caps_are_a_step_that_begins_above_them(long openInterest, long ppm)
    {
        var step = Tier with { OpenInterestUpperCap = Tier.OpenInterestLowerCap };

        Assert.Equal(new Ppm(ppm), step.AdjustedInitialMarginPpm(openInterest));
    }

    [Fact]
    public void Without_an_upper_cap_open_interest_does_not_matter()
    {
        var flat = Tier with { OpenInterestUpperCap = QuoteQuantums.Zero };

        Assert.Equal(new Ppm(200_000), flat.AdjustedInitialMarginPpm(BigInteger.Pow(10, 40)));
    }

    [Fact]
    public void A_chosen_margin_counts_where_it_is_greater()
    {
        Assert.Equal(new Ppm(360_000), Tier.EffectiveInitialMarginPpm(30_000_000_000_000, new Ppm(300_000)));
        Assert.Equal(new Ppm(400_000), Tier.EffectiveInitialMarginPpm(30_000_000_000_000, new Ppm(400_000)));
        Assert.Equal(new Ppm(360_000), Tier.EffectiveInitialMarginPpm(30_000_000_000_000, null));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(10, 2, 1)]
    [InlineData(11, 3, 2)]
    [InlineData(21, 5, 3)]
    public void Maintenance_is_the_ceiling_of_a_fraction_of_a_ceiling(
        long notional, long initial, long maintenance)
    {
        Assert.Equal(initial, LiquidityTier.InitialMargin(notional, Tier.InitialMarginPpm));
        Assert.Equal(maintenance, Tier.MaintenanceMargin(notional));
    }

    [Theory]
    [InlineData(637_239, 289_284, 184_343)]
    [InlineData(50_000, 600_000, 30_000)]
    [InlineData(1, 999_999, 0)]
    public void Maintenance_fraction_rounds_down(long initial, long fraction, long expected)
    {
        var tier = Tier with { InitialMarginPpm = new(initial), MaintenanceFractionPpm = new(fraction) };

        Assert.Equal(new Ppm(expected), tier.MaintenanceMarginPpm);
    }

    [Fact]
    public void A_market_without_caps_keeps_its_base_at_any_open_interest()
    {
        var tier = SampleMarkets.Btc.LiquidityTier;

        Assert.Equal(SampleMarkets.Btc.InitialMarginPpm, tier.AdjustedInitialMarginPpm(long.MaxValue));
        Assert.Equal(MarketType.Cross, SampleMarkets.Btc.MarketType);
    }

    [Fact]
    public void Margins_never_fall_as_open_interest_or_notional_grow()
    {
        var random = new RandomChain(11);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var tier = random.Tier();
            var (openInterest, notional) = (random.Unsigned(15), random.Unsigned(20));
            var adjusted = tier.AdjustedInitialMarginPpm(openInterest);

            Assert.InRange(adjusted.Value, tier.InitialMarginPpm.Value, Ppm.One);
            Assert.True(
                tier.AdjustedInitialMarginPpm(openInterest + random.Unsigned(15)).Value >= adjusted.Value);
            var grown = tier.MaintenanceMargin(notional + 1) - tier.MaintenanceMargin(notional);
            Assert.InRange((int)grown, 0, 1);
            Assert.True(
                tier.MaintenanceMargin(notional) <= LiquidityTier.InitialMargin(notional, adjusted));
        }
    }
}
