using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Tests.Margin.Screening;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "MAR-2")]
public sealed class ScaledMarginTests
{
    private const int Cases = 60_000;

    [Theory]
    [InlineData(31, false, 0.9)]
    [InlineData(32, true, 0.05)]
    public void Scaled_integers_give_the_bits_of_the_decimals(int seed, bool isStrange, double leastShare)
    {
        var random = new RandomMargin(seed);
        var scaled = 0;

        for (var i = 0; i < Cases; i++)
        {
            var table = random.Below(3) == 0 ? RandomMargin.Classic : random.Table();
            var position = isStrange ? random.StrangePosition() : random.Position();
            if (!ScaledMargin.TryCalculate(table, position, out var result)) continue;
            scaled++;
            AssertSameBits(MarginCalculator.InDecimals(table, position), result);
        }

        Assert.True(scaled >= leastShare * Cases, $"only {scaled} in scaled integers");
    }

    [Fact]
    public void Position_with_a_sum_of_zero_or_too_many_digits_is_left_to_the_decimals()
    {
        Assert.False(ScaledMargin.TryCalculate(RandomMargin.Classic, Made(1m, 100m, 100m, 10m), out _));
        Assert.False(ScaledMargin.TryCalculate(RandomMargin.Classic, Made(1m, 100m, 90m, 10m), out _));
        Assert.False(ScaledMargin.TryCalculate(
            RandomMargin.Classic, Made(1.234567890123456789m, 100.123456789m, 90m, 10m), out _));
        Assert.True(ScaledMargin.TryCalculate(RandomMargin.Classic, Made(1m, 100m, 91m, 10m), out _));
    }

    [Fact]
    public void Entry_that_is_averaged_from_round_prices_is_as_short_as_they_are()
    {
        Assert.True((Ratio.Of(100_100m) / Ratio.Of(2m)).TryRoundToNearest(out var nearest));
        Assert.True((Ratio.Of(100_100m) / Ratio.Of(2m)).TryRoundDown(out var below));
        var rounded = (Ratio.Of(-1.25m) * Ratio.Of(2.0m)).RoundToNearest();
        var up = (Ratio.Of(100_100m) / Ratio.Of(2m)).RoundUp();

        Assert.Equal((50_050m, 50_050m, -2.5m, 50_050m), (nearest, below, rounded, up));
        Assert.Equal((0, 0, 1, 0), (nearest.Scale, below.Scale, rounded.Scale, up.Scale));
        Assert.True(ScaledMargin.TryCalculate(
            RandomMargin.Classic, Made(2m, nearest, 50_100m, 10_000m), out _));
    }

    [Fact]
    public void Entry_with_as_many_digits_as_a_decimal_holds_is_left_to_the_decimals() => Assert.False(
        ScaledMargin.TryCalculate(
            RandomMargin.Classic,
            Made(3m, 50_033.333_333_333_333_333_333_333_333m, 50_100m, 10_000m), out _));

    /// <summary>A venue may give a table more tiers than the search takes at once.</summary>
    [Fact]
    public void Table_of_forty_tiers_is_searched_as_a_small_one()
    {
        var table = RandomMargin.Table(
            [.. Enumerable.Range(1, 40).Select(i => 0.01m * i)],
            [.. Enumerable.Range(1, 40).Select(i => 1_000m * i)]);

        for (var i = 1; i <= 40; i++)
        {
            Assert.Equal(i, table.TierFor((1_000m * i) - 0.01m).Tier.Number);
            Assert.Equal(i, table.TierFor(1_000m * i).Tier.Number);
            Assert.Equal(Math.Min(i + 1, 40), table.TierFor((1_000m * i) + 0.01m).Tier.Number);
            Assert.Equal(1_000m * (41 - i), table.MaxNotionalAt(new(i)));
        }
    }

    [Fact]
    public void Notional_a_hair_from_a_cap_is_in_its_own_tier()
    {
        foreach (var tier in RandomMargin.Classic.Tiers[..^1])
        {
            foreach (var hair in new[] { 1e-18m, 1e-15m, 1e-12m, 1e-9m, 1e-6m })
            {
                Assert.Equal(tier.Number, RandomMargin.Classic.TierFor(tier.Cap - hair).Tier.Number);
                Assert.Equal(tier.Number, RandomMargin.Classic.TierFor(tier.Cap).Tier.Number);
                Assert.Equal(tier.Number + 1, RandomMargin.Classic.TierFor(tier.Cap + hair).Tier.Number);
            }
        }
    }

    private static MarginPosition Made(decimal size, decimal entry, decimal mark, decimal wallet) =>
        MarginPosition.Create(size, entry, mark, 10m, MarginCollateral.Isolated(wallet))
            .TryGet(out var position, out var error)
            ? position
            : throw new InvalidOperationException(error.Message);

    private static void AssertSameBits(MarginResult expected, MarginResult actual)
    {
        Assert.Equal(expected, actual);
        Assert.True(Bits(expected).AsSpan().SequenceEqual(Bits(actual)), $"{expected}");
    }

    private static int[] Bits(MarginResult result) =>
    [
        .. decimal.GetBits(result.Notional), .. decimal.GetBits(result.Maintenance),
        .. decimal.GetBits(result.Initial), .. decimal.GetBits(result.UnrealizedPnl),
        .. decimal.GetBits(result.MarginBalance), .. decimal.GetBits(result.TotalMaintenance),
        .. decimal.GetBits(result.MarginRatio ?? 0m), .. decimal.GetBits(result.LiquidationPrice ?? 0m),
        .. decimal.GetBits(result.BankruptcyPrice ?? 0m), .. decimal.GetBits(result.MaxNotional),
        .. decimal.GetBits(result.Amount), .. decimal.GetBits(result.Rate),
    ];
}
