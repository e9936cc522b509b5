using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

public sealed class LiquidationTests
{
    private const long Fifty = 5_000_000_000;

    [Theory]
    [Trait("Req", "PAP-3")]
    [InlineData(1, 1)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(2_000, 200)]
    [InlineData(10_000, 1_000)]
    [InlineData(200_000, 20_000)]
    [InlineData(400_000, 20_000)]
    public void A_block_takes_a_tenth_but_at_least_1000_and_at_most_100000(long steps, long taken)
    {
        // One step of 0.0001 at 50,000 is worth 5.
        var notional = new QuoteQuantums(steps * (Int128)5_000_000);

        var size = Liquidation.SizePerBlock(SampleMarkets.Btc, new Steps(steps), notional, Fifty);

        Assert.Equal(new Steps(taken), size);
    }

    [Fact]
    public void A_block_takes_at_least_one_step()
    {
        // One step at 150,000,000 is worth 15,000.
        const long Price = 15_000_000_000_000;
        var notional = new QuoteQuantums(30_000_000_000);

        var size = Liquidation.SizePerBlock(SampleMarkets.Btc, new Steps(2), notional, Price);

        Assert.Equal(new Steps(1), size);
    }

    /// <summary>
    /// At 50,000.00001 two hundred steps are worth a fifth of a quote quantum more than 1,000; a share of the
    /// truncated worth would hide it.
    /// </summary>
    [Fact]
    public void A_block_takes_what_the_limit_buys_at_the_oracle_price_rounded_down_to_a_step()
    {
        var notional = new QuoteQuantums(1_005_000_000);

        var size = Liquidation.SizePerBlock(SampleMarkets.Btc, new Steps(201), notional, Fifty + 1);

        Assert.Equal(new Steps(199), size);
    }

    [Theory]
    [InlineData(1_500_000_000, 50_000)]
    [InlineData(750_000_000, 48_875)]
    [InlineData(0, 47_750)]
    [InlineData(-5_000_000_000, 47_750)]
    [InlineData(2_000_000_000, 50_000)]
    public void A_long_is_offered_between_the_oracle_and_one_and_a_half_maintenance_below(
        long collateral, long price)
    {
        var position = PositionMargin.Of(SampleMarkets.Btc, new BaseQuantums(10_000_000_000), Fifty);
        var account = new AccountRisk(new(collateral), position.Initial, position.Maintenance);

        var fillable = Liquidation.FillablePrice(
            SampleMarkets.Btc, new BaseQuantums(10_000_000_000), position, account);

        Assert.Equal(new Ticks(price), fillable);
    }

    [Fact]
    public void The_offer_rounds_up_for_a_long_and_down_for_a_short()
    {
        var quantums = new BaseQuantums(10_000_000_000);
        var position = PositionMargin.Of(SampleMarkets.Btc, quantums, Fifty);
        var account = new AccountRisk(new(1_499_999_999), position.Initial, position.Maintenance);

        Assert.Equal(
            new Ticks(50_000), Liquidation.FillablePrice(SampleMarkets.Btc, quantums, position, account));
        Assert.Equal(new Ticks(50_000), Liquidation.FillablePrice(
            SampleMarkets.Btc, -quantums, PositionMargin.Of(SampleMarkets.Btc, -quantums, Fifty), account));
        Assert.Equal(new Ticks(1), Liquidation.FillablePrice(
            SampleMarkets.Btc, quantums, PositionMargin.Of(SampleMarkets.Btc, quantums, 1), account));
    }

    [Theory]
    [InlineData(100_000_000, 99_000_000, 1_000_000)]
    [InlineData(100_000_000, 98_500_000, 1_500_000)]
    [InlineData(100_000_000, 90_000_000, 1_500_000)]
    [InlineData(100_000_000, 110_000_000, -10_000_000)]
    [InlineData(-1_000_000, -1_000_001, 1)]
    [InlineData(100, 100, 0)]
    public void The_fund_takes_the_gain_over_bankruptcy_up_to_one_and_a_half_percent(
        long received, long bankruptcy, long expected) => Assert.Equal(
            new QuoteQuantums(expected), Liquidation.InsuranceDelta(new(received), new(bankruptcy)));
}
