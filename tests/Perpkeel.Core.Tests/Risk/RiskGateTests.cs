using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

[Trait("Req", "RSK-2")]
[Trait("Req", "RSK-4")]
public sealed class RiskGateTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly RiskLimits Limits = new();

    /// <summary>0.1 BTC with a limit of 50,000 beside an oracle price of 50,000: worth 5,000.</summary>
    private static readonly OrderIntent Order = new()
    {
        ClientId = new ClientOrderId(1),
        Bracket = 1,
        Market = SampleMarkets.Btc.Id,
        Role = OrderRole.Entry,
        Kind = OrderKind.Market,
        Side = Side.Buy,
        Size = new Size(0.1m),
        Limit = new Price(50_000m),
        ReduceOnly = false,
        IntendedAt = Now,
    };

    private static readonly AccountFacts Account = new()
    {
        Equity = new Usd(10_000m),
        Available = new Usd(10_000m),
        GrossExposure = Usd.Zero,
        Positions = 0,
        LastEntryAt = null,
        DayStartEquity = new Usd(10_000m),
        PeakEquity = new Usd(10_000m),
        HasPlacementRoom = true,
        MarketIsTaken = false,
    };

    private static readonly MarketFacts Facts = SampleFacts.At(SampleMarkets.Btc, 50_000m);

    [Fact]
    public void An_order_within_every_limit_is_approved_as_it_is()
    {
        var result = RiskGate.Approve(Order, SampleMarkets.Btc, Account, Limits, Facts, new Usd(1_000m), Now);

        Assert.True(result.TryGet(out var approved, out _));
        Assert.Equal(Order, approved.Intent);
    }

    [Fact]
    public void A_market_that_is_taken_is_refused() =>
        Refused("market-owned", "one position a market", "taken",
            account: Account with { MarketIsTaken = true });

    [Theory]
    [InlineData(QualityGrade.Missing)]
    [InlineData(QualityGrade.Stale)]
    [InlineData(QualityGrade.Crossed)]
    public void Prices_that_are_not_good_are_refused(QualityGrade quality) =>
        Refused("stale-data", "90 s", $"{quality}, 0 ms", facts: Facts with { Quality = quality });

    [Fact]
    public void Prices_are_refused_beyond_their_age_and_not_at_it()
    {
        Passes(facts: Facts with { AgeMs = 90_000 });
        Refused("stale-data", "90 s", "Good, 90001 ms", facts: Facts with { AgeMs = 90_001 });
    }

    [Fact]
    public void An_order_inside_the_cooldown_is_refused_until_it_ends()
    {
        Passes(account: Account with { LastEntryAt = Now.AddSeconds(-60) });
        Refused("cooldown", "60 s", "59.999 s",
            account: Account with { LastEntryAt = Now.AddMilliseconds(-59_999) });
    }

    [Fact]
    public void One_position_too_many_is_refused()
    {
        Passes(account: Account with { Positions = 9 });
        Refused("max-positions", "10", "10", account: Account with { Positions = 10 });
    }

    [Fact]
    public void An_entry_whose_stop_finds_no_room_is_refused() => Refused(
        "placement-budget", "room for a stop and a target", "used up",
        account: Account with { HasPlacementRoom = false });

    [Fact]
    public void A_loss_of_the_day_refuses_from_its_limit_on()
    {
        Passes(account: Account with { Equity = new Usd(9_500.01m) });
        Refused("daily-loss", "5 %", "5 %", account: Account with { Equity = new Usd(9_500m) });
        Passes(account: Account with { DayStartEquity = Usd.Zero });
    }

    [Fact]
    public void A_drawdown_refuses_from_its_limit_on()
    {
        var fallen = Account with { Equity = new Usd(8_000m), DayStartEquity = new Usd(8_000m) };

        Passes(account: fallen with { Equity = new Usd(8_000.01m) });
        Refused("drawdown", "20 %", "20 %", account: fallen);
        Passes(account: fallen with { PeakEquity = Usd.Zero });
    }

    [Fact]
    public void A_limit_outside_the_price_band_is_refused()
    {
        Passes(Order with { Limit = new Price(52_500m) });
        Passes(Order with { Limit = new Price(47_500m) });
        Refused("price-band", "5 %", "5 %", Order with { Limit = new Price(52_501m) });
        Refused("price-band", "5 %", "5.2 %", Order with { Limit = new Price(47_400m) });
    }

    [Fact]
    public void An_order_is_neither_too_large_nor_too_small_where_it_is_expected_to_fill()
    {
        Passes(limits: Limits with { MaxOrder = new Usd(5_000.1m), MinOrder = new Usd(5_000.1m) });
        Refused("max-order", "5000.09 USD", "5000.10 USD",
            limits: Limits with { MaxOrder = new Usd(5_000.09m) });
        Refused("min-order", "5000.11 USD", "5000.10 USD",
            limits: Limits with { MinOrder = new Usd(5_000.11m) });
        Refused("max-order", "5000.00 USD", "5004.90 USD",
            Order with { Side = Side.Sell, Size = new Size(0.1001m), Limit = new Price(49_000m) },
            limits: Limits with { MaxOrder = new Usd(5_000m) });
    }

    [Fact]
    public void Exposure_over_equity_is_refused_beyond_the_leverage_cap()
    {
        var limits = Limits with { LeverageCap = new Leverage(2m) };
        var account = Account with { GrossExposure = new Usd(15_000m) };

        Passes(account: account, limits: limits);
        Refused("leverage", "2x", "20000.01 USD on 10000.00 USD",
            account: account with { GrossExposure = new Usd(15_000.01m) }, limits: limits);
    }

    [Fact]
    public void Exposure_over_equity_is_refused_beyond_its_share()
    {
        var account = Account with { GrossExposure = new Usd(25_000m) };

        Passes(account: account);
        Refused("total-exposure", "300 %", "30000.01 USD on 10000.00 USD",
            account: account with { GrossExposure = new Usd(25_000.01m) });
    }

    [Fact]
    public void Without_equity_nothing_is_within_any_leverage() => Refused(
        "leverage", "25x", "5000.00 USD on 0.00 USD",
        account: Account with { Equity = Usd.Zero, DayStartEquity = Usd.Zero, PeakEquity = Usd.Zero });

    [Fact]
    public void More_collateral_than_is_free_is_refused()
    {
        Passes(account: Account with { Available = new Usd(1_000m) });
        Refused("insufficient-balance", "999.99 USD", "1000.00 USD",
            account: Account with { Available = new Usd(999.99m) });
    }

    [Fact]
    public void The_first_rule_that_refuses_is_named()
    {
        var state = Account with { MarketIsTaken = true };
        var loss = Account with { Equity = new Usd(9_000m) };
        var both = loss with { MarketIsTaken = true };
        var amounts = Limits with { MaxOrder = new Usd(1m) };
        var malformed = Order with { Size = Size.Zero };

        Assert.Equal("malformed", Refusal(malformed, both, amounts)?.Code);
        Assert.Equal("market-owned", Refusal(account: both, limits: amounts)?.Code);
        Assert.Equal("market-owned", Refusal(account: state, limits: amounts)?.Code);
        Assert.Equal("daily-loss", Refusal(account: loss, limits: amounts)?.Code);
        Assert.Equal("market-owned", RiskGate.CheckBeforeSizing(both, Limits, Facts, Now)?.Code);
    }

    [Fact]
    public void An_order_with_a_limit_is_measured_at_its_limit()
    {
        var limit = Order with { Kind = OrderKind.Limit };

        Passes(limit, limits: Limits with { MaxOrder = new Usd(5_000m) });
        Refused("max-order", "4999.99 USD", "5000.00 USD", limit,
            limits: Limits with { MaxOrder = new Usd(4_999.99m) });
    }

    [Fact]
    public void Exposure_counts_the_higher_of_limit_and_oracle_price()
    {
        var account = Account with { GrossExposure = new Usd(25_000m) };

        Refused("total-exposure", "300 %", "30000.10 USD on 10000.00 USD",
            Order with { Limit = new Price(50_001m) }, account);
        Passes(Order with { Side = Side.Sell, Limit = new Price(49_999m) }, account);
        Refused("total-exposure", "300 %", "30000.01 USD on 10000.00 USD",
            Order with { Side = Side.Sell, Limit = new Price(49_999m) },
            account with { GrossExposure = new Usd(25_000.01m) });
    }

    [Fact]
    public void What_is_no_order_is_refused()
    {
        Malformed(Order with { Market = SampleMarkets.Eth.Id });
        Malformed(Order with { Side = Side.None });
        Malformed(Order with { Size = Size.Zero });
        Malformed(Order with { Size = new Size(-0.1m) });
        Malformed(Order with { Size = new Size(0.00015m) });
        Malformed(Order with { Limit = new Price(50_000.5m) });
        Malformed(Order with { Limit = default });
        Malformed(Order with { Trigger = new Price(50_000m) });
        Malformed(Order with { Kind = OrderKind.StopMarket });
        Malformed(Order with { Kind = OrderKind.StopMarket, Trigger = new Price(0.5m) });
    }

    [Fact]
    public void What_holds_before_any_size_is_checked_alone()
    {
        Assert.Null(RiskGate.CheckBeforeSizing(Account, Limits, Facts, Now));
        Assert.Equal("market-owned", RiskGate.CheckBeforeSizing(
            Account with { MarketIsTaken = true }, Limits, Facts, Now)?.Code);
        Assert.Equal("daily-loss", RiskGate.CheckBeforeSizing(
            Account with { Equity = new Usd(9_000m) }, Limits, Facts, Now)?.Code);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void Only_the_order_that_was_planned_is_confirmed()
    {
        var plan = Plan();

        Assert.Equal(Order, RiskGate.ConfirmPlanned(Order, plan, SampleMarkets.Btc).Intent);
        NotConfirmed(Order with { Size = new Size(0.1001m) });
        NotConfirmed(Order with { Limit = new Price(50_001m) });
        NotConfirmed(Order with { Side = Side.Sell });
        NotConfirmed(Order with { Bracket = 2 });
        NotConfirmed(Order with { Role = OrderRole.Close });
        NotConfirmed(Order with { Market = SampleMarkets.Eth.Id });
        NotConfirmed(Order with { Size = new Size(0.00015m) });

        void NotConfirmed(OrderIntent other) => Assert.Throws<ArgumentException>(
            () => RiskGate.ConfirmPlanned(other, plan, SampleMarkets.Btc));
    }

    private static Bracket Plan() => new()
    {
        Id = 1,
        Market = SampleMarkets.Btc.Id,
        Side = Side.Buy,
        Size = new Size(0.1m),
        EntryLimit = new Price(50_000m),
        StopTrigger = new Price(49_000m),
        StopDistance = 0.015m,
        ProtectionDeadline = TimeSpan.FromSeconds(5),
        TargetTrigger = new Price(52_000m),
        TargetLimit = new Price(51_480m),
        ReservePerUnit = new Usd(10_000m),
        PlannedAt = Now,
        HoldUntil = Now,
        LastPrice = new Price(50_000m),
    };

    private static void Malformed(OrderIntent order) => Assert.Equal("malformed", Refusal(order)?.Code);

    private static void Passes(
        OrderIntent? order = null, AccountFacts? account = null, RiskLimits? limits = null,
        MarketFacts? facts = null) => Assert.Null(Refusal(order, account, limits, facts));

    private static void Refused(
        string code, string limit, string actual, OrderIntent? order = null, AccountFacts? account = null,
        RiskLimits? limits = null, MarketFacts? facts = null)
    {
        var refusal = Refusal(order, account, limits, facts);

        Assert.Equal(code, refusal?.Code);
        Assert.Equal(limit, refusal?.Limit);
        Assert.Equal(actual, refusal?.Actual);
    }

    private static RiskRefusal? Refusal(
        OrderIntent? order = null, AccountFacts? account = null, RiskLimits? limits = null,
        MarketFacts? facts = null)
    {
        var result = RiskGate.Approve(
            order ?? Order, SampleMarkets.Btc, account ?? Account, limits ?? Limits, facts ?? Facts,
            new Usd(1_000m), Now);
        return result.TryGet(out _, out var refusal) ? null : refusal;
    }
}
