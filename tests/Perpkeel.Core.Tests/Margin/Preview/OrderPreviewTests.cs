using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Preview;

[Trait("Req", "MAR-8")]
public sealed class OrderPreviewTests
{
    private static readonly PositionKey LongLeg = PositionKey.LongOf(Previews.Btc);
    private static readonly PositionKey ShortLeg = PositionKey.ShortOf(Previews.Btc);

    [Fact]
    public void Adding_averages_the_entry_and_reducing_keeps_it()
    {
        var added = Previews.Of(Previews.BtcAccount(20_000m, 1m), Previews.Buy(3m, 52_000m)).After;
        var reduced = Previews.Of(added.Account, Previews.Sell(1m, 53_000m)).After;

        Assert.Equal((4m, 51_500m), Of(added));
        Assert.Equal((3m, 51_500m), Of(reduced));
        Assert.Equal(20_000m + 1_500m, reduced.Account.CrossWallet);
    }

    [Fact]
    public void Closing_leaves_nothing_but_the_profit_less_the_fee()
    {
        var preview = Previews.Of(
            Previews.BtcAccount(20_000m, -2m), Previews.Buy(2m, 51_000m) with { Fee = 40.8m });

        Assert.Empty(preview.After.Positions);
        Assert.Equal(20_000m - 2_000m - 40.8m, preview.After.Account.CrossWallet);
        Assert.Equal((0m, 0m), (preview.After.Maintenance, preview.After.CrossRatio));
        Assert.True(preview.IsAllowed);
        Assert.Empty(preview.Constraints);
    }

    [Fact]
    public void Turning_round_closes_first_and_opens_with_what_that_brings()
    {
        // 2 long tie up 5,000 of 5,200; what they release is what the short of 2 needs.
        var preview = Previews.Of(Previews.BtcAccount(5_200m, 2m), Previews.Sell(4m, 50_000m));

        Assert.Equal((-2m, 50_000m), Of(preview.After));
        var available = Previews.Constraint(preview, ConstraintKind.AvailableBalance);
        Assert.Equal((5_000m, 5_200m), (available.Value, available.Limit));
        Assert.True(preview.IsAllowed);
        Assert.Equal(-4m, preview.Delta.Positions.Single().Size);
    }

