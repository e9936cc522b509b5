using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Preview;

[Trait("Req", "MAR-8")]
public sealed class OtherChangeTests
{
    private static readonly TieredAccount Both = Previews.Account(
        20_000m,
        [
            Previews.Setting(Previews.Btc, 50_000m, 20m),
            Previews.Setting(Previews.Eth, 2_000m, 10m, MarginMode.Isolated),
        ],
        new HeldPosition(Previews.BtcNet, 4m, 50_000m),
        new HeldPosition(Previews.EthNet, -10m, 2_000m, 2_000m));

    [Fact]
    public void A_price_moves_alone_or_all_together()
    {
        var alone = Previews.Of(Both, new AccountChange.PriceTo(Previews.Btc, 51_000m)).After;
        var one = Previews.Of(Both, new AccountChange.PriceBy(Previews.Eth, 0.1m)).After;
        var all = Previews.Of(Both, new AccountChange.PriceBy(null, -0.1m)).After;

        Assert.Equal((51_000m, 2_000m), Marks(alone));
        Assert.Equal((50_000m, 2_200m), Marks(one));
        Assert.Equal((45_000m, 1_800m), Marks(all));
        Assert.Equal(-20_000m, all.CrossUnrealizedPnl);
        Assert.Equal(4_000m, all.Find(Previews.EthNet)!.Margin.MarginBalance);
    }

    [Fact]
    public void A_price_is_not_refused_but_what_it_liquidates_is_told()
    {
        var preview = Previews.Of(
            Both, new AccountChange.PriceBy(null, -0.05m), new AccountChange.PriceBy(null, -0.06m));

        Assert.True(preview.IsAllowed);
        Assert.Equal((2, MarginConstraint.CrossWallet), (
            preview.FirstLiquidation!.Change, preview.FirstLiquidation.Of));
        Assert.Equal(preview.FirstLiquidation, preview.Tightest);
        Assert.Equal(MarginHealth.Liquidatable, preview.After.Health);
        Assert.Equal(MarginHealth.Healthy, preview.After.Find(Previews.EthNet)!.Health);
    }

    [Fact]
    public void Where_balance_equals_maintenance_it_is_liquidated_already()
    {
        var move = new AccountChange.PriceTo(Previews.Btc, 49_950m);

        var above = Previews.Of(Previews.BtcAccount(1_150m, 4m), move).After;
        var equal = Previews.Of(Previews.BtcAccount(1_149m, 4m), move).After;

        Assert.Equal(
            (949m, 950m, MarginHealth.Danger), (above.Maintenance, above.CrossBalance, above.Health));
        Assert.Equal((949m, 949m), (equal.Maintenance, equal.CrossBalance));
        Assert.Equal((1m, MarginHealth.Liquidatable), (equal.CrossRatio, equal.Health));
    }

    [Fact]
    public void A_price_that_cannot_be_is_a_fault()
    {
        Assert.Equal("not-positive", Previews.Fault(Both, new AccountChange.PriceBy(null, -1m)).Fault.Code);
        Assert.Equal("not-positive", Previews.Fault(
            Both, new AccountChange.PriceBy(null, decimal.MinValue)).Fault.Code);
        Assert.Equal("beyond-range", Previews.Fault(Both, new AccountChange.PriceBy(null, 1e7m)).Fault.Code);
        Assert.Equal(
            "not-positive", Previews.Fault(Both, new AccountChange.PriceTo(Previews.Btc, 0m)).Fault.Code);
        Assert.Equal("no-setting", Previews.Fault(Both, new AccountChange.PriceTo("X", 1m)).Fault.Code);
        Assert.Equal("no-setting", Previews.Fault(Both, new AccountChange.PriceBy("X", 1m)).Fault.Code);
    }

    [Fact]
    public void A_deposit_moves_the_liquidation_price_of_cross_positions_only()
    {
        var delta = Previews.Of(Both, new AccountChange.Deposit(1_000m)).Delta;

        Assert.Equal((1_000m, 1_000m), (delta.Available, delta.Equity));
        Assert.True(delta.Positions[0].LiquidationPrice < 0m);
        Assert.Equal(0m, delta.Positions[1].LiquidationPrice);
        Assert.Equal("not-positive", Previews.Fault(Both, new AccountChange.Deposit(0m)).Fault.Code);
    }

