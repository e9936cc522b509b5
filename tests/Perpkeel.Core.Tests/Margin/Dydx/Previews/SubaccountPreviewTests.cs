using System.Numerics;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Previews;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Previews;

[Trait("Req", "MAR-11")]
public sealed class SubaccountPreviewTests
{
    private const long OneBtc = 10_000_000_000;
    private const long FiftyThousand = 50_000_000_000;

    private static readonly MarketId Btc = SampleMarkets.Btc.Id;
    private static readonly MarketId Alone = new("ALONE-USD");

    [Fact]
    public void An_order_shows_margin_and_liquidation_price_before_and_after()
    {
        // 5 % initial and 3 % maintenance margin at 50,000.
        var preview = Of(new Subaccount { Usdc = Usdc(10_000) }, Buy(OneBtc, FiftyThousand));

        Assert.True(preview.IsAllowed);
        Assert.Empty(preview.Before.Positions);
        Assert.Equal(
            new SubaccountRisk(Usdc(10_000), Usdc(2_500), Usdc(1_500)), preview.After.Risk);
        Assert.Equal(new SubaccountRisk(0, Usdc(2_500), Usdc(1_500)), preview.Delta);
        var held = preview.After.Find(Btc)!;
        Assert.Equal((Usdc(50_000), new Ppm(50_000)), (held.Notional, held.InitialMarginPpm));

        // 40,000 / 0.97, and the highest whole price at which maintenance exceeds collateral.
        Assert.Equal(4_123_711_340, held.LiquidationPrice);
        Assert.Equal(SubaccountRule.InitialMargin, preview.Tightest!.Rule);
        Assert.Equal(Usdc(7_500), preview.Tightest.Headroom);
        Assert.Equal(Usdc(50_000), preview.After.Notional);
    }

    [Fact]
    public void A_fee_is_rounded_up_and_paid_in_usdc()
    {
        var preview = Of(
            new Subaccount { Usdc = Usdc(10_000) },
            Buy(OneBtc, FiftyThousand + 1) with { Fee = new Ppm(500) });

        Assert.Equal(Usdc(10_000) - 1 - 25_000_001, preview.After.Risk.NetCollateral);
    }

    [Fact]
    public void An_order_that_the_collateral_does_not_cover_is_refused_with_what_is_missing()
    {
        var preview = Of(new Subaccount { Usdc = Usdc(2_400) }, Buy(OneBtc, FiftyThousand));

        var (change, refusal) = Assert.Single(preview.Refusals);
        Assert.Equal((1, "newly-undercollateralized"), (change, refusal.Code));
        Assert.Equal(
            "The initial margin would be 2500 USDC and the collateral 2400. Take less, or deposit at least "
            + "100 first.", refusal.Message);
        Assert.Equal(
            (SubaccountRule.InitialMargin, true, -Usdc(100)),
            (preview.Tightest!.Rule, preview.Tightest.IsRefusal, preview.Tightest.Headroom));
    }

    [Fact]
    public void An_account_below_its_initial_margin_may_only_lower_its_risk()
    {
        var poor = Holding(OneBtc, Usdc(2_000) - FiftyThousand);

        var less = Of(poor, Sell(OneBtc / 2, FiftyThousand / 2));
        var cheap = Of(poor, Sell(OneBtc / 2, (FiftyThousand / 2) - Usdc(1_100)));
        var more = Of(poor, Buy(OneBtc / 2, FiftyThousand / 2));

        Assert.True(less.IsAllowed);
        Assert.True(less.After.Risk.IsInitialCollateralized);
        var refusal = Assert.IsType<SubaccountRefusal.StillUndercollateralized>(
            Assert.Single(cheap.Refusals).Refusal);
        Assert.Equal((Usdc(2_000), Usdc(900)), (refusal.Before.NetCollateral, refusal.After.NetCollateral));
        Assert.Equal(SubaccountRule.RiskMustNotRise, cheap.Tightest!.Rule);

        // Half of the maintenance is left: half of the collateral would have to be.
        Assert.Equal((Usdc(1_000), Usdc(900)), (cheap.Tightest.Value, cheap.Tightest.Limit));
        Assert.Equal("still-undercollateralized", Assert.Single(more.Refusals).Refusal.Code);
        Assert.Equal(
            Usdc(2_250), more.Constraints.Single(c => c.Rule == SubaccountRule.RiskMustNotRise).Value);
    }

