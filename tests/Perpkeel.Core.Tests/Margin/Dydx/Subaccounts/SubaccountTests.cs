using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Subaccounts;

[Trait("Req", "MAR-11")]
public sealed class SubaccountTests
{
    private static readonly MarketId Btc = SampleMarkets.Btc.Id;
    private static readonly MarketId Eth = SampleMarkets.Eth.Id;

    [Fact]
    public void Funding_of_all_positions_is_rounded_down_once()
    {
        // Half a quantum is paid on each of two positions: together it is one, not two.
        var account = new Subaccount { Usdc = 10 }
            .With(new PerpetualPosition(Btc, 500_000, 0, 0))
            .With(new PerpetualPosition(Eth, -500_000, 0, 0));
        var markets = Markets();
        markets[Btc] = markets[Btc] with { FundingIndex = 1 };
        markets[Eth] = markets[Eth] with { FundingIndex = -1 };

        var settled = Expect.Good(account.Settle(markets));

        Assert.Equal(9, settled.Usdc);
        Assert.Equal(1, settled.Positions[Btc].FundingIndex);
        Assert.Equal(settled.Usdc, Expect.Good(settled.Settle(markets)).Usdc);
    }

    [Theory]
    [InlineData(1, 1, 9)]
    [InlineData(-1, 1, 10)]
    [InlineData(1_000_001, 1, 8)]
    [InlineData(-1_000_001, 1, 11)]
    [InlineData(-1_000_001, -1, 8)]
    public void When_the_index_rises_a_long_pays_and_fractions_are_lost(long quantums, long index, long usdc)
    {
        var markets = Markets();
        markets[Btc] = markets[Btc] with { FundingIndex = index };
        var account = new Subaccount { Usdc = 10 }.With(new PerpetualPosition(Btc, quantums, 0, 0));

        Assert.Equal(usdc, Expect.Good(account.Settle(markets)).Usdc);
    }

    [Fact]
    public void A_fresh_position_starts_at_the_current_index_and_a_closed_one_is_gone()
    {
        var markets = Markets();
        markets[Btc] = markets[Btc] with { FundingIndex = 77 };

        var opened = Expect.Good(new Subaccount().Apply(-5, [new(Btc, 3), new(Eth, -4)], markets));
        var closed = Expect.Good(opened.Apply(5, [new(Btc, -3), new(Eth, 4)], markets));

        Assert.Equal(new PerpetualPosition(Btc, 3, 77, 0), opened.Positions[Btc]);
        Assert.Equal(-5, opened.Usdc);
        Assert.Empty(closed.Positions);
        Assert.Equal(0, closed.QuantumsIn(Btc));
    }

    [Fact]
    public void A_position_of_nothing_but_quote_balance_stays_and_counts()
    {
        var account = new Subaccount().With(new PerpetualPosition(Btc, 0, 0, 25));

        Assert.Equal(new SubaccountRisk(25, 0, 0), Expect.Good(account.Risk(Markets())));
    }

    [Fact]
    public void An_unknown_market_is_refused()
    {
        var account = new Subaccount().With(new PerpetualPosition(new("X"), 1, 0, 0));
        var missing = new ChainError.PerpetualDoesNotExist(new("X"));

        Assert.Equal(missing, Expect.Bad(account.Risk(Markets())));
        Assert.Equal(missing, Expect.Bad(account.Settle(Markets())));
        Assert.Equal(missing, Expect.Bad(new Subaccount().Apply(0, [new(new("X"), 1)], Markets())));
        Assert.Equal("perpetual-does-not-exist", missing.Code);
    }

    [Theory]
    [InlineData(0, "invalid-leverage")]
    [InlineData(-1, "invalid-leverage")]
    [InlineData(1_000_001, "invalid-leverage")]
    [InlineData(49_999, "leverage-exceeds-maximum")]
    [InlineData(200_001, "leverage-violates-margin-requirements")]
    public void A_chosen_margin_out_of_bounds_is_refused(long chosen, string code) =>
        Assert.Equal(code, Expect.Bad(Holder().ChooseInitialMargin(Btc, new(chosen), Markets())).Code);

