using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

public sealed class TakeProfitTests
{
    [Theory]
    [Trait("Req", "SIZ-3")]
    [InlineData(Side.Buy, 60_000, 59_100, 2, 61_800)]
    [InlineData(Side.Sell, 60_000, 60_900, 2, 58_200)]
    [InlineData(Side.Sell, 100, 110, 9, 10)]
    public void The_target_is_so_many_stop_distances_on_the_other_side(
        Side side, int entry, int stop, int rewardRisk, int target)
    {
        var result = TakeProfit.From(new Price(entry), new Price(stop), rewardRisk, side);

        Assert.True(result.TryGet(out var price, out _));
        Assert.Equal(new Price(target), price);
    }

    [Fact]
    [Trait("Req", "SIZ-3")]
    public void Winning_is_exactly_so_many_times_losing()
    {
        var prices = Gen.Choose(1, 1_000_000).Select(cents => cents / 100m).ToArbitrary();

        Prop.ForAll(prices, prices, prices, (entry, stop, rewardRisk) =>
        {
            var side = Sides.Of(entry - stop);
            var result = TakeProfit.From(new Price(entry), new Price(stop), rewardRisk, side);
            if (!result.TryGet(out var target, out var error))
                return side == Side.None || (error.Code is "target-not-positive" && side == Side.Sell);
            return (target.Value - entry) * side.Sign() == rewardRisk * Math.Abs(entry - stop);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    [Fact]
    [Trait("Req", "SIZ-3")]
    public void A_target_that_cannot_be_is_refused()
    {
        Assert.Equal("no-side", Refused(60m, 59m, 1m, Side.None).Code);
        Assert.Equal("stop-on-wrong-side", Refused(60m, 61m, 1m, Side.Buy).Code);
        Assert.Equal("reward to risk is 0; it must be above zero.", Refused(60m, 59m, 0m, Side.Buy).Message);
        Assert.Equal(
            "10 times the stop distance of entry 100 and stop 110 puts the target at or below zero.",
            Refused(100m, 110m, 10m, Side.Sell).Message);
        Assert.Equal(
            "target does not fit into a decimal.", Refused(60m, 50m, decimal.MaxValue, Side.Buy).Message);
    }

    [Fact]
    [Trait("Req", "SIZ-3")]
    public void The_stop_distance_has_no_sign()
    {
        var entry = new Price(60m);

        Assert.True(StopDistance.From(entry, new Price(59.5m), Side.Buy).TryGet(out var below, out _));
        Assert.True(StopDistance.From(entry, new Price(60.5m), Side.Sell).TryGet(out var above, out _));
        Assert.False(StopDistance.From(default, new Price(1m), Side.Sell).TryGet(out _, out var error));

        Assert.Equal(new Price(0.5m), below);
        Assert.Equal(below, above);
        Assert.Equal("not-positive", error.Code);
    }

    [Theory]
    [Trait("Req", "SIZ-3")]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void A_stop_at_the_entry_is_no_stop(Side side)
    {
        Assert.False(StopDistance.From(new Price(60m), new Price(60m), side).TryGet(out _, out var error));

        Assert.Equal("stop-on-wrong-side", error.Code);
    }

    private static SizingError Refused(decimal entry, decimal stop, decimal rewardRisk, Side side)
    {
        var result = TakeProfit.From(new Price(entry), new Price(stop), rewardRisk, side);
        Assert.False(result.TryGet(out _, out var error));
        return error;
    }
}