    [Fact]
    public void No_more_is_withdrawn_than_positions_leave_and_profit_stays()
    {
        var gained = Previews.Of(Both, new AccountChange.PriceTo(Previews.Btc, 52_000m)).After;
        var lost = Previews.Of(Both, new AccountChange.PriceTo(Previews.Btc, 49_000m)).After;

        Assert.Equal(
            (20_000m + 8_000m - 10_400m, 20_000m - 10_400m), (gained.Available, gained.Withdrawable));
        Assert.Equal(lost.Available, lost.Withdrawable);
        Assert.Equal(20_000m - 4_000m - 9_800m, lost.Withdrawable);
        Assert.True(Previews.Of(gained.Account, new AccountChange.Withdrawal(9_600m)).IsAllowed);
        var refused = Previews.Of(gained.Account, new AccountChange.Withdrawal(9_600.01m));
        var refusal = Previews.Refused<ChangeRefusal.WithdrawalTooLarge>(refused);
        Assert.Equal((9_600.01m, 9_600m), (refusal.Amount, refusal.Most));
        Assert.Equal(-0.01m, refused.Tightest!.Headroom);
        Assert.Equal("not-positive", Previews.Fault(Both, new AccountChange.Withdrawal(-1m)).Fault.Code);
    }

    [Fact]
    public void Isolated_margin_is_added_from_what_is_available_and_taken_down_to_the_initial_margin()
    {
        var added = Previews.Of(Both, new AccountChange.IsolatedTransfer(Previews.EthNet, 500m));
        var taken = Previews.Of(
            added.After.Account, new AccountChange.IsolatedTransfer(Previews.EthNet, -500m));
        var tooMuch = Previews.Of(
            added.After.Account, new AccountChange.IsolatedTransfer(Previews.EthNet, -501m));

        Assert.Equal(2_500m, added.After.Find(Previews.EthNet)!.Position.IsolatedWallet);
        Assert.Equal(19_500m, added.After.Account.CrossWallet);
        Assert.True(added.Delta.Positions[1].LiquidationPrice > 0m);
        Assert.Equal(Both, taken.After.Account);
        Assert.True(taken.IsAllowed);
        Assert.Equal(500m, Previews.Refused<ChangeRefusal.IsolatedMarginNeeded>(tooMuch).Most);
        Assert.Equal("transfer-too-large", Assert.Single(Previews.Of(
            Both, new AccountChange.IsolatedTransfer(Previews.EthNet, 10_001m)).Refusals).Refusal.Code);
        Previews.Refused<ChangeRefusal.NotIsolated>(
            Previews.Of(Both, new AccountChange.IsolatedTransfer(Previews.BtcNet, 1m)));
        Assert.Equal(
            "not-positive",
            Previews.Fault(Both, new AccountChange.IsolatedTransfer(Previews.EthNet, 0m)).Fault.Code);
    }

    [Fact]
    public void Adding_margin_to_a_position_that_is_nearly_lost_is_never_refused_for_that()
    {
        var lost = Previews.Of(Both, new AccountChange.PriceTo(Previews.Eth, 2_300m)).After.Account;

        var preview = Previews.Of(lost, new AccountChange.IsolatedTransfer(Previews.EthNet, 500m));

        Assert.Equal(MarginHealth.Liquidatable, preview.After.Find(Previews.EthNet)!.Health);
        Assert.True(preview.IsAllowed);
    }

    [Fact]
    public void Moving_margin_out_of_the_cross_wallet_must_not_liquidate_it()
    {
        // 4 % of 200,000 are needed now; at 100x only 2,000 are tied up.
        var stricter = new TierBook([
            ClassicTiers.Made("BTCUSDT", (1_000_000m, 0.04m, 20m)), ClassicTiers.Eth,
        ]);
        var account = WithEth(10_000m, Previews.Setting(Previews.Btc, 50_000m, 100m), 4m, 50_000m, 2_000m);
        var move = new AccountChange.IsolatedTransfer(Previews.EthNet, 5_000m);

        Assert.True(
            MarginPreview.Apply(account, stricter, [move]).TryGet(out var preview, out var fault),
            fault?.Fault.Message);

        Assert.Equal(
            new ChangeRefusal.LiquidatedAfter(MarginConstraint.CrossWallet, 8_000m, 5_000m),
            Assert.Single(preview.Refusals).Refusal);
    }

