using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Timing;

[Trait("Req", "VEN-1")]
public sealed class WindowTests
{
    private const uint Height = 61_000_000;

    private static readonly DateTimeOffset BlockTime = DateTimeOffset.FromUnixTimeSeconds(1_772_000_000);

    [Fact]
    public void Orders_end_a_few_blocks_ahead()
    {
        var window = new BlockWindow();

        Assert.Equal(Height + 12, window.Resting(Height).Value());
        Assert.Equal(Height + 4, window.Market(Height).Value());
        Assert.Equal(Height + 20, window.Ahead(Height, 20).Value());
        Assert.Equal(ChainCodes.GoodTilBlockTooFar, window.Ahead(Height, 21).Error().OnChain);
        Assert.Equal(ChainCodes.GoodTilBlockPast, window.Ahead(Height, 0).Error().OnChain);
        Assert.Equal(ChainCodes.GoodTilBlockPast, window.Check(Height - 1, Height).Error().OnChain);
    }

    /// <summary>The chain takes the next block and 40 after it; older protocols 20.</summary>
    [Theory]
    [InlineData(40, 41)]
    [InlineData(20, 21)]
    public void The_chains_window_is_the_last_word(uint blocks, uint furthest)
    {
        var window = new BlockWindow { Blocks = blocks, MostOffset = 1_000 };

        Assert.Equal(Height + furthest, window.Ahead(Height, furthest).Value());
        Assert.Equal("good-til-block-too-far", window.Ahead(Height, furthest + 1).Error().Code);
    }

    [Fact]
    public void An_order_is_over_after_its_block_and_not_before()
    {
        Assert.False(BlockWindow.IsOver(Height, Height));
        Assert.True(BlockWindow.IsOver(Height, Height + 1));
    }

    [Fact]
    public void Stored_orders_end_within_90_days()
    {
        Assert.Equal(1_772_003_600U, TimeWindow.After(TimeSpan.FromHours(1), BlockTime).Value().Seconds);
        Assert.Equal(1_779_776_000U, TimeWindow.After(TimeSpan.FromDays(90), BlockTime).Value().Seconds);
        Assert.Equal(
            ChainCodes.GoodTilTimeTooFar,
            TimeWindow.After(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1), BlockTime).Error().OnChain);
        Assert.Equal(ChainCodes.GoodTilTimePast, TimeWindow.After(default, BlockTime).Error().OnChain);
        Assert.Equal("good-til-time-past", TimeWindow.Check(default, BlockTime).Error().Code);
    }

    /// <summary>Milliseconds taken for seconds, or "now" added twice, lie far beyond the window.</summary>
    [Fact]
    public void An_end_far_ahead_is_refused_and_not_cut()
    {
        var twice = DateTimeOffset.FromUnixTimeSeconds(2 * 1_772_000_000L);

        var error = TimeWindow.Check(twice, BlockTime).Error();

        Assert.Equal("good-til-time-too-far", error.Code);
        Assert.Equal(
            "good-til-time-too-far", TimeWindow.After(TimeSpan.MaxValue, BlockTime).Error().Code);
    }

    [Theory]
    [InlineData(91U)]
    [InlineData(60_000U)]
    [InlineData(uint.MaxValue)]
    public void Days_beyond_the_window_are_an_error_and_no_overflow(uint days) => Assert.Equal(
        "good-til-time-too-far", TimeWindow.AfterDays(days, BlockTime).Error().Code);

    [Fact]
    public void Days_within_the_window_are_taken()
    {
        Assert.Equal(BlockTime.AddDays(90), TimeWindow.AfterDays(90, BlockTime).Value().At);
        Assert.Equal("good-til-time-past", TimeWindow.AfterDays(0, BlockTime).Error().Code);
    }

    [Fact]
    public void Blocks_beyond_all_numbers_are_too_far() => Assert.Equal(
        "good-til-block-too-far", new BlockWindow().Ahead(Height, uint.MaxValue).Error().Code);

    [Fact]
    public void An_end_is_in_whole_seconds()
    {
        var end = TimeWindow.Check(BlockTime + TimeSpan.FromMilliseconds(1_999), BlockTime).Value();

        Assert.Equal(1_772_000_001U, end.Seconds);
        Assert.Equal("2026-02-25T06:13:21Z", end.ToString());
        Assert.Equal(end, GoodTilTime.Of(end.At));
        Assert.Equal(
            "good-til-time-past",
            TimeWindow.Check(BlockTime + TimeSpan.FromMilliseconds(999), BlockTime).Error().Code);
    }
}
