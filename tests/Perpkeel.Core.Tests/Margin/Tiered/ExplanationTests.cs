using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "MAR-3")]
[Trait("Req", "MAR-8")]
public sealed class ExplanationTests
{
    [Fact]
    public void A_long_is_explained_line_by_line()
    {
        var explained = Explain(20.4m, 50_000m, 20m, MarginCollateral.Isolated(51_000m));

        Same(
            """
            BTCUSDT, tiers of classic (bccbac4620fa)
            long 20.4 at 50000, mark 50000, leverage 20
            isolated wallet 51000
            notional = 20.4 x 50000 = 1020000: tier 4
            maintenance = 1020000 x 0.025 - 16300 = 9200
            initial = 1020000 / 20 = 51000
            profit = 0, balance = 51000, required = 9200
            debt = cost - collateral = 1020000 - 51000 = 969000
            price by a tier's line = (debt - amount) / (size x (1 - rate)):
              tier  1: (969000 - 0) / (20.4 x (1 - 0.004)) = 47690.7630522
              tier  2: (969000 - 50) / (20.4 x (1 - 0.005)) = 47736.23017046
              tier  3: (969000 - 1300) / (20.4 x (1 - 0.01)) = 47915.42879778 <- the highest
              tier  4: (969000 - 16300) / (20.4 x (1 - 0.025)) = 47898.44142785
              tier  5: (969000 - 266300) / (20.4 x (1 - 0.05)) = 36259.02992776
              tier  6: (969000 - 1266300) / (20.4 x (1 - 0.1)) = -16192.81045751
              tier  7: (969000 - 2516300) / (20.4 x (1 - 0.125)) = -86683.47338935
              tier  8: (969000 - 5016300) / (20.4 x (1 - 0.15)) = -233408.30449826
              tier  9: (969000 - 25016300) / (20.4 x (1 - 0.25)) = -1571718.95424836
              tier 10: (969000 - 100016300) / (20.4 x (1 - 0.5)) = -9710519.60784313
            liquidated at 47915.42879778 or below, in tier 3
            """,
            explained.Lines);
    }

    [Fact]
    public void A_short_on_a_shared_wallet_says_what_the_others_take()
    {
        var explained = Explain(-19.8m, 49_000m, 50m, MarginCollateral.Cross(30_000m, 7_000m, -3_200m));

        Same(
            """
            short 19.8 at 50000, mark 49000, leverage 50
            cross wallet 30000, others need 7000 and have gained -3200
            notional = 19.8 x 49000 = 970200: tier 3
            maintenance = 970200 x 0.01 - 1300 = 8402
            initial = 970200 / 50 = 19404
            profit = 19800, balance = 46600, required = 15402
            worth = cost + collateral = 990000 + 19800 = 1009800
            price by a tier's line = (worth + amount) / (size x (1 + rate)):
            """,
            explained.Lines[1..9]);
        Assert.Equal("liquidated at 50559.25104705 or above, in tier 4", explained.Lines[^1]);
    }

    [Theory]
    [InlineData(1, "60000", "never liquidated: the collateral covers a price of zero")]
    [InlineData(-1, "-60000", "liquidated at every price: the collateral is gone")]
    public void No_price_is_said_in_words(int size, string wallet, string last)
    {
        var explained = Explain(size, 50_000m, 1m, MarginCollateral.Isolated(Number(wallet)));

        Assert.Equal(last, explained.Lines[^1]);
        Assert.DoesNotContain(explained.Candidates, candidate => candidate.Binds);
    }

    [Fact]
    public void A_price_beyond_all_digits_is_said_to_be_so()
    {
        const decimal dust = 0.0000000000000000000000000001m;

        var explained = Explain(-dust, 50_000m, 1m, MarginCollateral.Isolated(MarginPosition.MostMoney));

        Assert.Equal("liquidated at a price with more digits than can be shown", explained.Lines[^1]);
        Assert.All(explained.Candidates, candidate => Assert.Null(candidate.Price));
    }

    [Fact]
    public void A_negative_collateral_is_bracketed()
    {
        var explained = Explain(1m, 50_000m, 1m, MarginCollateral.Isolated(-10m));

        Assert.Equal("debt = cost - collateral = 50000 - (-10) = 50010", explained.Lines[7]);
    }

    [Fact]
    public void Beyond_the_last_cap_is_said()
    {
        var explained = Explain(20_000m, 50_000m, 1m, MarginCollateral.Isolated(1_000_000_000m));

        Assert.Equal(
            "notional = 20000 x 50000 = 1000000000: tier 10, beyond its cap", explained.Lines[3]);
    }

    /// <summary>What those get who stay with the tier of the entry.</summary>
    [Theory]
    [InlineData(Side.Buy, "20.4", 20, 4, "47898.44")]
    [InlineData(Side.Sell, "19.8", 50, 3, "50560.06")]
    [InlineData(Side.Buy, "208", 10, 5, "46020.75")]
    [InlineData(Side.Sell, "4.98", 50, 2, "50756.26")]
    public void The_line_of_the_entrys_tier_leads_to_another_price(
        Side side, string size, int leverage, int tier, string price)
    {
        var collateral = MarginCollateral.Isolated(Number(size) * 50_000m / leverage);

        var explained = Explain(Number(size) * side.Sign(), 50_000m, leverage, collateral);

        var candidate = explained.Candidates[tier - 1];
        Assert.Equal(tier, explained.Result.Tier);
        Assert.Equal(Number(price), decimal.Round(candidate.Price!.Value, 2));
        Assert.False(candidate.Binds);
    }