    [Fact]
    public void Profit_that_is_not_realised_does_not_move_into_isolated_margin()
    {
        var account = WithEth(100m, Previews.Setting(Previews.Btc, 50_000m, 20m), 1m, 40_000m, 2_000m);

        var preview = Previews.Of(account, new AccountChange.IsolatedTransfer(Previews.EthNet, 5_000m));

        Assert.Equal(7_600m, preview.Before.Available);
        Assert.Equal("transfer-too-large", Assert.Single(preview.Refusals).Refusal.Code);
        Assert.Equal(ConstraintKind.Withdrawable, preview.Tightest!.Kind);
        Assert.Equal(-2_400m - 5_000m, preview.Tightest.Headroom);
    }

    [Fact]
    public void Taking_isolated_margin_back_is_never_refused_for_the_wallet_that_gets_it()
    {
        var account = WithEth(500m, Previews.Setting(Previews.Btc, 50_000m, 20m), 4m, 50_000m, 2_500m);

        var preview = Previews.Of(account, new AccountChange.IsolatedTransfer(Previews.EthNet, -200m));

        Assert.Equal(MarginHealth.Liquidatable, preview.After.CrossHealth);
        Assert.True(preview.IsAllowed);
    }

    [Fact]
    public void A_lower_leverage_ties_up_more_and_a_higher_one_is_held_against_the_tier()
    {
        var lower = Previews.Of(Both, Leverage(10m));
        var tooLow = Previews.Of(Both, Leverage(9m));
        var tooHigh = Previews.Of(Both, Leverage(101m));

        Assert.Equal((-10_000m, 10_000m), (lower.Delta.Available, lower.Delta.Initial));
        Assert.True(lower.IsAllowed);
        Assert.Equal(0m, Previews.Constraint(lower, ConstraintKind.AvailableBalance).Headroom);
        Previews.Refused<ChangeRefusal.NotEnoughAvailable>(tooLow);
        var refusal = Previews.Refused<ChangeRefusal.LeverageAboveTier>(tooHigh);
        Assert.Equal((200_000m, new Leverage(100m)), (refusal.Notional, refusal.Most));
        Assert.Equal(0m, Previews.Of(Both, Leverage(100m)).Delta.Maintenance);
        Assert.Equal("leverage-below-one", Previews.Fault(Both, Leverage(0.5m)).Fault.Code);
        Assert.Equal("no-setting", Previews.Fault(
            Both, new AccountChange.LeverageChange("X", new Leverage(1m))).Fault.Code);
    }

    [Fact]
    public void The_leverage_of_an_isolated_position_only_rises()
    {
        var lower = Previews.Of(Both, new AccountChange.LeverageChange(Previews.Eth, new Leverage(5m)));
        var higher = Previews.Of(Both, new AccountChange.LeverageChange(Previews.Eth, new Leverage(20m)));

        Assert.Equal(new Leverage(10m), Previews.Refused<ChangeRefusal.LoweredInIsolation>(lower).From);
        Assert.Equal(Both, lower.After.Account);
        Assert.True(higher.IsAllowed);
        Assert.Equal(2_000m, higher.After.Find(Previews.EthNet)!.Position.IsolatedWallet);
        Assert.Equal(1_000m, higher.After.Find(Previews.EthNet)!.Margin.Initial);
    }

    [Fact]
    public void The_mode_changes_only_without_a_position()
    {
        var open = Previews.Of(Both, new AccountChange.ModeChange(Previews.Btc, MarginMode.Isolated));
        var same = Previews.Of(Both, new AccountChange.ModeChange(Previews.Btc, MarginMode.Cross));
        var flat = Previews.Of(
            Both, Previews.Sell(4m, 50_000m),
            new AccountChange.ModeChange(Previews.Btc, MarginMode.Isolated));

        Previews.Refused<ChangeRefusal.ModeOfOpenPosition>(open);
        Assert.True(same.IsAllowed);
        Assert.Equal(MarginMode.Isolated, flat.After.Account.Settings[Previews.Btc].Mode);
        Assert.Equal("wrong-mode", Previews.Fault(
            Previews.BtcAccount(1m, 0m),
            new AccountChange.ModeChange(Previews.Btc, MarginMode.None)).Fault.Code);
    }

