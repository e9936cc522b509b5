using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

[Trait("Req", "PAP-1")]
public sealed class TickGridTests
{
    [Theory]
    [InlineData(100_000u, 6_500_000_000ul, 65_000)]
    [InlineData(2u, 18_446_744_073_709_551_614ul, long.MaxValue)]
    [InlineData(1u, 9_223_372_036_854_775_807ul, long.MaxValue)]
    [InlineData(uint.MaxValue, 18_446_744_073_709_551_615ul, 4_294_967_297)]
    [InlineData(7u, 7ul, 1)]
    public void Tx_7_3_a_price_on_the_grid_is_a_count_of_ticks_and_comes_back(
        uint subticksPerTick, ulong subticks, long expected)
    {
        var grid = new TickGrid(subticksPerTick);

        Assert.True(grid.TryTicks(subticks, out var ticks));
        Assert.Equal(new Ticks(expected), ticks);
        Assert.Equal(subticks, grid.Subticks(ticks));
    }

    [Theory]
    [InlineData(100_000u, 0ul)]
    [InlineData(100_000u, 99_999ul)]
    [InlineData(100_000u, 100_001ul)]
    [InlineData(2u, 18_446_744_073_709_551_615ul)]
    [InlineData(1u, 9_223_372_036_854_775_808ul)]
    public void Tx_7_3_a_price_off_the_grid_is_refused(uint subticksPerTick, ulong subticks)
    {
        Assert.False(new TickGrid(subticksPerTick).TryTicks(subticks, out var ticks));
        Assert.Equal(default, ticks);
    }

    [Fact]
    public void A_grid_has_steps()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TickGrid(0));
        Assert.Equal(1u, default(TickGrid).SubticksPerTick);
    }
}
