using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Subaccounts;

[Trait("Req", "MAR-11")]
public sealed class SubaccountRiskTests
{
    [Theory]
    [InlineData(100, 50, 0, 100, -1)]
    [InlineData(-100, 150, -100, 100, -1)]
    [InlineData(100, 50, 200, 100, -1)]
    [InlineData(0, 0, 200, 100, -1)]
    [InlineData(100, 0, 200, 0, 1)]
    [InlineData(7, 3, 7, 3, 0)]
    public void The_riskier_has_less_collateral_for_its_maintenance(
        long collateral, long maintenance, long otherCollateral, long otherMaintenance, int expected)
    {
        var risk = new SubaccountRisk(collateral, 0, maintenance);
        var other = new SubaccountRisk(otherCollateral, 0, otherMaintenance);

        Assert.Equal(expected, risk.CompareTo(other));
        Assert.Equal(-expected, other.CompareTo(risk));
        Assert.Equal(expected < 0, risk < other);
        Assert.Equal(expected > 0, risk > other);
        Assert.Equal(expected <= 0, risk <= other);
        Assert.Equal(expected >= 0, risk >= other);
    }

    [Fact]
    public void Collateral_equal_to_a_requirement_is_enough()
    {
        Assert.True(new SubaccountRisk(100, 100, 100).IsInitialCollateralized);
        Assert.True(new SubaccountRisk(100, 100, 100).IsMaintenanceCollateralized);
        Assert.False(new SubaccountRisk(100, 100, 100).IsLiquidatable);
        Assert.True(new SubaccountRisk(99, 100, 100).IsLiquidatable);
        Assert.False(new SubaccountRisk(-1, 0, 0).IsLiquidatable);
        Assert.Equal(-1, new SubaccountRisk(99, 100, 50).FreeCollateral);
    }

    [Theory]
    [InlineData(100, 100, 50, UpdateResult.Success)]
    [InlineData(72, 80, 40, UpdateResult.Success)]
    [InlineData(71, 80, 40, UpdateResult.StillUndercollateralized)]
    [InlineData(95, 102, 51, UpdateResult.StillUndercollateralized)]
    [InlineData(-1, 0, 0, UpdateResult.StillUndercollateralized)]
    public void From_below_the_initial_margin_risk_may_not_rise(
        long collateral, long initial, long maintenance, UpdateResult expected) => Assert.Equal(
            expected,
            new SubaccountRisk(90, 100, 50).TransitionTo(new(collateral, initial, maintenance)));

    [Fact]
    public void Whoever_was_collateralized_becomes_undercollateralized_newly() => Assert.Equal(
        UpdateResult.NewlyUndercollateralized,
        new SubaccountRisk(100, 100, 50).TransitionTo(new(99, 100, 51)));

    [Fact]
    public void The_fast_risk_in_128_bits_says_the_same()
    {
        var random = new RandomChain(31);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            // Products of 30 digits each leave 128 bits: those are multiplied without a bound.
            var digits = random.Coin() ? 3 : 30;
            var (from, to) = (random.Risk(digits), random.Risk(digits));

            var fast = Fast(from);

            Assert.Equal(from, fast.ToUnbounded());
            Assert.Equal(
                from.TransitionTo(to) == UpdateResult.Success, AccountRisk.MayMove(fast, Fast(to)));
            Assert.Equal(from.IsLiquidatable, fast.IsLiquidatable);
            Assert.Equal(from.IsInitialCollateralized, fast.IsInitiallyCollateralized);
            Assert.Equal(from.IsMaintenanceCollateralized, fast.IsMaintenanceCollateralized);
            Assert.Equal(from.FreeCollateral, fast.FreeCollateral.Value);
        }
    }

    [Fact]
    public void Of_any_two_states_the_way_to_the_riskier_is_closed_and_back_is_open()
    {
        var random = new RandomChain(32);
        var closed = 0;
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var (one, other) = (random.Risk(4), random.Risk(4));
            if (one.IsInitialCollateralized || other.IsInitialCollateralized) continue;
            if (one.Maintenance.IsZero || other.Maintenance.IsZero) continue;
            if (one > other) (one, other) = (other, one);
            if (one.CompareTo(other) == 0) continue;

            closed++;
            Assert.Equal(UpdateResult.StillUndercollateralized, one.TransitionTo(other));
            Assert.Equal(
                one.Maintenance <= other.Maintenance, other.TransitionTo(one) == UpdateResult.Success);
        }

        Assert.InRange(closed, 500, RandomChain.Cases);
    }

    private static AccountRisk Fast(SubaccountRisk risk) => new(
        new((Int128)risk.NetCollateral), new((Int128)risk.Initial), new((Int128)risk.Maintenance));
}
