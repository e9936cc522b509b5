using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Display;

[Trait("Req", "MAR-8")]
public sealed class NextThresholdTests
{
    private static readonly TierTable Table = ClassicTiers.Btc.Table;

    [Theory]
    [InlineData(4)]
    [InlineData(-4)]
    public void Both_ways_out_of_a_tier_are_told_in_notional_size_and_price(decimal size)
    {
        var next = NextThreshold.Of(Table, size, 50_000m);

        Assert.Equal(2, next.Tier.Tier.Number);
        Assert.Equal(new TierDistance(250_000m, Table.Tiers[2], 50_000m, 1m, 62_500m), next.Up);
        Assert.Equal(new TierDistance(50_000m, Table.Tiers[0], 150_000m, 3m, 12_500m), next.Down);
    }

    [Fact]
    public void At_its_cap_a_tier_has_no_room_left_and_a_cent_more_is_the_next()
    {
        var at = NextThreshold.Of(Table, 5m, 50_000m);
        var over = NextThreshold.Of(Table, 5m, 50_000.002m);

        Assert.Equal((2, 0m, 0m, 50_000m), (at.Tier.Tier.Number, at.Up!.Notional, at.Up.Size, at.Up.Price));
        Assert.Equal((3, 0.01m), (over.Tier.Tier.Number, over.Down!.Notional));
        Assert.Equal(2, over.Down.Tier!.Number);
    }

    [Fact]
    public void The_first_tier_has_nothing_below_it() =>
        Assert.Null(NextThreshold.Of(Table, 0.001m, 50_000m).Down);

    [Fact]
    public void A_tier_without_width_is_no_ones_neighbour()
    {
        var table = ClassicTiers.WithEmptyTier.Table;

        var below = NextThreshold.Of(table, 4m, 100_000m);
        var above = NextThreshold.Of(table, 6m, 100_000m);

        Assert.Equal((500_000m, 4), (below.Up!.Boundary, below.Up.Tier!.Number));
        Assert.Equal((500_000m, 2), (above.Down!.Boundary, above.Down.Tier!.Number));
    }

    [Fact]
    public void In_the_last_tier_the_end_of_the_table_is_next()
    {
        var next = NextThreshold.Of(Table, 8_000m, 50_000m);

        Assert.Equal(new TierDistance(500_000_000m, null, 100_000_000m, 2_000m, 62_500m), next.Up);
        Assert.Equal(300_000_000m, next.Down!.Boundary);
    }

    [Fact]
    public void Beyond_the_table_only_the_way_back_is_told()
    {
        var next = NextThreshold.Of(Table, 12_000m, 50_000m);

        Assert.True(next.Tier.IsBeyondLastCap);
        Assert.Null(next.Up);
        Assert.Equal((500_000_000m, 100_000_000m), (next.Down!.Boundary, next.Down.Notional));
        Assert.Same(Table.Tiers[^1], next.Down.Tier);
    }

    [Fact]
    public void Room_is_never_told_larger_than_it_is()
    {
        var next = NextThreshold.Of(Table, 3m, 70_000m);

        Assert.True(Ratio.Of(next.Up!.Size).IsBelow(Ratio.Of(40_000m) / Ratio.Of(70_000m)));
        Assert.True(Ratio.Of(next.Up.Price).IsBelow(Ratio.Of(250_000m) / Ratio.Of(3m)));
        Assert.Equal(0.571428571428571m, decimal.Round(next.Up.Size, 15));
    }

    [Fact]
    public void Going_the_distance_ends_at_the_boundary()
    {
        var chance = new Draws(9);
        for (var i = 0; i < 2_000; i++)
        {
            var table = ClassicTiers.Random("ANY", chance).Table;
            var mark = chance.Within(1, 10_000_000) / 100m;
            var size = chance.Within(1, (long)(table.LastCap * 1.2m / mark * 1_000m) + 2) / 1_000m;

            var next = NextThreshold.Of(table, size, mark);

            Assert.Equal(table.TierFor(size * mark), next.Tier);
            if (next.Up is { } up)
            {
                Assert.Equal(up.Boundary, (size * mark) + up.Notional);
                var boundary = Ratio.Of(up.Boundary);
                Assert.False(
                    boundary.IsBelow((Ratio.Of(size) + Ratio.Of(up.Size)) * Ratio.Of(mark)));
                Assert.False(boundary.IsBelow(Ratio.Of(size) * Ratio.Of(up.Price)));
                Assert.Equal(up.Boundary, decimal.Round(size * up.Price, 9));
                Assert.Equal(up.Boundary, decimal.Round((size + up.Size) * mark, 9));
            }

            if (next.Down is { } down) Assert.Equal(down.Boundary, (size * mark) - down.Notional);
        }
    }

    [Fact]
    public void Distances_too_large_for_a_decimal_are_the_largest_one()
    {
        var far = ClassicTiers.Made("FAR", (9_223_372_036_854_775_807m, 0.01m, 5m)).Table;

        var next = NextThreshold.Of(far, 0.000_000_000_000_001m, 0.000_000_000_001m);

        Assert.Equal(decimal.MaxValue, next.Up!.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => NextThreshold.Of(far, 0m, 1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => NextThreshold.Of(far, 1m, 0m));
    }
}
