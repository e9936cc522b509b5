using System.Numerics;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Fees;

[Trait("Req", "MAR-11")]
public sealed class FeeScheduleTests
{
    private static readonly Ppm All = new(Ppm.One);

    /// <summary>The second asks for volume, the third for a share, the fourth for one as a maker.</summary>
    private static readonly FeeSchedule Schedule = new()
    {
        Tiers =
        [
            new FeeTier { Name = "1", TakerFee = new(500), MakerFee = new(100) },
            new FeeTier
            {
                Name = "2", TakerFee = new(450), MakerFee = new(50), AbsoluteVolumeRequirement = 1_000,
            },
            new FeeTier
            {
                Name = "3", TakerFee = new(250), MakerFee = new(-50), AbsoluteVolumeRequirement = 1_000,
                TotalVolumeShareRequirement = new(5_000),
            },
            new FeeTier
            {
                Name = "4", TakerFee = new(250), MakerFee = new(-110), AbsoluteVolumeRequirement = 1_000,
                MakerVolumeShareRequirement = new(10_000),
            },
        ],
        StakingTiers = [new StakingTier("2", [new(100, new(50_000)), new(1_000, new(200_000))])],
    };

    [Theory]
    [InlineData(0, 0, 0, "1")]
    [InlineData(999, 0, 0, "1")]
    [InlineData(500, 500, 1_000_000, "2")]
    [InlineData(4_999, 0, 1_000_000, "2")]
    [InlineData(5_000, 0, 1_000_000, "3")]
    [InlineData(0, 9_999, 1_000_000, "3")]
    [InlineData(0, 10_000, 1_000_000, "4")]
    [InlineData(0, 1_000, 0, "4")]
    [InlineData(0, 5_000, 1_000_199, "3")]
    public void The_tier_is_the_last_of_those_met_in_a_row(
        long taker, long maker, long global, string tier) =>
        Assert.Equal(tier, Schedule.TierOf(Payer(taker, maker, global)).Name);

    [Fact]
    public void A_tier_after_one_that_is_not_met_does_not_count()
    {
        var payer = Payer(0, 900, 1_000);

        Assert.True(Schedule.Tiers[3].IsMetBy(new TradedVolume(0, 1_000, 1_000)));
        Assert.Equal("1", Schedule.TierOf(payer).Name);
    }

    [Fact]
    public void A_vault_has_the_last_tier_and_a_referee_at_least_its_own()
    {
        Assert.Equal("4", Schedule.TierOf(Payer(0, 0, 0) with { IsVault = true }).Name);
        Assert.Equal("3", Schedule.TierOf(Payer(0, 0, 0) with { LeastTier = 2 }).Name);
        Assert.Equal("4", Schedule.TierOf(Payer(0, 10_000, 1_000_000) with { LeastTier = 2 }).Name);
    }

    [Theory]
    [InlineData(1_000_000, 450, 50)]
    [InlineData(500_000, 225, 25)]
    [InlineData(999_999, 449, 49)]
    [InlineData(0, 0, 0)]
    public void A_market_charges_its_part_truncated(long charge, long taker, long maker)
    {
        var payer = Payer(1_000, 0, 10_000_000);

        Assert.Equal(new Ppm(taker), Schedule.RateOf(payer, isTaker: true, new Ppm(charge)));
        Assert.Equal(new Ppm(maker), Schedule.RateOf(payer, isTaker: false, new Ppm(charge)));
    }

    [Fact]
    public void A_market_charges_its_part_of_rebates_too_and_a_stake_leaves_them()
    {
        var payer = Payer(0, 10_000, 1_000_000) with { Staked = 5_000 };
        var staked = Schedule with { StakingTiers = [new StakingTier("4", [new(1, new(500_000))])] };

        Assert.Equal(new Ppm(-55), staked.RateOf(payer, isTaker: false, new Ppm(500_000)));
        Assert.Equal(new Ppm(-110), staked.RateOf(payer, isTaker: false, All));
        Assert.Equal(new Ppm(125), staked.RateOf(payer, isTaker: true, All));
        Assert.Equal(new Ppm(0), staked.RateOf(payer, isTaker: false, new Ppm(9_090)));
    }

    [Theory]
    [InlineData(99, 450)]
    [InlineData(100, 427)]
    [InlineData(999, 427)]
    [InlineData(1_000, 360)]
    public void A_stake_takes_off_what_its_level_says(long staked, long expected)
    {
        var payer = Payer(1_000, 0, 10_000_000) with { Staked = staked };

        Assert.Equal(new Ppm(expected), Schedule.RateOf(payer, isTaker: true, All));
    }

    [Fact]
    public void Without_a_known_stake_or_in_another_tier_nothing_is_taken_off()
    {
        Assert.Equal(new Ppm(450), Schedule.RateOf(Payer(1_000, 0, 10_000_000), isTaker: true, All));
        Assert.Equal(
            new Ppm(500),
            Schedule.RateOf(Payer(0, 0, 0) with { Staked = 5_000 }, isTaker: true, All));
    }

    [Theory]
    [InlineData(99, Ppm.One)]
    [InlineData(100, 250_000)]
    [InlineData(199, 250_000)]
    [InlineData(200, Ppm.One)]
    public void A_window_holds_from_its_start_until_before_its_end(long second, long expected)
    {
        var window = new MarketCharge(At(100), At(200), new Ppm(250_000));

        Assert.Equal(new Ppm(expected), MarketCharge.At(window, At(second)));
        Assert.Equal(All, MarketCharge.At(null, At(second)));
    }

    [Fact]
    public void A_fee_is_never_less_than_exact_and_less_than_a_quantum_more()
    {
        var random = new RandomChain(101);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var (value, rate) = ((Int128)random.Unsigned(18), random.Between(-200, 1_000));

            var fee = TradingFee.Of(new QuoteQuantums(value), new Ppm(rate)).Value;

            var over = (BigInteger)(fee * Ppm.One) - ((BigInteger)value * rate);
            Assert.InRange((long)over, 0, Ppm.One - 1);
            Assert.True(rate >= 0 ? fee >= 0 : fee <= 0);
        }
    }

    private static FeePayer Payer(long taker, long maker, long global) =>
        new() { Volume = new TradedVolume(taker, maker, global) };

    private static DateTimeOffset At(long second) => DateTimeOffset.FromUnixTimeSeconds(second);
}