    [Fact]
    public void A_reduction_that_is_allowed_only_because_the_risk_does_not_rise_says_so()
    {
        var poor = Holding(OneBtc, Usdc(2_000) - FiftyThousand);

        var preview = Of(poor, Sell(OneBtc / 10, FiftyThousand / 10));

        Assert.True(preview.IsAllowed);
        Assert.False(preview.After.Risk.IsInitialCollateralized);
        var rule = preview.Constraints.Single(c => c.Rule == SubaccountRule.RiskMustNotRise);
        Assert.True(rule.IsSatisfied);
        Assert.Equal(Usdc(150), rule.Headroom);
    }

    [Fact]
    public void Closing_and_turning_round_leave_what_is_left()
    {
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);

        var closed = Of(account, Sell(OneBtc, FiftyThousand + Usdc(100)));
        var turned = Of(account, Sell(2 * OneBtc, 2 * (BigInteger)FiftyThousand));

        Assert.Empty(closed.After.Positions);
        Assert.Equal(Usdc(10_100), closed.After.Risk.NetCollateral);
        Assert.Equal(-OneBtc, turned.After.Find(Btc)!.Quantums);
        Assert.Equal(Usdc(10_000), turned.After.Risk.NetCollateral);
    }

    [Fact]
    public void What_a_fill_opens_counts_as_open_interest_unless_another_change_is_given()
    {
        var markets = Growing(openInterest: OneBtc);
        var account = new Subaccount { Usdc = Usdc(26_000) };

        // From 50,000 to 150,000 of open interest the fraction goes from 5 % to 100 %: half way is 52.5 %.
        var worst = Of(account, markets, Buy(OneBtc, FiftyThousand));
        var none = Of(account, markets, Buy(OneBtc, FiftyThousand) with { OpenInterestDelta = 0 });
        var back = Of(none.After.Account, markets, Sell(OneBtc, FiftyThousand));

        Assert.Equal(2 * OneBtc, worst.Markets[Btc].OpenInterest);
        Assert.Equal(new Ppm(525_000), worst.After.Find(Btc)!.InitialMarginPpm);
        Assert.Equal("newly-undercollateralized", Assert.Single(worst.Refusals).Refusal.Code);
        Assert.Equal(new Ppm(50_000), none.After.Find(Btc)!.InitialMarginPpm);
        Assert.True(none.IsAllowed);
        Assert.Equal(OneBtc, back.Markets[Btc].OpenInterest);
    }

    [Fact]
    public void Open_interest_ties_up_collateral_and_liquidates_nothing()
    {
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);

        var preview = Of(
            account, Growing(OneBtc), new SubaccountChange.OpenInterestTo(Btc, 2 * OneBtc),
            new SubaccountChange.Withdrawal(1));

        Assert.Equal(new SubaccountRisk(-1, Usdc(23_750), 0), preview.Delta);
        Assert.Equal(preview.Before.Find(Btc)!.LiquidationPrice, preview.After.Find(Btc)!.LiquidationPrice);
        Assert.Equal(
            (2, "still-undercollateralized"), (preview.Refusals[0].Change, preview.Refusals[0].Refusal.Code));
        Assert.Equal(MarginHealth.Healthy, preview.After.Health);
    }

    [Fact]
    public void Prices_move_alone_or_together_and_are_never_refused()
    {
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);

        var alone = Of(account, new SubaccountChange.PriceTo(Btc, 4_100_000_000));
        var all = Of(account, new SubaccountChange.PriceBy(null, new Ppm(-100_000)));
        var one = Of(account, new SubaccountChange.PriceBy(Btc, new Ppm(100_000)));

        Assert.True(alone.IsAllowed);
        Assert.Equal(MarginHealth.Liquidatable, alone.After.Health);
        Assert.Equal(SubaccountRule.InitialMargin, alone.Tightest!.Rule);
        Assert.Contains(
            alone.Constraints,
            c => c is { Rule: SubaccountRule.MaintenanceMargin, IsSatisfied: false, IsRefusal: false });
        Assert.All(all.Markets.Values, market => Assert.Equal(
            Markets()[market.Id].OraclePrice * 9 / 10, market.OraclePrice));
        Assert.Equal(5_500_000_000, one.Markets[Btc].OraclePrice);
        Assert.Equal(
            Markets()[SampleMarkets.Eth.Id].OraclePrice, one.Markets[SampleMarkets.Eth.Id].OraclePrice);
    }

    [Fact]
    public void Markets_without_a_price_yet_stay_so_when_all_prices_move()
    {
        var markets = Markets();
        markets[Alone] = markets[Btc] with { Id = Alone, OraclePrice = 0 };
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);

        var preview = Of(account, markets, new SubaccountChange.PriceBy(null, new Ppm(-100_000)));

        Assert.Equal(BigInteger.Zero, preview.Markets[Alone].OraclePrice);
        Assert.Equal(4_500_000_000, preview.Markets[Btc].OraclePrice);
        Assert.False(SubaccountPreview.Apply(
            account, markets, [new SubaccountChange.PriceBy(Alone, new Ppm(1))]).TryGet(out _, out _));
        markets.Remove(Btc);
        markets.Remove(SampleMarkets.Eth.Id);
        Assert.False(SubaccountPreview.Apply(
            new Subaccount(), markets, [new SubaccountChange.PriceBy(null, new Ppm(-1_000_000))])
            .TryGet(out _, out _));
    }

    [Theory]
    [InlineData(50_000, 10_000, MarginHealth.Healthy)]
    [InlineData(50_000, 2_999, MarginHealth.Warning)]
    [InlineData(50_000, 1_875, MarginHealth.Warning)]
    [InlineData(50_000, 1_874, MarginHealth.Danger)]
    [InlineData(50_000, 1_500, MarginHealth.Danger)]
    [InlineData(50_000, 1_499, MarginHealth.Liquidatable)]
    public void Health_has_the_steps_of_the_account_and_equal_is_not_liquidatable(
        int notional, int collateral, MarginHealth health)
    {
        var account = Holding(OneBtc, Usdc(collateral) - Usdc(notional));

        Assert.Equal(health, Of(account).Before.Health);
        Assert.Equal(MarginHealth.Healthy, Of(new Subaccount { Usdc = -5 }).Before.Health);
    }

    [Fact]
    public void A_withdrawal_leaves_the_initial_margin_and_waits_while_the_chain_holds_back()
    {
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);

        var most = Of(account, new SubaccountChange.Withdrawal(Usdc(7_500)));
        var more = Of(account, new SubaccountChange.Withdrawal(Usdc(7_500) + 1));
        var blocked = Of(account, new SubaccountChange.Withdrawal(1) { AreBlocked = true });

        Assert.True(most.IsAllowed);
        Assert.Equal(BigInteger.Zero, most.Tightest!.Headroom);
        Assert.EndsWith(
            "deposit at least 0.000001 first.", Assert.Single(more.Refusals).Refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal("withdrawals-and-transfers-blocked", Assert.Single(blocked.Refusals).Refusal.Code);
        Assert.Equal(SubaccountRule.WithdrawalsOpen, blocked.Tightest!.Rule);
        Assert.True(Of(account, new SubaccountChange.Deposit(1)).IsAllowed);
    }

    [Fact]
    public void A_chosen_leverage_is_held_against_the_market_and_the_collateral()
    {
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);

        var chosen = Of(account, new SubaccountChange.LeverageChoice(Btc, new Ppm(200_000)));
        var tooMuch = Of(account, new SubaccountChange.LeverageChoice(Btc, new Ppm(200_001)));
        var tooHigh = Of(account, new SubaccountChange.LeverageChoice(Btc, new Ppm(49_999)));

        Assert.Equal(new SubaccountRisk(0, Usdc(7_500), 0), chosen.Delta);
        Assert.True(chosen.IsAllowed);
        Assert.Equal(BigInteger.Zero, chosen.Tightest!.Headroom);
        Assert.Equal("leverage-violates-margin-requirements", Assert.Single(tooMuch.Refusals).Refusal.Code);
        Assert.Equal("leverage-exceeds-maximum", Assert.Single(tooHigh.Refusals).Refusal.Code);
        Assert.Equal(SubaccountRule.LeastFraction, tooHigh.Tightest!.Rule);
        Assert.Equal(
            "invalid-leverage", Fault(account, new SubaccountChange.LeverageChoice(Btc, default)).Error.Code);
    }

    [Fact]
    public void Other_margin_rules_show_what_they_do()
    {
        var account = Holding(OneBtc, Usdc(10_000) - FiftyThousand);
        var tier = Markets()[Btc].LiquidityTier with { InitialMarginPpm = new Ppm(100_000) };

        var preview = Of(account, new SubaccountChange.TierChange(Btc, tier));

        Assert.Equal(new SubaccountRisk(0, Usdc(2_500), Usdc(1_500)), preview.Delta);
        Assert.True(preview.IsAllowed);
    }

    [Fact]
    public void An_isolated_market_beside_another_is_refused()
    {
        var markets = Markets();
        markets[Alone] = markets[Btc] with { Id = Alone, MarketType = MarketType.Isolated };

        var preview = Of(
            Holding(OneBtc, 0), markets, new SubaccountChange.Fill(Alone, 1, 5));

        Assert.Equal(
            "violates-isolated-subaccount-constraints", Assert.Single(preview.Refusals).Refusal.Code);
        Assert.Equal(SubaccountRule.Isolation, preview.Tightest!.Rule);
    }

    [Fact]
    public void Changes_without_meaning_are_faults_with_their_place()
    {
        var account = new Subaccount { Usdc = Usdc(1) };
        SubaccountChange[] bad =
        [
            Buy(0, 1), Buy(1, -1), new SubaccountChange.Deposit(0), new SubaccountChange.Withdrawal(-1),
            new SubaccountChange.PriceTo(Btc, 0), new SubaccountChange.PriceBy(null, new Ppm(-1_000_000)),
            new SubaccountChange.OpenInterestTo(Btc, -1),
        ];
        SubaccountChange[] unknown =
        [
            new SubaccountChange.Fill(Alone, 1, 1), new SubaccountChange.PriceTo(Alone, 1),
            new SubaccountChange.PriceBy(Alone, default),
            new SubaccountChange.LeverageChoice(Alone, new Ppm(1)),
        ];

        Assert.All(bad, change => Assert.Equal(
            (2, "invalid-change"), Summary(Fault(account, new SubaccountChange.Deposit(1), change))));
        Assert.All(unknown, change => Assert.Equal(
            (1, "perpetual-does-not-exist"), Summary(Fault(account, change))));
        var stranger = new Subaccount().With(new PerpetualPosition(Alone, 1, 0, 0));
        Assert.Equal((0, "perpetual-does-not-exist"), Summary(Fault(stranger)));
    }

    private static (int Change, string Code) Summary(SubaccountPreviewFault fault) =>
        (fault.Change, fault.Error.Code);

    private static BigInteger Usdc(long amount) => (BigInteger)amount * QuoteQuantums.PerUsd;

    private static SubaccountChange.Fill Buy(BigInteger quantums, BigInteger worth) =>
        new(Btc, quantums, worth);

    private static SubaccountChange.Fill Sell(BigInteger quantums, BigInteger worth) =>
        new(Btc, -quantums, worth);

    private static Subaccount Holding(BigInteger quantums, BigInteger usdc) =>
        new Subaccount { Usdc = usdc }.With(new PerpetualPosition(Btc, quantums, 0, 0));

    private static Dictionary<MarketId, Perpetual> Markets() => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0),
        [SampleMarkets.Eth.Id] = Perpetual.Of(SampleMarkets.Eth, 2_000_000_000, 0),
    };

    private static Dictionary<MarketId, Perpetual> Growing(BigInteger openInterest)
    {
        var markets = Markets();
        markets[Btc] = Perpetual.Of(
            SampleMarkets.Btc with
            {
                OpenInterestLowerCap = new((Int128)Usdc(50_000)),
                OpenInterestUpperCap = new((Int128)Usdc(150_000)),
            },
            5_000_000_000, openInterest);
        return markets;
    }

    private static SubaccountPreview Of(Subaccount account, params IReadOnlyList<SubaccountChange> changes) =>
        Of(account, Markets(), changes);

    private static SubaccountPreview Of(
        Subaccount account, Dictionary<MarketId, Perpetual> markets,
        params IReadOnlyList<SubaccountChange> changes)
    {
        Assert.True(
            SubaccountPreview.Apply(account, markets, changes).TryGet(out var preview, out var fault),
            fault?.Error.Message);
        return preview;
    }

    private static SubaccountPreviewFault Fault(
        Subaccount account, params IReadOnlyList<SubaccountChange> changes)
    {
        Assert.False(SubaccountPreview.Apply(account, Markets(), changes).TryGet(out _, out var fault));
        return fault;
    }
}
