using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Subaccounts;

[Trait("Req", "LEV-1")]
public sealed class SubaccountLeverageTests
{
    private const long OneBtc = 10_000_000_000;

    private static readonly MarketId Btc = SampleMarkets.Btc.Id;
    private static readonly MarketId Sol = SampleMarkets.Sol.Id;

    [Fact]
    public void Five_times_of_twenty_leave_fifteen()
    {
        var info = Leverage(Holder(usdc: -40_000));

        Assert.Equal(new Leverage(20m), info.Max);
        Assert.Equal(new Leverage(5m), info.Current);
        Assert.Equal(15m, info.Available);
        Assert.Equal(0.2m, info.MarginRatio);
        Assert.Equal(0.03m, info.MaintenanceMarginRatio);
        Assert.Equal(DateTimeOffset.UnixEpoch, info.AsOf);
        Assert.Equal(MarginHealth.Healthy, info.Health);
    }

    [Fact]
    public void Over_the_initial_margin_what_is_available_is_negative()
    {
        var info = Leverage(Holder(usdc: -48_000));

        Assert.Equal(-5m, info.Available);
        Assert.Equal(MarginHealth.Warning, info.Health);
    }

    [Fact]
    public void Chosen_leverage_and_open_interest_lower_the_greatest()
    {
        var chosen = Expect.Good(Holder(usdc: -40_000).ChooseInitialMargin(Btc, new(100_000), Markets()));

        Assert.Equal(new Leverage(10m), Leverage(chosen).Max);
        Assert.Equal(0.03m, Leverage(chosen).MaintenanceMarginRatio);
    }

    [Fact]
    public void Without_positions_the_greatest_is_that_of_any_market()
    {
        var chosen = Expect.Good(new Subaccount().ChooseInitialMargin(Btc, new(500_000), Markets()));

        Assert.Equal(new Leverage(20m), Leverage(new Subaccount()).Max);
        Assert.Equal(new Leverage(10m), Leverage(chosen).Max);
        Assert.Equal(default, Leverage(new Subaccount()).Current);
        Assert.Equal(MarginHealth.Healthy, Leverage(new Subaccount()).Health);
    }

    [Fact]
    public void Positions_on_nothing_have_no_finite_leverage()
    {
        var info = Leverage(Holder(usdc: -50_000));

        Assert.Equal(new Leverage(decimal.MaxValue), info.Current);
        Assert.Equal(0m, info.MarginRatio);
        Assert.True(info.Available < 0m);
        Assert.True(info.IsLiquidatable);
        Assert.Equal(-0.2m, Leverage(Holder(usdc: -60_000)).MarginRatio);
    }

    [Fact]
    public void Health_says_liquidatable_exactly_when_the_chain_may()
    {
        var random = new RandomChain(121);
        var bad = 0;
        for (var i = 0; i < RandomChain.Cases / 4; i++)
        {
            var markets = random.Perpetuals(random.Between(0, 3));
            var account = random.Account(markets);
            if (random.Coin())
            {
                // At the edge: equal is safe and one quantum less is not.
                var edge = Expect.Good(account.Risk(markets));
                account = account with
                {
                    Usdc = account.Usdc + edge.Maintenance - edge.NetCollateral - random.Below(2),
                };
            }

            var risk = Expect.Good(account.Risk(markets));
            var info = Expect.Good(SubaccountLeverage.Of(account, markets, DateTimeOffset.UnixEpoch));

            Assert.Equal(risk.IsLiquidatable, info.IsLiquidatable);
            if (risk.IsLiquidatable) bad++;
        }

        Assert.InRange(bad, 500, RandomChain.Cases);
    }

    [Fact]
    public void An_unknown_market_is_refused() => Assert.Equal(
        "perpetual-does-not-exist",
        Expect.Bad(SubaccountLeverage.Of(
            Holder(0), new Dictionary<MarketId, Perpetual>(), DateTimeOffset.UnixEpoch)).Code);

    private static LeverageInfo Leverage(Subaccount account) =>
        Expect.Good(SubaccountLeverage.Of(account, Markets(), DateTimeOffset.UnixEpoch));

    private static Subaccount Holder(long usdc) => new Subaccount { Usdc = usdc * 1_000_000 }
        .With(new PerpetualPosition(Btc, OneBtc, 0, 0));

    private static Dictionary<MarketId, Perpetual> Markets() => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0),
        [Sol] = Perpetual.Of(SampleMarkets.Sol, 15_000_000_000, 0),
    };
}
