using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Hedges against an oracle in unbounded rationals.</summary>
[Trait("Req", "MAR-3")]
public sealed class HedgeTests
{
    private const ulong Seed = 5;
    private const int Cases = 200;

    private static readonly decimal[] Prices = [0.125m, 1.25m, 8m, 64m, 640m, 3_125m, 100_000m];

    [Fact]
    public void Every_figure_of_both_legs_is_the_exact_one()
    {
        var (both, lower, upper, neither, lost) = (0, 0, 0, 0, 0);

        foreach (var (table, position) in Hedges())
        {
            var result = HedgeCalculator.Calculate(table, position);
            new OracleHedge(new OracleTable(table), position).Check(result);
            if (result.IsLostEverywhere) lost++;
            else if (result is { Lower: not null, Upper: not null }) both++;
            else if (result.Lower is not null) lower++;
            else if (result.Upper is not null) upper++;
            else neither++;
        }

        Assert.Equal(Cases, both + lower + upper + neither + lost);
        Assert.All(new[] { both, lower, upper, neither, lost }, count => Assert.NotEqual(0, count));
    }

    [Fact]
    public void Outside_the_interval_equity_no_longer_covers_maintenance()
    {
        foreach (var (table, position) in Hedges())
        {
            var oracle = new OracleHedge(new OracleTable(table), position);
            var part = Fraction.Parse("1e-9");
            if (oracle.Lower is { } lower)
            {
                Assert.True(oracle.Excess(lower - (lower * part)).Sign < 0);
            }

            if (oracle.Upper is { } upper)
            {
                Assert.True(oracle.Excess(upper + (upper * part)).Sign < 0);
            }
        }
    }

    [Fact]
    public void A_hedge_of_equal_legs_has_a_price_above_only()
    {
        var position = HedgePosition.Create(10m, 50_000m, 10m, 50_000m, 50_000m, 20_000m).Value();

        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);