    [Theory]
    [InlineData(50_000)]
    [InlineData(200_000)]
    public void A_chosen_margin_between_the_base_and_what_the_account_covers_is_kept(long chosen)
    {
        var account = Expect.Good(Holder().ChooseInitialMargin(Btc, new(chosen), Markets()));

        var risk = Expect.Good(account.Risk(Markets()));

        Assert.Equal(chosen * 50_000, risk.Initial);
        Assert.Equal(1_500_000_000, risk.Maintenance);
    }

    [Fact]
    public void Maintenance_hangs_neither_on_leverage_nor_on_open_interest()
    {
        var random = new RandomChain(41);
        for (var i = 0; i < RandomChain.Cases / 4; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 4));
            var account = random.Account(markets);
            var plain = account with
            {
                CustomInitialMarginPpm = new Subaccount().CustomInitialMarginPpm,
            };
            var calm = markets.ToDictionary(pair => pair.Key, pair => pair.Value with { OpenInterest = 0 });

            var risk = Expect.Good(account.Risk(markets));
            var least = Expect.Good(plain.Risk(calm));

            Assert.Equal(least.Maintenance, risk.Maintenance);
            Assert.Equal(least.NetCollateral, risk.NetCollateral);
            Assert.True(least.Initial <= risk.Initial);
            Assert.True(risk.Maintenance <= risk.Initial);
        }
    }

    [Fact]
    public void Free_collateral_grows_with_usdc_one_by_one_and_falls_as_open_interest_and_leverage_bite()
    {
        var random = new RandomChain(42);
        for (var i = 0; i < RandomChain.Cases / 4; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);
            var deposit = random.Unsigned(12);
            var market = markets.Values.First();
            var crowded = new Dictionary<MarketId, Perpetual>(markets)
            {
                [market.Id] = market with { OpenInterest = market.OpenInterest + random.Unsigned(14) },
            };

            var free = Free(account, markets);

            Assert.Equal(free + deposit, Free(account with { Usdc = account.Usdc + deposit }, markets));
            Assert.True(Free(account, crowded) <= free);
            Assert.True(Free(WithAllOf(account, market.Id), markets) <= free);
        }
    }

    [Fact]
    public void A_larger_position_never_frees_collateral_when_it_is_bought_at_the_oracle_price()
    {
        var random = new RandomChain(43);
        for (var i = 0; i < RandomChain.Cases / 4; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);
            var market = markets.Values.First();
            var more = random.Unsigned(13) * (account.QuantumsIn(market.Id).Sign < 0 ? -1 : 1);

            // What it costs is rounded against the buyer by at most one quantum.
            var cost = market.BaseToQuote(more) + 1;
            var larger = Expect.Good(account.Apply(-cost, [new(market.Id, more)], markets));

            Assert.True(Free(larger, markets) <= Free(account, markets));
        }
    }

    private static BigInteger Free(Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> markets) =>
        Expect.Good(account.Risk(markets)).FreeCollateral;

    private static Subaccount WithAllOf(Subaccount account, MarketId market) => account with
    {
        CustomInitialMarginPpm = account.CustomInitialMarginPpm.SetItem(market, new Ppm(Ppm.One)),
    };

    /// <summary>One bitcoin at 50,000 and 10,000 of equity.</summary>
    private static Subaccount Holder() =>
        new Subaccount { Usdc = -40_000_000_000 }.With(new PerpetualPosition(Btc, 10_000_000_000, 0, 0));

    private static Dictionary<MarketId, Perpetual> Markets() => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0),
        [Eth] = Perpetual.Of(SampleMarkets.Eth, 3_000_000_000, 0),
    };
}
