using System.Globalization;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "LEV-1")]
public sealed class TieredHealthTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Maintenance of a million is 8,700: twice is 17,400, one and a quarter 10,875.</summary>
    [Theory]
    [InlineData("17400", MarginHealth.Healthy)]
    [InlineData("17399.99", MarginHealth.Warning)]
    [InlineData("10875", MarginHealth.Warning)]
    [InlineData("10874.99", MarginHealth.Danger)]
    [InlineData("8700.01", MarginHealth.Danger)]
    [InlineData("8700", MarginHealth.Liquidatable)]
    [InlineData("8699.99", MarginHealth.Liquidatable)]
    [InlineData("0", MarginHealth.Liquidatable)]
    [InlineData("-1", MarginHealth.Liquidatable)]
    public void Health_at_its_boundaries(string wallet, MarginHealth health)
    {
        var result = Result(MarginCollateral.Isolated(Number(wallet)));

        var info = TieredHealth.LeverageOf(result, 0m, At);

        Assert.Equal(health, info.Health);
        Assert.Equal(result.IsLiquidatable, info.IsLiquidatable);
        Assert.Equal(At, info.AsOf);
    }

    [Fact]
    public void Equal_is_liquidatable_at_an_exchange_and_not_on_the_chain()
    {
        var atExchange = TieredHealth.LeverageOf(Result(MarginCollateral.Isolated(8_700m)), 0m, At);

        Assert.Equal(MarginHealth.Liquidatable, atExchange.Health);
        Assert.Equal(MarginHealth.Danger, (atExchange with { IsLiquidatedWhenEqual = false }).Health);
    }

    [Fact]
    public void Leverage_and_ratios_are_those_of_all_that_the_money_backs()
    {
        var result = Result(MarginCollateral.Cross(110_000m, 1_300m, -10_000m));

        var info = TieredHealth.LeverageOf(result, 1_000_000m, At);

        Assert.Equal(50m, info.Max.Value);
        Assert.Equal(20m, info.Current.Value);
        Assert.Equal(30m, info.Available);
        Assert.Equal(0.05m, info.MarginRatio);
        Assert.Equal(0.005m, info.MaintenanceMarginRatio);
    }

    [Fact]
    public void More_than_allowed_is_told_as_less_than_nothing()
    {
        var info = TieredHealth.LeverageOf(Result(MarginCollateral.Isolated(16_000m)), 0m, At);

        Assert.Equal(62.5m, info.Current.Value);
        Assert.Equal(-12.5m, info.Available);
    }

    [Fact]
    public void Positions_on_no_equity_have_the_largest_leverage_there_is()
    {
        var info = TieredHealth.LeverageOf(new Leverage(20m), -5m, 100m, 1m, At);

        Assert.Equal(decimal.MaxValue, info.Current.Value);
        Assert.Equal(-0.05m, info.MarginRatio);
        Assert.True(info.IsLiquidatable);
    }

    [Fact]
    public void Without_positions_nothing_is_geared_and_nothing_liquidated()
    {
        var info = TieredHealth.LeverageOf(new Leverage(20m), 0m, 0m, 0m, At);

        Assert.Equal(0m, info.Current.Value);
        Assert.Equal(20m, info.Available);
        Assert.Equal(MarginHealth.Healthy, info.Health);
    }

    [Fact]
    public void A_ratio_that_no_decimal_holds_is_the_outermost_one()
    {
        const decimal Dust = 0.0000000000000000000000000001m;

        Assert.Equal(decimal.MaxValue, TieredHealth.LeverageOf(default, 100m, Dust, 0m, At).MarginRatio);
        Assert.Equal(decimal.MinValue, TieredHealth.LeverageOf(default, -100m, Dust, 0m, At).MarginRatio);
    }

    [Fact]
    public void Negative_sums_are_refused()
    {
        var result = Result(MarginCollateral.Isolated(1m));

        Assert.Throws<ArgumentOutOfRangeException>(() => TieredHealth.LeverageOf(result, -1m, At));
        Assert.Throws<ArgumentOutOfRangeException>(() => TieredHealth.LeverageOf(default, 1m, -1m, 0m, At));
        Assert.Throws<ArgumentOutOfRangeException>(() => TieredHealth.LeverageOf(default, 1m, 1m, -1m, At));
    }

    /// <summary>A million long, bought at the mark price.</summary>
    private static MarginResult Result(MarginCollateral collateral) => MarginCalculator.Calculate(
        SampleTables.Classic, MarginPosition.Create(20m, 50_000m, 50_000m, 20m, collateral).Value());

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
