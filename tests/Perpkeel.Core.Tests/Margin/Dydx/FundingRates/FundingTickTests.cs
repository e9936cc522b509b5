using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.FundingRates;

[Trait("Req", "MAR-11")]
public sealed class FundingTickTests
{
    private static readonly Ppm SixHundredPercent = new(6_000_000);

    [Theory]
    [InlineData(new long[] { 3, 1, 2 }, 3, 3, 2)]
    [InlineData(new long[] { 1, 2 }, 2, 2, 2)]
    [InlineData(new long[] { -1, -2 }, 2, 2, -2)]
    [InlineData(new long[] { -1, 1 }, 2, 2, 0)]
    [InlineData(new long[] { 5, 5 }, 5, 1, 0)]
    [InlineData(new long[] { 5, 5 }, 1, 4, 3)]
    [InlineData(new long[] { 7, 8, 9 }, 1, 1, 8)]
    [InlineData(new long[] { }, 0, 0, 0)]
    public void The_sample_of_a_minute_is_the_median_rounded_away_from_zero(
        long[] votes, int blocks, int least, long expected) =>
        Assert.Equal(new Ppm(expected), PremiumSamples.Median(Ppms(votes), blocks, least));

    [Theory]
    [InlineData(new long[] { 0, -1, -3, 5 }, 250_000, new long[] { -1, 0 })]
    [InlineData(new long[] { 0, -1, -3, -5, 5, 7 }, 250_000, new long[] { -3, -1, 0 })]
    [InlineData(new long[] { 3, 2, 1 }, 100_000, new long[] { 3, 2, 1 })]
    [InlineData(new long[] { 3, 2, 1 }, 500_000, new long[] { 3, 2, 1 })]
    [InlineData(new long[] { 3, 2, 1 }, 0, new long[] { 3, 2, 1 })]
    public void Tails_are_cut_and_the_odd_one_is_the_greatest(long[] samples, long rate, long[] expected) =>
        Assert.Equal(Ppms(expected), PremiumSamples.WithoutTails(Ppms(samples), new Ppm(rate)));

    [Fact]
    public void The_mean_is_padded_with_zeros_and_truncated_toward_zero()
    {
        var zero = new Ppm(0);

        Assert.Equal(new Ppm(500), PremiumSamples.Mean([new(new(1_000), 30)], 60, zero));
        Assert.Equal(
            new Ppm(2_000), PremiumSamples.Mean([new(new(1_000), 75), new(new(5_000), 25)], 60, zero));
        Assert.Equal(new Ppm(-1), PremiumSamples.Mean([new(new(-119), 1)], 60, zero));
        Assert.Equal(new Ppm(1), PremiumSamples.Mean([new(new(119), 1)], 60, zero));
        Assert.Equal(zero, PremiumSamples.Mean([], 0, zero));
        Assert.Equal(
            new Ppm(10),
            PremiumSamples.Mean(
                [new(new(10), 58), new(new(9_999), 1), new(new(-9_999), 1)], 60, new(20_000)));
    }

    [Theory]
    [InlineData(1_000, 0, 1_000, 625)]
    [InlineData(-1_000, 0, -1_000, -625)]
    [InlineData(0, 100, 100, 62)]
    [InlineData(0, -100, -100, -62)]
    [InlineData(150_000, 0, 120_000, 75_000)]
    [InlineData(120_000, 1, 120_000, 75_000)]
    [InlineData(-150_000, 100, -120_000, -75_000)]
    public void The_rate_is_premium_and_default_within_the_bound(
        long premium, long standard, long rate, long delta)
    {
        // 5 % and 3 %: at most 12 % for eight hours; one bitcoin at 50,000.
        var market = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0);

        var tick = FundingTick.Of(market, new(premium), new(standard), SixHundredPercent, 3_600);

        Assert.Equal(new FundingTick(new Ppm(rate), delta), tick);
    }

    [Fact]
    public void The_bound_hangs_on_base_margins_and_rounds_down()
    {
        var tier = SampleMarkets.Btc.LiquidityTier;

        Assert.Equal(new Ppm(120_000), FundingTick.Most(tier, SixHundredPercent));
        Assert.Equal(
            new Ppm(0),
            FundingTick.Most(tier with { MaintenanceFractionPpm = new(1_000_000) }, SixHundredPercent));
        Assert.Equal(new Ppm(29), FundingTick.Most(tier, new Ppm(1_499)));
    }

    [Fact]
    public void The_fast_index_in_128_bits_is_the_same()
    {
        var random = new RandomChain(91);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var (rate, price) = (new Ppm((long)random.Signed(7)), (long)random.Unsigned(12));

            Assert.Equal(
                FundingTick.IndexDeltaOf(Perpetual.Of(SampleMarkets.Btc, price, 0), rate, 3_600),
                Funding.IndexDelta(SampleMarkets.Btc, rate, price));
        }
    }

    [Fact]
    public void Funding_makes_no_money_and_loses_less_than_a_quantum_an_account()
    {
        var random = new RandomChain(92);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var (size, delta) = (random.Signed(13), random.Signed(9));
            var millionths = Funding.SettlementPpm(size, delta) + Funding.SettlementPpm(-size, delta);

            var moved = Payment(size, delta) + Payment(-size, delta);

            Assert.Equal(0, millionths);
            Assert.InRange((int)moved, -1, 0);
        }
    }

    private static BigInteger Payment(BigInteger size, BigInteger delta)
    {
        var market = Perpetual.Of(SampleMarkets.Btc, 1, 0) with { FundingIndex = delta };
        var account = new Subaccount().With(new PerpetualPosition(market.Id, size, 0, 0));
        return Expect.Good(account.Settle(
            new Dictionary<Core.Instruments.MarketId, Perpetual> { [market.Id] = market })).Usdc;
    }

    private static ImmutableArray<Ppm> Ppms(long[] values) => [.. values.Select(value => new Ppm(value))];
}