    [Fact]
    public void The_candidates_of_five_millions_long()
    {
        var explained = Explain(100m, 50_000m, 20m, MarginCollateral.Isolated(250_000m));

        Assert.Equal(
            [47_690.76m, 47_738.19m, 47_966.67m, 48_550.77m, 47_196.84m, 38_707.78m],
            explained.Candidates.Take(6).Select(candidate => decimal.Round(candidate.Price!.Value, 2)));
    }

    [Fact]
    public void One_candidate_binds_and_it_is_the_outermost()
    {
        var random = new RandomPositions(31);
        var bound = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var position = random.Ordinary();
            var explained = MarginExplanation.Explain(Configuration(random.Table().Table), position);
            var prices = explained.Candidates.Select(candidate => candidate.Price!.Value).ToList();
            if (explained.Result.LiquidationPrice is not { } price) continue;
            bound++;
            var binding = Assert.Single(explained.Candidates, candidate => candidate.Binds);
            Assert.Equal(price, binding.Price);
            Assert.Equal(position.Size > 0m ? prices.Max() : prices.Min(), price);
            Assert.Equal(explained.Result.LiquidationTier, binding.Tier.Number);
        }

        Assert.True(bound > 1_000, $"only {bound}");
    }

    [Fact]
    public void The_terms_follow_from_each_other()
    {
        var explained = Explain(-19.8m, 49_000m, 50m, MarginCollateral.Cross(30_000m, 7_000m, -3_200m));

        var terms = explained.Terms.ToDictionary(
            term => term.Name, term => term.Value, StringComparer.Ordinal);

        Assert.Equal(terms["cost"] - terms["notional"], terms["profit"]);
        Assert.Equal(30_000m - 3_200m + terms["profit"], terms["balance"]);
        Assert.Equal(terms["maintenance"] + 7_000m, terms["required"]);
        Assert.Equal(30_000m - 3_200m - 7_000m, terms["collateral"]);
        Assert.Equal(terms["cost"] + terms["collateral"], terms["worth"]);
        Assert.Equal("classic (bccbac4620fa)", explained.TierVersion);
    }

    [Fact]
    public void A_hedge_is_explained_with_both_its_ends()
    {
        var position = HedgePosition.Create(
            0.625m, 101_562.5m, 0.46875m, 93_750m, 100_000m, 4_806.25m).Value();

        var explained = HedgeExplanation.Explain(Configuration(SampleTables.Classic), position);

        Same(
            """
            BTCUSDT, tiers of classic (bccbac4620fa)
            long 0.625 at 101562.5, short 0.46875 at 93750, mark 100000, collateral 4806.25
            maintenance = 262.5 + 187.5, profit = -3906.25
            equity - maintenance = a + b x price, the smallest over all pairs of tiers:
              a = collateral - long x entry + short x entry + amount + amount
              b = long x (1 - rate) - short x (1 + rate)
            liquidated below 97024.79338842: long in tier 2, short in tier 1, a = -14675, b = 0.15125
            liquidated above 426819200: long in tier 9, short in tier 9, a = 50017875, b = -0.1171875
            """,
            explained.Lines);
        Assert.Equal(explained.Result.Lower, explained.Lower!.Value.Bound);
        Assert.Equal(explained.Result.Upper, explained.Upper!.Value.Bound);
    }

    [Theory]
    [InlineData(
        10, 20_000, "no price below liquidates it",
        "liquidated above 105200: long in tier 4, short in tier 4, a = 52600, b = -0.5")]
    [InlineData(1, 600_000, "no price below liquidates it", "no price above liquidates it")]
    public void A_hedge_without_an_end_says_so(int sold, int collateral, string below, string above)
    {
        var position = HedgePosition.Create(10m, 50_000m, sold, 50_000m, 50_000m, collateral).Value();

        var explained = HedgeExplanation.Explain(Configuration(SampleTables.Classic), position);

        Same($"{below}\n{above}", explained.Lines[^2..]);
    }

    [Fact]
    public void A_lost_hedge_says_so()
    {
        var position = HedgePosition.Create(10m, 50_000m, 10m, 40_000m, 50_000m, 90_000m).Value();

        var explained = HedgeExplanation.Explain(Configuration(SampleTables.Classic), position);

        Assert.Equal("liquidated at every price: the collateral is gone", explained.Lines[^1]);
    }

    private static MarginExplanation Explain(
        decimal size, decimal mark, decimal leverage, MarginCollateral collateral) =>
        MarginExplanation.Explain(
            Configuration(SampleTables.Classic),
            MarginPosition.Create(size, 50_000m, mark, leverage, collateral).Value());

    private static TierConfiguration Configuration(TierTable table) => new()
    {
        Symbol = "BTCUSDT",
        Source = new TierSource("classic", null),
        Table = table,
    };

    private static void Same(string text, IEnumerable<string> lines) =>
        Assert.Equal(text.ReplaceLineEndings("\n"), string.Join('\n', lines));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
