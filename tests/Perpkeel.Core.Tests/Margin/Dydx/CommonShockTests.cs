using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
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
    public void Short_account_that_no_fall_of_prices_saves_has_no_common_shock()
    {
        // -30,000 of collateral, 20,000 short: at prices of zero 10,000 are still missing.
        var bankrupt = Risk(collateral: -30_000, maintenance: 600);
        var saved = Risk(collateral: -10_000, maintenance: 600);

        Assert.Null(bankrupt.CommonShock(Usdc(-10_000)));
        Assert.Equal(-10_600m / 20_600m, saved.CommonShock(Usdc(10_000)));
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

    [Fact]
    public void In_the_chains_integers_the_edge_lies_within_its_bound()
    {
        var random = new RandomChain(131);
        var compared = 0;
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var count = random.Between(1, 4);
            var markets = random.Perpetuals(count);
            var account = random.Account(markets);
            var risk = Expect.Good(account.Risk(markets));
            var (value, need) = (risk.NetCollateral - account.Usdc, risk.Maintenance);
            var slope = BigInteger.Abs(value - need);
            if (slope <= 6 * count) continue;
            if (Fast(risk).CommonShock(new((Int128)account.Usdc)) is not { } shock) continue;
            if (shock <= -0.9m) continue;

            // Both ends as whole parts of 10^12, outward by one for their own rounding.
            var bound = (6m * count * (2m + Math.Abs(shock)) / (decimal)slope) + 2e-12m;
            if (bound > 0.05m || shock > 1e6m) continue;
            var (down, up) = (IsBad(account, markets, shock - bound), IsBad(account, markets, shock + bound));

            compared++;
            Assert.Equal(value > need, down);
            Assert.Equal(value < need, up);
        }

        Assert.InRange(compared, 600, RandomChain.Cases);
    }

    /// <summary>Whether the account may be liquidated with all prices moved, to the last digit.</summary>
    private static bool IsBad(Subaccount account, Dictionary<MarketId, Perpetual> markets, decimal shock)
    {
        const int Digits = 12;
        var factor = (BigInteger)((1m + shock) * Decimals.PowerOfTen(Digits));
        var moved = markets.ToDictionary(pair => pair.Key, pair => pair.Value with
        {
            OraclePrice = pair.Value.OraclePrice * factor,
            OracleExponent = pair.Value.OracleExponent - Digits,
        });
        return Expect.Good(account.Risk(moved)).IsLiquidatable;
    }

    private static AccountRisk Fast(SubaccountRisk risk) => new(
        new((Int128)risk.NetCollateral), new((Int128)risk.Initial), new((Int128)risk.Maintenance));

    private static AccountRisk Risk(long collateral, long maintenance) =>
        new(Usdc(collateral), Usdc(2 * maintenance), Usdc(maintenance));

    private static QuoteQuantums Usdc(long amount) => new((Int128)amount * QuoteQuantums.PerUsd);
}
