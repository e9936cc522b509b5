using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

public sealed class DydxMarginTests
{
    private const long Fifty = 5_000_000_000;

    private static readonly Market TwentyTen = SampleMarkets.Btc with
    {
        AtomicResolution = -8,
        QuantumConversionExponent = -8,
        InitialMarginPpm = new Ppm(200_000),
        MaintenanceFractionPpm = new Ppm(500_000),
    };

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_short_of_a_tenth_at_50000_needs_1000_and_500()
    {
        var margin = PositionMargin.Of(TwentyTen, new BaseQuantums(-10_000_000), Fifty);

        Assert.Equal(new QuoteQuantums(-5_000_000_000), margin.Value);
        Assert.Equal(new QuoteQuantums(5_000_000_000), margin.Notional);
        Assert.Equal(new QuoteQuantums(1_000_000_000), margin.Initial);
        Assert.Equal(new QuoteQuantums(500_000_000), margin.Maintenance);
    }

    [Theory]
    [Trait("Req", "MAR-11")]
    [InlineData(5_499_000_000, true)]
    [InlineData(5_499_999_999, true)]
    [InlineData(5_500_000_000, false)]
    public void It_may_be_liquidated_below_5500_of_collateral_and_not_at_it(long usdc, bool expected)
    {
        var risk = new AccountRisk(new(usdc), default, default)
            .With(PositionMargin.Of(TwentyTen, new BaseQuantums(-10_000_000), Fifty));

        Assert.Equal(expected, risk.IsLiquidatable);
        Assert.False(risk.IsInitiallyCollateralized);
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void Maintenance_is_the_ceiling_of_a_fraction_of_a_ceiling()
    {
        // Worth 11 quantums: 10 % is 1.1 and rounds to 2; half of that is 1, where 5 % of 11 would round to 1
        // too; worth 21: 2.1 and 3; half of 3 rounds to 2, where 5 % of 21 would be 1.05.
        var market = TwentyTen with { InitialMarginPpm = new Ppm(100_000) };

        Assert.Equal(new QuoteQuantums(1), Worth(market, 11).Maintenance);
        Assert.Equal(new QuoteQuantums(3), Worth(market, 21).Initial);
        Assert.Equal(new QuoteQuantums(2), Worth(market, 21).Maintenance);
        var almostAll = market with { MaintenanceFractionPpm = new(990_000) };
        Assert.Equal(new QuoteQuantums(4), Worth(almostAll, 31).Maintenance);
    }

    [Fact]
    [Trait("Req", "RSK-3")]
    public void A_tenth_of_a_percent_for_eight_hours_on_one_bitcoin_is_6_25_an_hour()
    {
        var delta = Funding.IndexDelta(SampleMarkets.Btc, new Ppm(1_000), Fifty);
        var payment = Funding.Settle(new BaseQuantums(10_000_000_000), delta);

        Assert.Equal(625, delta);
        Assert.Equal(new Usd(-6.25m), payment.ToUsd());
        Assert.Equal(new Usd(6.25m), Funding.Settle(new BaseQuantums(-10_000_000_000), delta).ToUsd());
    }

    [Theory]
    [Trait("Req", "RSK-3")]
    [InlineData(1, 1, -1)]
    [InlineData(-1, 1, 0)]
    [InlineData(1_000_001, 1, -2)]
    [InlineData(-1_000_001, 1, 1)]
    public void Funding_rounds_against_the_account(long quantums, long indexDelta, long expected) =>
        Assert.Equal(new QuoteQuantums(expected), Funding.Settle(new BaseQuantums(quantums), indexDelta));

    [Theory]
    [Trait("Req", "RSK-3")]
    [InlineData("0.0000125", 100)]
    [InlineData("-0.0000125", -100)]
    [InlineData("0.00000001", 0)]
    [InlineData("-0.00000013", -1)]
    public void An_hourly_rate_is_an_eighth_of_the_protocols(string hourly, long ppm)
    {
        var rate = decimal.Parse(hourly, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(new Ppm(ppm), Funding.EightHourRate(rate));
    }

    [Theory]
    [InlineData(1_000_000, 500, 500)]
    [InlineData(1_000_001, 500, 501)]
    [InlineData(1, 500, 1)]
    [InlineData(0, 500, 0)]
    [InlineData(1_000_001, -110, -110)]
    [InlineData(1, -110, 0)]
    public void A_fee_rounds_up_and_a_rebate_toward_zero(long value, long ppm, long expected) =>
        Assert.Equal(new QuoteQuantums(expected), TradingFee.Of(new QuoteQuantums(value), new Ppm(ppm)));

    [Fact]
    [Trait("Req", "MAR-11")]
    public void Risk_may_fall_but_not_rise_below_the_initial_margin()
    {
        var now = new AccountRisk(new(90), new(100), new(50));

        Assert.True(AccountRisk.MayMove(now, new(new(100), new(100), new(50))));
        Assert.True(AccountRisk.MayMove(now, now));
        Assert.True(AccountRisk.MayMove(now, new(new(72), new(80), new(40))));
        Assert.False(AccountRisk.MayMove(now, new(new(71), new(80), new(40))));
        Assert.False(AccountRisk.MayMove(now, new(new(95), new(102), new(51))));
        Assert.False(AccountRisk.MayMove(now, new(new(-1), default, default)));
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_debt_without_positions_may_only_shrink()
    {
        var debt = new AccountRisk(new(-10), default, default);

        Assert.True(AccountRisk.MayMove(debt, new(new(-9), default, default)));
        Assert.False(AccountRisk.MayMove(debt, debt));
    }

    private static PositionMargin Worth(Market market, long quote) =>
        PositionMargin.Of(
            market with { AtomicResolution = -6, OracleExponent = 0 }, new BaseQuantums(quote), 1);
}