    [Fact]
    public void An_order_that_the_cross_wallet_cannot_cover_is_refused_with_what_is_missing()
    {
        var preview = Previews.Of(
            Previews.BtcAccount(20_000m, 4m), Previews.Buy(4m, 50_100m) with { Fee = 100m });

        var refusal = Previews.Refused<ChangeRefusal.NotEnoughAvailable>(preview);
        Assert.Equal((10_020m + 400m + 100m, 10_000m), (refusal.Needed, refusal.Available));
        Assert.EndsWith("deposit at least 520 first.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("not-enough-available", refusal.Code);
        Assert.Equal(ConstraintKind.AvailableBalance, preview.Tightest!.Kind);
        Assert.Equal(-520m, preview.Tightest.Headroom);

        // It is shown as if it went through.
        Assert.Equal(8m, preview.After.Positions.Single().Position.Size);
    }

    [Fact]
    public void Selling_below_the_mark_costs_the_open_loss_and_buying_below_it_nothing()
    {
        var sell = Previews.Of(Previews.BtcAccount(20_000m, 0m), Previews.Sell(1m, 49_000m));
        var buy = Previews.Of(Previews.BtcAccount(20_000m, 0m), Previews.Buy(1m, 49_000m));

        Assert.Equal(2_450m + 1_000m, Previews.Constraint(sell, ConstraintKind.AvailableBalance).Value);
        Assert.Equal(2_450m, Previews.Constraint(buy, ConstraintKind.AvailableBalance).Value);
    }

    [Fact]
    public void A_notional_above_what_the_leverage_allows_is_refused()
    {
        var account = Previews.BtcAccount(1_000_000m, 4m, leverage: 100m);

        var at = Previews.Of(account, Previews.Buy(1m, 50_000m));
        var above = Previews.Of(account, Previews.Buy(1.001m, 50_000m));

        Assert.True(at.IsAllowed);
        Assert.Equal(0m, Previews.Constraint(at, ConstraintKind.LeverageNotional).Headroom);
        var refusal = Previews.Refused<ChangeRefusal.NotionalAboveLeverage>(above);
        Assert.Equal(
            (250_050m, 250_000m, new Leverage(50m)), (refusal.Notional, refusal.Most, refusal.Allowed));
        Assert.EndsWith("Choose 50x or less, or order 50 less.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(-50m, Previews.Constraint(above, ConstraintKind.TierLeverage).Headroom);
        Assert.Equal(ConstraintKind.LeverageNotional, above.Tightest!.Kind);
    }

    [Fact]
    public void A_leverage_above_every_tier_allows_nothing()
    {
        var preview = Previews.Of(
            Previews.BtcAccount(1_000m, 0m, leverage: 126m), Previews.Buy(0.001m, 50_000m));

        Assert.Equal(0m, Previews.Refused<ChangeRefusal.NotionalAboveLeverage>(preview).Most);
        Assert.Null(Previews.Constraint(preview, ConstraintKind.LeverageNotional).Used);
    }

    [Fact]
    public void Beyond_the_last_cap_nothing_is_added_but_anything_is_taken_away()
    {
        var account = Previews.Account(
            900_000_000m, [Previews.Setting(Previews.Btc, 51_000m, 1m)],
            new HeldPosition(Previews.BtcNet, 10_000m, 50_000m));

        var more = Previews.Of(account, Previews.Buy(0.1m, 51_000m));
        var less = Previews.Of(account, Previews.Sell(0.1m, 51_000m));

        Assert.True(more.Before.Positions.Single().Margin.IsBeyondLastCap);
        var refusals = more.Refusals.Select(refusal => refusal.Refusal.Code);
        Assert.Equal(["beyond-last-cap", "notional-above-leverage"], refusals, StringComparer.Ordinal);
        Assert.Contains(
            "the tiers end at 500000000", more.Refusals[0].Refusal.Message, StringComparison.Ordinal);
        Assert.True(less.IsAllowed);
    }

    [Fact]
    public void An_order_after_which_it_would_be_liquidated_is_refused()
    {
        // A sale far below the mark: the wallet just covers margin at that price and the open loss.
        var preview = Previews.Of(
            Previews.BtcAccount(19_603.2m, 0m, leverage: 125m), Previews.Sell(0.4m, 1_000m));

        Assert.Equal(0m, Previews.Constraint(preview, ConstraintKind.AvailableBalance).Headroom);
        var refusal = Previews.Refused<ChangeRefusal.LiquidatedAfter>(preview);
        Assert.Equal(
            (MarginConstraint.CrossWallet, 80m, 3.2m), (refusal.Of, refusal.Maintenance, refusal.Balance));
        Assert.Equal("liquidated-after", refusal.Code);
        Assert.Equal(ConstraintKind.Maintenance, preview.Tightest!.Kind);
    }

    [Fact]
    public void Reduce_only_never_turns_a_position_round()
    {
        var account = Previews.BtcAccount(20_000m, 2m);

        var closed = Previews.Of(account, Previews.Sell(5m, 50_000m) with { IsReduceOnly = true });
        var wrong = Previews.Of(account, Previews.Buy(1m, 50_000m) with { IsReduceOnly = true });
        var none = Previews.Of(
            Previews.BtcAccount(20_000m, 0m), Previews.Buy(1m, 50_000m) with { IsReduceOnly = true });

        Assert.Empty(closed.After.Positions);
        Assert.True(closed.IsAllowed);
        Assert.Equal(account, wrong.After.Account);
        Assert.Equal("nothing-to-reduce", Previews.Refused<ChangeRefusal.NothingToReduce>(wrong).Code);
        Previews.Refused<ChangeRefusal.NothingToReduce>(none);
    }

    [Fact]
    public void Legs_of_hedge_mode_open_and_close_each_on_its_own_and_count_together()
    {
        var account = Previews.Account(
            40_000m, [Previews.Setting(Previews.Btc, 50_000m, 100m)],
            new HeldPosition(LongLeg, 3m, 50_000m), new HeldPosition(ShortLeg, -1m, 50_000m));

        var more = Previews.Of(account, Previews.Sell(2m, 50_000m, ShortLeg));
        var less = Previews.Of(account, Previews.Buy(1m, 50_000m, ShortLeg));

        Assert.Equal(300_000m, Previews.Refused<ChangeRefusal.NotionalAboveLeverage>(more).Notional);
        Assert.Equal([LongLeg], less.After.Positions.Select(held => held.Key));
        Assert.NotNull(more.Before.Find(LongLeg)!.Hedge);
        Assert.Null(less.After.Find(LongLeg)!.Hedge);
        Assert.Null(less.Delta.Positions.Single(delta => delta.Key == ShortLeg).After);
    }

    [Fact]
    public void A_leg_of_hedge_mode_is_never_turned_round()
    {
        var account = Previews.Account(
            40_000m, [Previews.Setting(Previews.Btc, 50_000m, 10m)], new HeldPosition(LongLeg, 1m, 50_000m));

        var tooMuch = Previews.Of(account, Previews.Sell(1.5m, 50_000m, LongLeg));
        var nothing = Previews.Of(account, Previews.Buy(1m, 50_000m, ShortLeg));

        var refusal = Previews.Refused<ChangeRefusal.MoreThanHeld>(tooMuch);
        Assert.Equal((1.5m, 1m), (refusal.Size, refusal.Held));
        Assert.Equal(account, tooMuch.After.Account);
        Previews.Refused<ChangeRefusal.NothingToReduce>(nothing);
        Assert.Equal("mixed-modes", Previews.Fault(account, Previews.Buy(1m, 50_000m)).Fault.Code);
    }

    [Fact]
    public void Opening_isolated_sets_initial_margin_aside_and_reducing_gives_it_back_in_proportion()
    {
        var account = Previews.BtcAccount(20_000m, 0m, leverage: 10m, MarginMode.Isolated);

        var opened = Previews.Of(account, Previews.Buy(2m, 49_000m) with { Fee = 50m }).After;
        var reduced = Previews.Of(opened.Account, Previews.Sell(0.5m, 51_000m) with { Fee = 10m }).After;
        var closed = Previews.Of(reduced.Account, Previews.Sell(1.5m, 51_000m)).After;

        Assert.Equal((9_800m, 10_150m), (Wallet(opened), opened.Account.CrossWallet));
        Assert.Equal(10_150m, opened.Available);
        Assert.Equal(
            (7_350m, 10_150m + 2_450m + 1_000m - 10m), (Wallet(reduced), reduced.Account.CrossWallet));
        Assert.Equal(20_000m + 4_000m - 60m, closed.Account.CrossWallet);
        Assert.Equal(closed.Account.CrossWallet, closed.Equity);
    }

    [Fact]
    public void A_cross_position_is_judged_beside_the_others()
    {
        var account = Previews.Account(
            10_000m,
            [Previews.Setting(Previews.Btc, 50_000m, 20m), Previews.Setting(Previews.Eth, 1_900m, 20m)],
            new HeldPosition(Previews.EthNet, 20m, 2_000m));

        var preview = Previews.Of(account, Previews.Buy(1m, 50_000m));

        var eth = preview.After.Find(Previews.EthNet)!.Margin;
        var btc = preview.After.Find(Previews.BtcNet)!.Margin;
        Assert.Equal(10_000m - 2_000m, eth.MarginBalance);
        Assert.Equal(eth.TotalMaintenance, btc.TotalMaintenance);
        Assert.Equal((200m, 232m), (btc.Maintenance, eth.Maintenance));
        Assert.True(eth.LiquidationPrice > preview.Before.Find(Previews.EthNet)!.Margin.LiquidationPrice);
    }

    [Theory]
    [InlineData(0, 50_000, "not-positive")]
    [InlineData(1, 0, "not-positive")]
    [InlineData(2_000_000_000_000_000, 50_000, "beyond-range")]
    [InlineData(1, 2_000_000_000_000, "beyond-range")]
    public void Numbers_out_of_range_are_faults_of_their_change(long size, long price, string code)
    {
        var fault = Previews.Fault(
            Previews.BtcAccount(20_000m, 1m), new AccountChange.Deposit(1m), Previews.Buy(size, price));

        Assert.Equal((2, code), (fault.Change, fault.Fault.Code));
    }

    [Fact]
    public void An_unknown_symbol_a_missing_setting_and_no_side_are_faults()
    {
        var account = Previews.Account(
            1_000m, [Previews.Setting("XUSDT", 1m, 1m), Previews.Setting(Previews.Btc, 50_000m, 20m)]);

        var unknown = Previews.Fault(account, Previews.Buy(1m, 1m, PositionKey.NetOf("XUSDT"))).Fault;
        var missing = Previews.Fault(account, Previews.Buy(1m, 1m, PositionKey.NetOf("YUSDT"))).Fault;
        var noSide = Previews.Fault(account, Previews.Buy(1m, 1m) with { Side = Side.None }).Fault;
        var noLeg = Previews.Fault(
            account, Previews.Buy(1m, 1m, default(PositionKey) with { Symbol = "B" })).Fault;

        Assert.Equal(new AccountFault.UnknownSymbol("XUSDT"), unknown);
        Assert.Contains("XUSDT", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(new AccountFault.NoSetting("YUSDT"), missing);
        Assert.Equal("no-side", noSide.Code);
        Assert.Equal("wrong-leg", noLeg.Code);
    }

    private static (decimal Size, decimal Entry) Of(AccountMargin margin)
    {
        var position = margin.Positions.Single().Position;
        return (position.Size, position.EntryPrice);
    }

    private static decimal Wallet(AccountMargin margin) => margin.Positions.Single().Position.IsolatedWallet;
}
