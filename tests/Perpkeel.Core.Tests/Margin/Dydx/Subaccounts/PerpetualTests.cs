using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Subaccounts;

[Trait("Req", "MAR-11")]
public sealed class PerpetualTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    [InlineData(199_999, 0)]
    [InlineData(200_000, 1)]
    [InlineData(-399_999, -1)]
    public void Worth_truncates_toward_zero(long quantums, long quote)
    {
        // At 0.05 one quote quantum is 200,000 base quantums of 10^-10.
        var market = Perpetual.Of(SampleMarkets.Btc, 5_000, 0);

        Assert.Equal(quote, market.BaseToQuote(quantums));
    }

    [Fact]
    public void Size_of_a_worth_truncates_toward_zero()
    {
        var market = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0);

        Assert.Equal(200_000, market.QuoteToBase(1_000_000));
        Assert.Equal(0, market.QuoteToBase(0));
        Assert.Equal(66, (market with { OraclePrice = 15_000_000_000_000 }).QuoteToBase(1_000_000));
        Assert.Equal(-66, (market with { OraclePrice = 15_000_000_000_000 }).QuoteToBase(-1_000_000));
    }

    [Fact]
    public void Prices_and_sizes_of_64_bits_and_more_do_not_overflow()
    {
        BigInteger most = ulong.MaxValue;
        var market = Perpetual.Of(SampleMarkets.Btc, most, 0) with { AtomicResolution = 0 };

        Assert.Equal(most * most * 10, market.BaseToQuote(most));
        Assert.Equal(most, market.QuoteToBase(most * most * 10));
        Assert.True(market.Margin(most * most).Initial > 0);
    }

    [Fact]
    public void There_and_back_never_grows_and_never_turns()
    {
        var random = new RandomChain(21);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var market = random.Perpetuals(1).Values.Single();
            var quote = random.Signed(18);

            var back = market.BaseToQuote(market.QuoteToBase(quote));

            Assert.True(BigInteger.Abs(back) <= BigInteger.Abs(quote));
            Assert.True(back.Sign * quote.Sign >= 0);
        }
    }

    [Fact]
    public void The_fast_margin_in_128_bits_is_the_same()
    {
        var random = new RandomChain(22);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var market = random.Perpetuals(1).Values.Single();
            var fast = SampleMarkets.Btc with
            {
                AtomicResolution = market.AtomicResolution,
                OracleExponent = market.OracleExponent,
                InitialMarginPpm = market.LiquidityTier.InitialMarginPpm,
                MaintenanceFractionPpm = market.LiquidityTier.MaintenanceFractionPpm,
            };
            var (quantums, price) = ((long)random.Signed(13), (long)market.OraclePrice);
            var custom = random.Coin()
                ? new Ppm(random.Between((int)fast.InitialMarginPpm.Value, 1_000_000))
                : (Ppm?)null;

            Assert.Equal(
                market.Margin(quantums, custom: custom),
                PositionMargin.Of(
                    fast, new BaseQuantums(quantums), price, market.EffectiveInitialMarginPpm(custom))
                    .ToRisk());
            Assert.Equal(
                Perpetual.Of(fast, price, market.OpenInterest).Margin(quantums),
                PositionMargin.Of(fast, new BaseQuantums(quantums), price).ToRisk());
        }
    }

    [Fact]
    public void The_fast_margin_throws_where_128_bits_do_not_hold_it()
    {
        var market = SampleMarkets.Btc with { AtomicResolution = 6 };

        Assert.Throws<OverflowException>(
            () => PositionMargin.Of(market, new BaseQuantums(long.MaxValue), long.MaxValue));
    }

    [Fact]
    public void A_market_of_ours_brings_its_caps()
    {
        var market = SampleMarkets.Btc with
        {
            OpenInterestLowerCap = new(1_000_000),
            OpenInterestUpperCap = new(3_000_000),
            ImpactNotional = new(7),
            MarketType = MarketType.Isolated,
        };

        // 0.00004 BTC at 50,000 are 2 USDC: half way from 5 % to 100 %.
        var chain = Perpetual.Of(market, 5_000_000_000, 400_000);

        Assert.Equal(2_000_000, chain.OpenInterestNotional);
        Assert.Equal(new Ppm(525_000), chain.EffectiveInitialMarginPpm(null));
        Assert.Equal(MarketType.Isolated, chain.MarketType);
        Assert.Equal(new QuoteQuantums(7), chain.LiquidityTier.ImpactNotional);
    }
}
