using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Displayed;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Displayed;

[Trait("Req", "MAR-11")]
public sealed class VenueDisplayTests
{
    private static readonly MarketId Btc = SampleMarkets.Btc.Id;

    [Fact]
    public void The_indexer_grants_more_than_the_chain_where_open_interest_or_leverage_bite()
    {
        var markets = Markets(openInterest: 20_000_000_000);
        var account = Long(usdc: -40_000);

        var chain = Expect.Good(account.Risk(markets));
        var indexer = IndexerAccount.Of(Shown(account, markets));

        // Half way from 5 % to 100 % the chain wants 26,250; the indexer subtracts 2,500.
        Assert.Equal(-16_250_000_000, chain.FreeCollateral);
        Assert.Equal(new Usd(7_500m), indexer.FreeCollateral);
        Assert.Equal(new Usd(10_000m), indexer.Equity);
    }

    [Fact]
    public void The_indexer_clamps_nothing()
    {
        var indexer = IndexerAccount.Of(Shown(Long(usdc: -60_000), Markets(0)));

        Assert.Equal(new Usd(-10_000m), indexer.Equity);
        Assert.Equal(new Usd(-12_500m), indexer.FreeCollateral);
    }

    [Fact]
    public void Of_an_account_worth_less_than_nothing_the_page_shows_a_price_that_does_not_hold()
    {
        var markets = Markets(0);
        var account = Long(usdc: -60_000);

        var shown = WebAccount.Of(Shown(account, markets));
        var truth = Expect.Good(LiquidationPrice.Find(account, Btc, markets));

        // 60,000 / 0.97 is what the position has to be worth; the page counts as if 50,000 were owed.
        Assert.True(truth.IsNow);
        Assert.Equal(6_185_567_010, truth.Price);
        Assert.Equal(Usd.Zero, shown.ClampedEquity);
        Assert.Equal(
            51_546.39175257731958762887m, shown.Positions[0].LiquidationPriceFromClampedEquity);
        Assert.Null(shown.Leverage);
        Assert.Null(shown.MarginUsage);
        Assert.Null(shown.Positions[0].Leverage);
        Assert.Equal(new Usd(-2_500m), shown.RawFreeCollateral);
        Assert.Equal(Usd.Zero, shown.FreeCollateral);
    }

    [Fact]
    public void Of_a_sound_account_the_page_is_within_one_step_of_the_oracles_integer()
    {
        var random = new RandomChain(111);
        for (var i = 0; i < RandomChain.Cases / 10; i++)
        {
            var account = Long(usdc: -random.Between(1, 48_000)) with
            {
                CustomInitialMarginPpm = new Subaccount().CustomInitialMarginPpm,
            };
            var markets = Markets(0);

            var truth = Expect.Good(LiquidationPrice.Find(account, Btc, markets)).Price!.Value;
            var shown = WebAccount.Of(Shown(account, markets)).Positions[0]
                .LiquidationPriceFromClampedEquity!.Value;

            Assert.InRange(shown - ((decimal)truth / 100_000m), -0.00001m, 0.00001m);
        }
    }

    [Fact]
    public void Chosen_leverage_raises_what_the_page_takes_and_scales_its_percentage()
    {
        var markets = Markets(0);
        var chosen = Long(usdc: -40_000) with
        {
            CustomInitialMarginPpm = new Subaccount().CustomInitialMarginPpm.Add(Btc, new Ppm(100_000)),
        };

        var shown = WebAccount.Of(Shown(chosen, markets));

        Assert.Equal(new Usd(5_000m), shown.InitialRiskTotal);
        Assert.Equal(new Usd(2_500m), shown.Positions[0].InitialRisk);
        Assert.Equal(10m, shown.Positions[0].EffectiveSelectedLeverage);
        Assert.Equal(20m, shown.Positions[0].MaxLeverage);
        Assert.Equal(new Usd(2_000m), shown.Positions[0].UnrealizedPnl);
        Assert.Equal(0.41666666666666666667m, shown.Positions[0].UnrealizedPnlPercent);
        Assert.Equal(0.5m, shown.MarginUsage);
        Assert.Equal(5m, shown.Leverage);
    }

    [Theory]
    [InlineData(0, "0.05")]
    [InlineData(50_000, "0.05")]
    [InlineData(100_000, "0.525")]
    [InlineData(149_999, "0.9999905")]
    [InlineData(500_000, "1")]
    public void The_page_does_not_round_the_growth_of_the_initial_margin(long openInterest, string expected)
    {
        var market = DisplayedMarket.Of(Markets(openInterest * 200_000)[Btc]);

        Assert.Equal(
            decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            market.EffectiveInitialMarginFraction);
    }

    [Fact]
    public void Equal_or_missing_caps_leave_the_base_on_the_page()
    {
        var market = DisplayedMarket.Of(Markets(90_000_000_000)[Btc]);
        var equal = market with { OpenInterestUpperCap = market.OpenInterestLowerCap };

        Assert.Equal(0.05m, equal.EffectiveInitialMarginFraction);
        Assert.Equal(0.05m, (market with { OpenInterestLowerCap = null }).EffectiveInitialMarginFraction);
    }

    [Fact]
    public void From_number_128_on_positions_are_called_isolated()
    {
        var shown = Shown(Long(-40_000), Markets(0));

        Assert.False(WebAccount.Of(shown with { SubaccountNumber = 127 }).Positions[0].IsIsolated);
        Assert.True(WebAccount.Of(shown with { SubaccountNumber = 128 }).Positions[0].IsIsolated);
    }

    private static DisplayedAccount Shown(
        Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> markets) =>
        Expect.Good(DisplayedAccount.Of(account, 0, markets, _ => new Price(48_000m)));

    /// <summary>One bitcoin, which is worth 50,000.</summary>
    private static Subaccount Long(long usdc) => new Subaccount { Usdc = usdc * 1_000_000 }
        .With(new PerpetualPosition(Btc, 10_000_000_000, 0, 0));

    private static Dictionary<MarketId, Perpetual> Markets(long openInterest) => new()
    {
        [Btc] = Perpetual.Of(
            SampleMarkets.Btc with
            {
                OpenInterestLowerCap = QuoteQuantums.FromUsdRoundingDown(new(50_000m)),
                OpenInterestUpperCap = QuoteQuantums.FromUsdRoundingDown(new(150_000m)),
            },
            5_000_000_000, openInterest),
    };
}