    [Fact]
    public void Other_tiers_show_what_they_do_to_what_is_held()
    {
        var stricter = new TierBook([
            ClassicTiers.Made("BTCUSDT", (100_000m, 0.01m, 50m), (1_000_000m, 0.1m, 5m)), ClassicTiers.Eth,
        ]);

        var preview = Previews.Of(
            Both, new AccountChange.TierChange(stricter), Previews.Buy(0.1m, 50_000m));

        Assert.Equal(11_000m - 950m + 500m, preview.Delta.Positions[0].Maintenance);
        Assert.Equal(2, preview.Refusals.Single().Change);
        Assert.IsType<ChangeRefusal.NotionalAboveLeverage>(preview.Refusals.Single().Refusal);
        Assert.Same(stricter, preview.Book);
        var gone = Previews.Fault(Both, new AccountChange.TierChange(new TierBook([ClassicTiers.Eth])));
        Assert.Equal((1, new AccountFault.UnknownSymbol("BTCUSDT")), (gone.Change, gone.Fault));
    }

    [Fact]
    public void Without_changes_before_is_after()
    {
        var preview = Previews.Of(Both);

        Assert.Same(preview.Before, preview.After);
        Assert.Null(preview.Tightest);
        Assert.Equal(0m, preview.Delta.Maintenance);
        Assert.Equal((0, "unknown-symbol"), Summary(MarginPreview.Apply(Both, new TierBook([]), [])));
    }

    [Fact]
    public void Every_change_and_refusal_says_what_it_is()
    {
        AccountChange[] changes =
        [
            Previews.Buy(2m, 50_000m), Previews.Sell(2m, 1.50m, Previews.EthNet) with { IsReduceOnly = true },
            new AccountChange.PriceTo("A", 2.50m), new AccountChange.PriceBy("A", 0.015m),
            new AccountChange.PriceBy(null, -0.1m), new AccountChange.Deposit(5m),
            new AccountChange.Withdrawal(5m), new AccountChange.IsolatedTransfer(PositionKey.LongOf("A"), 5m),
            new AccountChange.IsolatedTransfer(PositionKey.ShortOf("A"), -5m),
            new AccountChange.LeverageChange("A", new Leverage(5m)),
            new AccountChange.ModeChange("A", MarginMode.Cross),
            new AccountChange.ModeChange("A", MarginMode.Isolated),
            new AccountChange.TierChange(Previews.Book),
        ];

        Assert.Equal(
            [
                "buy 2 BTCUSDT at 50000", "sell 2 ETHUSDT at 1.5, reduce only", "A goes to 2.5",
                "A by +1.5 %",
                "all prices by -10 %", "deposit 5", "withdraw 5", "add 5 to A long", "take 5 from A short",
                "A at 5x", "A becomes cross", "A becomes isolated", "other tiers for 3 symbols",
            ],
            changes.Select(change => change.Summary), StringComparer.Ordinal);
    }

    /// <summary>Cross BTC beside 10 ETH that are sold short in isolation.</summary>
    private static TieredAccount WithEth(
        decimal wallet, ContractSetting btc, decimal size, decimal entry, decimal isolated) =>
        Previews.Account(
            wallet, [btc, Previews.Setting(Previews.Eth, 2_000m, 10m, MarginMode.Isolated)],
            new HeldPosition(Previews.BtcNet, size, entry),
            new HeldPosition(Previews.EthNet, -10m, 2_000m, isolated));

    private static AccountChange.LeverageChange Leverage(decimal value) =>
        new(Previews.Btc, new Leverage(value));

    private static (decimal Btc, decimal Eth) Marks(AccountMargin margin) =>
        (margin.Account.Settings[Previews.Btc].MarkPrice, margin.Account.Settings[Previews.Eth].MarkPrice);

    private static (int Change, string Code) Summary(Result<MarginPreview, PreviewFault> result)
    {
        Assert.False(result.TryGet(out _, out var fault));
        return (fault.Change, fault.Fault.Code);
    }
}
