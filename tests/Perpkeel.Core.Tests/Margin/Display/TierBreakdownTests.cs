using System.Globalization;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Display;

[Trait("Req", "MAR-8")]
public sealed class TierBreakdownTests
{
    [Fact]
    public void No_part_of_a_notional_lies_in_a_tier_without_width()
    {
        var breakdown = TierBreakdown.Of(ClassicTiers.WithEmptyTier.Table, 600_000m);

        Assert.Equal([1, 2, 4], breakdown.Slices.Select(slice => slice.Tier.Number));
        Assert.Equal(breakdown.Maintenance, breakdown.Slices.Sum(slice => slice.Maintenance));
    }

    [Fact]
    public void Three_hundred_thousand_is_taxed_in_three_tiers()
    {
        var breakdown = TierBreakdown.Of(ClassicTiers.Btc.Table, 300_000m);

        Assert.Equal(
            [(1, 50_000m, 200m), (2, 200_000m, 1_000m), (3, 50_000m, 500m)],
            breakdown.Slices.Select(slice => (slice.Tier.Number, slice.Part, slice.Maintenance)));
        Assert.Equal(1_700m, breakdown.Maintenance);
        Assert.Equal(1_700m / 300_000m, breakdown.AverageRate);
    }

    [Fact]
    public void Beyond_the_last_cap_the_last_slice_goes_on_and_says_so()
    {
        var breakdown = TierBreakdown.Of(ClassicTiers.Btc.Table, 1_000_000_000m);

        Assert.Equal(399_983_700m, breakdown.Maintenance);
        Assert.Equal(700_000_000m, breakdown.Slices[^1].Part);
        Assert.Equal(350_000_000m, breakdown.Slices[^1].Maintenance);
        Assert.True(breakdown.Slices[^1].IsBeyondLastCap);
        Assert.Equal(10, breakdown.Slices.Length);
        Assert.DoesNotContain(breakdown.Slices.Take(9), slice => slice.IsBeyondLastCap);
    }

    [Theory]
    [InlineData("49999.99", 1)]
    [InlineData("50000", 1)]
    [InlineData("50000.01", 2)]
    public void A_cap_still_belongs_to_its_tier(string notional, int slices)
    {
        var breakdown = TierBreakdown.Of(
            ClassicTiers.Btc.Table, decimal.Parse(notional, CultureInfo.InvariantCulture));

        Assert.Equal(slices, breakdown.Slices.Length);
    }

    [Fact]
    public void Nothing_is_one_slice_of_nothing()
    {
        var breakdown = TierBreakdown.Of(ClassicTiers.Btc.Table, 0m);

        Assert.Equal((0m, 0m), (breakdown.Slices.Single().Part, breakdown.Slices.Single().Maintenance));
        Assert.Equal(0m, breakdown.AverageRate);
        Assert.Throws<ArgumentOutOfRangeException>(() => TierBreakdown.Of(ClassicTiers.Btc.Table, -1m));
    }

    [Fact]
    public void The_slices_add_up_to_the_maintenance_and_each_is_its_part_times_its_rate()
    {
        var chance = new Draws(8);
        for (var i = 0; i < 10_000; i++)
        {
            var table = ClassicTiers.Random("ANY", chance).Table;
            var notional = chance.Within(0, (long)(table.LastCap * 150m) + 1) / 100m;

            var breakdown = TierBreakdown.Of(table, notional);

            var sum = Ratio.Of(0m);
            foreach (var slice in breakdown.Slices)
            {
                sum += Ratio.Of(slice.Maintenance);
                Assert.Equal(slice.Part * slice.Tier.Rate, slice.Maintenance);
            }

            Assert.True(sum.IsEqualTo(Ratio.Of(MarginCalculator.Maintenance(table, notional))));
            Assert.Equal(notional, breakdown.Slices.Sum(slice => slice.Part));
        }
    }
}
