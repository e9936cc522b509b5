using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

[Trait("Req", "MAR-11")]
public sealed class CommonShockTests
{
    [Fact]
    public void Long_account_is_liquidated_where_all_prices_have_fallen_together()
    {
        // 10,000 USDC of equity, 20,000 long at 3 %: -(10,000 - 600) / (20,000 - 600).
        var shock = Risk(collateral: 10_000, maintenance: 600).CommonShock(Usdc(-10_000));

        Assert.Equal(-9_400m / 19_400m, shock);
    }

    [Fact]
    public void Short_account_is_liquidated_where_all_prices_have_risen_together()
    {
        var shock = Risk(collateral: 10_000, maintenance: 600).CommonShock(Usdc(30_000));

        Assert.Equal(9_400m / 20_600m, shock);
    }

    [Fact]
    public void Account_that_survives_prices_of_zero_has_no_common_shock()
    {
        Assert.Null(Risk(collateral: 10_000, maintenance: 150).CommonShock(Usdc(5_000)));
    }

    [Fact]
    public void Account_without_positions_has_no_common_shock()
    {
        Assert.Null(Risk(collateral: 10_000, maintenance: 0).CommonShock(Usdc(10_000)));
    }

    [Fact]
    public void At_the_shock_maintenance_equals_collateral()
    {
        var quote = Usdc(-3_000);
        var shock = Risk(collateral: 7_000, maintenance: 500).CommonShock(quote) ?? 0m;

        // Value 10,000 and maintenance 500 both move with the prices.
        var collateral = -3_000m + (10_000m * (1m + shock));
        Assert.Equal(500m * (1m + shock), collateral, 10);
    }

    private static AccountRisk Risk(long collateral, long maintenance) =>
        new(Usdc(collateral), Usdc(2 * maintenance), Usdc(maintenance));

    private static QuoteQuantums Usdc(long amount) => new((Int128)amount * QuoteQuantums.PerUsd);
}
