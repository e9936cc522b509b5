using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

[Trait("Req", "RSK-2")]
public sealed class EquityTierLimitTests
{
    [Theory]
    [InlineData(1_999, 0)]
    [InlineData(2_000, 10)]
    [InlineData(9_999, 10)]
    [InlineData(10_000, 20)]
    [InlineData(99_999, 20)]
    [InlineData(100_000, 40)]
    [InlineData(999_999, 40)]
    [InlineData(1_000_000, 100)]
    [InlineData(9_999_999, 100)]
    [InlineData(10_000_000, 200)]
    [InlineData(-1, 0)]
    public void A_tier_holds_from_its_equity_on(int cents, int most) =>
        Assert.Equal(most, EquityTierLimit.MostAt(EquityTierLimit.Documented, new Usd(cents / 100m)));

    [Fact]
    public void Without_tiers_nothing_is_limited()
    {
        Assert.Null(EquityTierLimit.MostAt([], Usd.Zero));
        Assert.Null(EquityTierLimit.MostAt(default, Usd.Zero));
    }
}
