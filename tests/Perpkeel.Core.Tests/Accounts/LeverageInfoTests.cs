using Perpkeel.Core.Accounts;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Accounts;

public sealed class LeverageInfoTests
{
    [Theory]
    [Trait("Req", "LEV-1")]
    [InlineData(20, 5, 15)]
    [InlineData(20, 20, 0)]
    [InlineData(20, 23, -3)]
    public void Available_is_what_is_left_of_the_greatest(int max, int current, int available)
    {
        var info = Info(0.2m, 0.03m) with { Max = new Leverage(max), Current = new Leverage(current) };

        Assert.Equal(available, info.Available);
    }

    [Theory]
    [Trait("Req", "LEV-1")]
    [InlineData("0.06", MarginHealth.Healthy)]
    [InlineData("0.0599", MarginHealth.Warning)]
    [InlineData("0.0375", MarginHealth.Warning)]
    [InlineData("0.0374", MarginHealth.Danger)]
    [InlineData("0.03", MarginHealth.Danger)]
    [InlineData("0.0299", MarginHealth.Liquidatable)]
    [InlineData("-0.5", MarginHealth.Liquidatable)]
    public void Health_is_how_the_margin_stands_to_the_maintenance_margin(string ratio, MarginHealth health)
    {
        var info = Info(decimal.Parse(ratio, System.Globalization.CultureInfo.InvariantCulture), 0.03m);

        Assert.Equal(health, info.Health);
        Assert.Equal(health == MarginHealth.Healthy, info.IsHealthy);
        Assert.Equal(health == MarginHealth.Liquidatable, info.IsLiquidatable);
    }

    [Fact]
    [Trait("Req", "LEV-1")]
    public void Without_positions_there_is_nothing_to_liquidate()
    {
        Assert.Equal(MarginHealth.Healthy, Info(0m, 0m).Health);
    }

    [Fact]
    [Trait("Req", "LEV-1")]
    public void Equal_facts_are_equal()
    {
        Assert.Equal(Info(0.1m, 0.03m), Info(0.1m, 0.03m));
        Assert.NotEqual(Info(0.1m, 0.03m), Info(0.1m, 0.02m));
        Assert.Equal(DateTimeOffset.UnixEpoch, Info(0.1m, 0.03m).AsOf);
    }

    private static LeverageInfo Info(decimal ratio, decimal maintenance) => new()
    {
        Max = new Leverage(20m),
        Current = new Leverage(5m),
        MarginRatio = ratio,
        MaintenanceMarginRatio = maintenance,
        AsOf = DateTimeOffset.UnixEpoch,
    };
}
