using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Tests.Margin.Preview;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

public sealed class TieredAccountTests
{
    private static readonly ContractSetting Btc = Previews.Setting(Previews.Btc, 50_000m, 20m);

    [Fact]
    [Trait("Req", "MAR-8")]
    public void What_is_no_account_is_told_with_its_mend()
    {
        var key = Previews.BtcNet;
        var leg = PositionKey.LongOf(Previews.Btc);

        Assert.Equal("no-setting", Fault([], new HeldPosition(key, 1m, 1m)).Code);
        Assert.Equal("given-twice", Fault([Btc, Btc]).Code);
        Assert.Equal("given-twice", Fault([Btc], new(key, 1m, 1m), new(key, 2m, 1m)).Code);
        Assert.Equal("mixed-modes", Fault([Btc], new(key, 1m, 1m), new(leg, 1m, 1m)).Code);
        Assert.Equal("wrong-leg", Fault([Btc], new HeldPosition(leg, -1m, 1m)).Code);
        Assert.Equal(
            "wrong-leg", Fault([Btc], new HeldPosition(PositionKey.ShortOf(Previews.Btc), 1m, 1m)).Code);
        Assert.Equal(
            "wrong-leg", Fault([Btc], new HeldPosition(new(Previews.Btc, PositionLeg.None), 1m, 1m)).Code);
        Assert.Equal("wrong-mode", Fault([Btc], new HeldPosition(key, 1m, 1m, 5m)).Code);
        Assert.Equal("wrong-mode", Fault([Btc with { Mode = MarginMode.None }]).Code);
        Assert.Equal("no-size", Fault([Btc], new HeldPosition(key, 0m, 1m)).Code);
        Assert.Equal("not-positive", Fault([Btc], new HeldPosition(key, 1m, 0m)).Code);
        Assert.Equal("not-positive", Fault([Btc with { MarkPrice = 0m }]).Code);
        Assert.Equal("leverage-below-one", Fault([Btc with { Leverage = new Leverage(0.5m) }]).Code);
        Assert.Equal("beyond-range", Fault([Btc], new HeldPosition(key, 1e15m, 1e12m)).Code);
        Assert.Equal(
            "beyond-range", Fault([Btc with { MarkPrice = 1e12m }], new HeldPosition(key, 1e9m, 1m)).Code);
        Assert.All(
            [Fault([]), Fault([Btc, Btc]), Fault([Btc with { MarkPrice = -1m }])],
            fault => Assert.EndsWith(".", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Wallets_out_of_range_are_refused()
    {
        Assert.False(TieredAccount.Create("USDT", 1e21m, [], []).TryGet(out _, out var wallet));
        Assert.False(TieredAccount.Create("USDT", 0m, [], [], -1m).TryGet(out _, out var orders));
        Assert.False(TieredAccount.Create("USDT", 0m, [], [], 1e21m).TryGet(out _, out var tooMany));

        Assert.Equal(
            ["beyond-range", "negative", "beyond-range"],
            new[] { wallet!, orders!, tooMany! }.Select(fault => fault.Code), StringComparer.Ordinal);
        Assert.StartsWith("USDT: The cross wallet is", wallet!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void A_symbol_without_tiers_is_named()
    {
        var account = Previews.Account(
            1m, [Previews.Setting("btcusdt", 1m, 1m)],
            new HeldPosition(PositionKey.NetOf("btcusdt"), 1m, 1m));

        Assert.False(AccountEvaluation.Of(account, Previews.Book).TryGet(out _, out var fault));

        Assert.Equal(new AccountFault.UnknownSymbol("btcusdt"), fault);
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Cross_positions_share_the_wallet_and_isolated_ones_do_not()
    {
        var account = Previews.Account(
            10_000m,
            [
                Btc, Previews.Setting(Previews.Eth, 2_100m, 10m),
                Previews.Setting("币安人生USDT", 0.001m, 5m, MarginMode.Isolated),
            ],
            new(Previews.BtcNet, 1m, 49_000m), new(Previews.EthNet, -10m, 2_000m),
            new(PositionKey.NetOf("币安人生USDT"), 1_000_000m, 0.0012m, 300m));

        var margin = Previews.Margin(account);

        Assert.Equal((1_000m - 1_000m, 10_000m), (margin.CrossUnrealizedPnl, margin.CrossBalance));
        Assert.Equal(200m + 50m + (11_000m * 0.0065m), margin.CrossMaintenance);
        Assert.Equal(2_500m + 2_100m, margin.CrossInitial);
        Assert.Equal((5_400m, 4_400m + 1_000m), (margin.Available, margin.Withdrawable));
        Assert.Equal(321.5m + 33.33m, margin.Maintenance);
        Assert.Equal(50_000m + 21_000m + 1_000m, margin.Notional);
        Assert.Equal(10_000m + 100m, margin.Equity);
        Assert.Equal(72_000m / 10_100m, margin.Leverage);
        Assert.Equal(margin.CrossMaintenance / 10_000m, margin.CrossRatio);
        Assert.Equal(100m, margin.Positions[^1].Margin.MarginBalance);
        Assert.Equal(MarginHealth.Healthy, margin.Health);
        Assert.Null(margin.Find(PositionKey.NetOf("X")));
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Both_legs_on_one_wallet_have_the_two_prices_of_a_hedge()
    {
        // The worked example of the two-sided interval: 0.625 long, 0.46875 short at 100,000.
        var account = Previews.Account(
            4_806.25m, [Previews.Setting(Previews.Btc, 100_000m, 20m)],
            new(PositionKey.LongOf(Previews.Btc), 0.625m, 101_562.5m),
            new(PositionKey.ShortOf(Previews.Btc), -0.46875m, 93_750m));

        var margin = Previews.Margin(account);

        var hedge = margin.Positions[0].Hedge!.Value;
        Assert.Equal(97_024.79338842m, decimal.Round(hedge.Lower!.Value.Price, 8, MidpointRounding.ToZero));
        Assert.Equal(426_819_200m, hedge.Upper!.Value.Price);
        Assert.Equal(hedge, margin.Positions[1].Hedge);
        Assert.Equal(hedge.Lower.Value.Price, margin.Positions[1].LiquidationPrice);
        Assert.NotEqual(hedge.Lower.Value.Price, margin.Positions[0].Margin.LiquidationPrice);
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Isolated_legs_stand_alone_even_side_by_side()
    {
        var account = Previews.Account(
            0m, [Btc with { Mode = MarginMode.Isolated }],
            new(PositionKey.LongOf(Previews.Btc), 1m, 50_000m, 2_500m),
            new(PositionKey.ShortOf(Previews.Btc), -1m, 50_000m, 2_500m));

        var margin = Previews.Margin(account);

        Assert.All(margin.Positions, held => Assert.Null(held.Hedge));
        Assert.True(margin.Positions[0].LiquidationPrice < 50_000m);
        Assert.True(margin.Positions[1].LiquidationPrice > 50_000m);
        Assert.Equal((0m, 0m), (margin.CrossRatio, margin.Available));
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Margin_of_open_orders_is_not_available()
    {
        Assert.True(TieredAccount.Create("USDT", 100m, [], [], 30m).TryGet(out var account, out _));

        Assert.Equal((70m, 70m), (Previews.Margin(account).Available, Previews.Margin(account).Withdrawable));
        Assert.Null(Previews.Margin(Previews.Account(0m, [])).Leverage);
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void A_balance_of_nothing_has_an_infinite_ratio()
    {
        var margin = Previews.Margin(Previews.BtcAccount(-100m, 1m));

        Assert.Null(margin.CrossRatio);
        Assert.Equal(-100m - 2_500m, margin.Available);
        Assert.Equal(MarginHealth.Liquidatable, margin.Health);
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Accounts_are_equal_by_what_is_in_them()
    {
        var account = Previews.BtcAccount(100m, 1m);

        Assert.Equal(account, Previews.BtcAccount(100m, 1m));
        Assert.Equal(account.GetHashCode(), Previews.BtcAccount(100m, 1m).GetHashCode());
        Assert.NotEqual(account, Previews.BtcAccount(100m, 2m));
        Assert.NotEqual(account, Previews.BtcAccount(101m, 1m));
        Assert.False(account.Equals(null));
        Assert.False(account.IsHedged);
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Names_of_positions_are_in_the_order_of_letters_then_long_before_short()
    {
        var (first, second) = (PositionKey.LongOf("A"), PositionKey.ShortOf("A"));

        Assert.Equal(
            [first, second, PositionKey.NetOf("B")], new[] { PositionKey.NetOf("B"), second, first }.Order());
        Assert.True(first < second && first <= second && second > first && second >= first);
        Assert.Equal("A long, A short, B", string.Join(", ", first, second, PositionKey.NetOf("B")));
    }

    [Fact]
    [Trait("Req", "MAR-8")]
    public void Sums_beyond_what_a_decimal_holds_are_rounded_once()
    {
        var book = new TierBook([ClassicTiers.Made(Previews.Btc, (1e19m, 0.004m, 125m))]);
        var leg = PositionKey.LongOf(Previews.Btc);
        var account = Previews.Account(
            0.000_000_000_000_1m, [Previews.Setting(Previews.Btc, 999_999_999.999m, 3m)],
            new(leg, 123_456_789.123_456_789m, 0.000_000_1m),
            new(leg with { Leg = PositionLeg.ShortSide }, -0.000_000_000_000_1m, 1m));

        var margin = Previews.Margin(account, book);

        var exact = Ratio.Of(123_456_789.123_456_889_000_1m - 0.000_000_1m) * Ratio.Of(999_999_999.999m);
        Assert.Equal(decimal.Round(exact.RoundToNearest(), 5), decimal.Round(margin.Notional, 5));
    }

    [Theory]
    [Trait("Req", "LEV-1")]
    [InlineData(0, -5, MarginHealth.Healthy)]
    [InlineData(100, 100, MarginHealth.Liquidatable)]
    [InlineData(100, 101, MarginHealth.Danger)]
    [InlineData(100, 124, MarginHealth.Danger)]
    [InlineData(100, 125, MarginHealth.Warning)]
    [InlineData(100, 199, MarginHealth.Warning)]
    [InlineData(100, 200, MarginHealth.Healthy)]
    [InlineData(100, -1, MarginHealth.Liquidatable)]
    public void Health_is_how_often_the_balance_covers_the_maintenance(
        int maintenance, int balance, MarginHealth health)
    {
        var info = TieredHealth.LeverageOf(
            new Leverage(20m), balance, 4_000m, maintenance, DateTimeOffset.UnixEpoch);

        Assert.Equal(health, TieredHealth.Of(maintenance, balance));
        Assert.Equal(health, info.Health);
    }

    [Fact]
    [Trait("Req", "LEV-1")]
    public void The_worst_wallet_is_the_accounts_health()
    {
        var account = Previews.Account(
            50_000m, [Btc, Previews.Setting(Previews.Eth, 2_000m, 25m, MarginMode.Isolated)],
            new(Previews.BtcNet, 1m, 50_000m), new(Previews.EthNet, 1m, 2_000m, 11m));

        var margin = Previews.Margin(account);

        Assert.Equal(MarginHealth.Healthy, margin.CrossHealth);
        Assert.Equal(MarginHealth.Danger, margin.Health);
    }

    private static AccountFault Fault(
        IEnumerable<ContractSetting> settings, params IEnumerable<HeldPosition> positions)
    {
        var wallet = positions.Any() || settings.Any() ? 0m : 1e21m;
        Assert.False(TieredAccount.Create("USDT", wallet, settings, positions).TryGet(out _, out var fault));
        return fault;
    }
}