        Assert.Null(result.Lower);
        Assert.NotNull(result.Upper);
        Assert.Equal(result.Upper, result.Nearest(50_000m));
    }

    [Fact]
    public void Both_legs_and_the_others_share_one_balance_and_one_ratio()
    {
        var collateral = MarginCollateral.Cross(5_000m, otherMaintenance: 150m, otherUnrealizedPnl: -193.75m);
        var position = HedgePosition.Create(
            0.625m, 101_562.5m, 0.46875m, 93_750m, 100_000m, collateral).Value();

        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);

        Assert.Equal((62_500m, 2), (result.LongNotional, result.LongTier));
        Assert.Equal((46_875m, 1), (result.ShortNotional, result.ShortTier));
        Assert.Equal(262.5m + 187.5m + 150m, result.TotalMaintenance);
        Assert.Equal(5_000m - 193.75m - 3_906.25m, result.MarginBalance);
        Assert.Equal(600m / 900m, result.MarginRatio);
    }

    [Fact]
    public void Both_legs_on_a_balance_of_nothing_have_no_ratio()
    {
        var position = HedgePosition.Create(0.625m, 101_562.5m, 0.46875m, 93_750m, 100_000m, 3_906.25m)
            .Value();

        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);

        Assert.Equal(0m, result.MarginBalance);
        Assert.Null(result.MarginRatio);
    }

    [Fact]
    public void A_wallet_that_no_price_can_save_is_lost()
    {
        var position = HedgePosition.Create(10m, 50_000m, 10m, 40_000m, 50_000m, 90_000m).Value();

        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);

        Assert.True(result.IsLostEverywhere);
        Assert.Null(result.Nearest(50_000m));
    }

    [Fact]
    public void Legs_whose_equity_equals_maintenance_at_every_price_are_lost()
    {
        // Equity is 20 + 0.2 x (price - 100), maintenance 0.1 x (1.1 + 0.9) x price: 0.2 x price, both.
        var table = ClassicTiers.Made("EDGE", (1_000_000m, 0.1m, 10m)).Table;
        var edge = HedgePosition.Create(1.1m, 100m, 0.9m, 100m, 100m, 20m).Value();
        var more = HedgePosition.Create(1.1m, 100m, 0.9m, 100m, 100m, 20.01m).Value();

        Check(table, edge, isLost: true);
        Check(table, more, isLost: false);
    }

    [Fact]
    public void Legs_whose_equity_reaches_maintenance_at_one_price_only_are_lost()
    {
        // At 100 the long is at the cap of its tier: 20 + 10 are needed there, and more on either side.
        var table = ClassicTiers.Made("EDGE", (200m, 0.1m, 10m), (100_000m, 0.5m, 1m)).Table;
        var edge = HedgePosition.Create(2m, 100m, 1m, 100m, 100m, 30m).Value();
        var more = HedgePosition.Create(2m, 100m, 1m, 100m, 100m, 30.01m).Value();

        Check(table, edge, isLost: true);
        Check(table, more, isLost: false);
    }

    [Fact]
    public void A_wallet_that_only_a_price_of_zero_could_save_is_lost()
    {
        var position = HedgePosition.Create(10m, 50_000m, 10m, 40_000m, 50_000m, 100_000m).Value();

        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);

        Assert.True(result.IsLostEverywhere);
        Assert.Null(result.Upper);
        new OracleHedge(new OracleTable(SampleTables.Classic), position).Check(result);
    }

    /// <summary>Both legs gain and lose almost alike: the price that would save them has 30 digits.</summary>
    [Fact]
    public void Legs_that_only_a_price_beyond_all_decimals_could_save_are_lost()
    {
        var configuration = ClassicTiers.Made("EDGE", (1_000_000m, 0.01m, 10m));
        var position = HedgePosition.Create(
            1.01m, 100m, 0.989_999_999_999_999_999_999_999_999_9m, 50m, 100m, 1m).Value();

        var result = HedgeCalculator.Calculate(configuration.Table, position);

        Assert.True(result.MarginBalance < 0m);
        Assert.True(result.IsLostEverywhere);
        Assert.Null(result.Nearest(100m));
        Assert.DoesNotContain(
            HedgeExplanation.Explain(configuration, position).Lines,
            line => line.StartsWith("no price below", StringComparison.Ordinal));
    }

    /// <summary>
    /// With the long in tier 2 and the short in tier 1 nothing changes with the price: 1.004 x (1 - 0.005) =
    /// 0.995 x (1 + 0.004). With a wallet of 400 what is there equals what is needed: liquidated, all of it.
    /// </summary>
    [Theory]
    [InlineData("399.9", true)]
    [InlineData("400", true)]
    [InlineData("400.1", false)]
    public void A_level_stretch_that_is_not_above_zero_is_lost(string wallet, bool isLost)
    {
        var money = decimal.Parse(wallet, System.Globalization.CultureInfo.InvariantCulture);
        var position = HedgePosition.Create(1.004m, 50_000m, 0.995m, 50_000m, 50_000m, money).Value();

        Check(SampleTables.Classic, position, isLost);
        if (isLost) return;
        var result = HedgeCalculator.Calculate(SampleTables.Classic, position);
        Assert.InRange(result.Lower!.Value.Price, 0m, 50_000m / 1.004m);
        Assert.InRange(result.Upper!.Value.Price, 50_000m / 0.995m, 60_000m);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 1, "not-positive", "size of the long")]
    [InlineData(-1, 1, 1, 1, 1, "not-positive", "size of the long")]
    [InlineData(1, 0, 1, 1, 1, "not-positive", "entry price of the long")]
    [InlineData(1, 1, -2, 1, 1, "not-positive", "size of the short")]
    [InlineData(1, 1, 0, 1, 1, "not-positive", "size of the short")]
    [InlineData(1, 1, 1, 0, 1, "not-positive", "entry price of the short")]
    [InlineData(1, 1, 1, 1, 0, "not-positive", "mark price")]
    public void Numbers_that_are_no_hedge_are_refused(
        int bought, int boughtAt, int sold, int soldAt, int mark, string code, string name)
    {
        var outcome = HedgePosition.Create(bought, boughtAt, sold, soldAt, mark, 0m);

        Assert.False(outcome.TryGet(out _, out var error));
        Assert.Equal(code, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_hedge_is_not_reckoned() => Assert.Throws<ArgumentException>(
        () => HedgeCalculator.Calculate(SampleTables.Classic, default));

    private static void Check(TierTable table, HedgePosition position, bool isLost)
    {
        var result = HedgeCalculator.Calculate(table, position);
        new OracleHedge(new OracleTable(table), position).Check(result);

        Assert.Equal(isLost, result.IsLostEverywhere);
        if (isLost) Assert.Null(result.Nearest(100m));
    }

    private static IEnumerable<(TierTable Table, HedgePosition Position)> Hedges()
    {
        var draws = new Draws(Seed);
        var real = SampleTables.Shipped();
        for (var i = 0; i < Cases; i++)
        {
            var table = draws.Coin() ? draws.Of(real).Value : GeneratedTables.Next(draws);
            var mark = draws.Of(Prices);
            var reach = Math.Min(table.LastCap, 1_000_000_000m);
            var bought = decimal.Round(reach / draws.Of([2m, 9m, 50m, 400m]) / mark, 8) + 0.01m;
            var sold = draws.Below(4) == 0
                ? bought
                : decimal.Round(bought * draws.Of([0.25m, 0.9m, 1.5m]), 8);
            var wallet = bought * mark * draws.Of([-0.25m, 0.01m, 0.1m, 0.5m, 3m]);
            var (others, gained) = (decimal.Round(bought * mark / 1_000m, 2), decimal.Round(mark / 3m, 2));
            var collateral = MarginCollateral.Cross(
                decimal.Round(wallet, 2) + others - gained, others, gained);
            yield return (table, HedgePosition.Create(
                bought, Near(draws, mark), sold, Near(draws, mark), mark, collateral).Value());
        }
    }

    private static decimal Near(Draws draws, decimal price) =>
        price + (price * draws.Of([-0.0625m, -0.03125m, 0m, 0.03125m, 0.0625m]));
}
