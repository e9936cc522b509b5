using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine.Signals;

[Trait("Req", "EXE-2")]
public sealed class RefusedSignalTests
{
    private static readonly Market Btc = SampleMarkets.Btc;

    [Fact]
    public void A_size_beyond_the_collateral_is_refused_and_not_cut()
    {
        var account = OpenSignalTests.Account(new RiskLimits
        {
            Cooldown = TimeSpan.Zero,
            RiskPerTrade = 1m,
            MaxMarketExposure = 100m,
            MaxTotalExposure = 100m,
            MaxOrder = new Usd(1_000_000m),
            Leverage = new Leverage(20m),
        });

        var error = Refused(account, SampleSignals.Open(Btc.Id, account.Now) with { Size = new Size(3.9m) });

        Assert.IsType<TradeExecutionError.InsufficientBalance>(error);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void Exactly_twenty_five_times_the_equity_passes_and_one_step_more_does_not()
    {
        var market = Btc with { InitialMarginPpm = new Ppm(20_000) };
        var limits = new RiskLimits
        {
            Cooldown = TimeSpan.Zero,
            RiskPerTrade = 1m,
            MaxMarketExposure = 100m,
            MaxTotalExposure = 100m,
            MaxOrder = new Usd(1_000_000m),
            Leverage = new Leverage(50m),
            LeverageCap = new Leverage(25m),
            TakerFee = new Ppm(0),
        };
        var entry = new EntryTerms { Limit = new Price(50_000m), Time = OrderTime.ImmediateOrCancel };
        ScriptedAccount Fresh() => new ScriptedAccount(limits, [market]).Price(market, 50_000m);
        TradeSignal Of(ScriptedAccount account, decimal size) =>
            SampleSignals.Open(market.Id, account.Now) with { Size = new Size(size), Entry = entry };

        var passes = Fresh();
        passes.Signal(Of(passes, 5m));
        var over = Fresh();
        var error = Refused(over, Of(over, 5.0001m));

        Assert.Equal(new Size(5m), passes.Bracket(market).Size);
        Assert.IsType<TradeExecutionError.InsufficientLeverage>(error);
    }

    [Fact]
    public void A_size_beyond_the_exposure_of_a_market_is_refused_with_the_limit()
    {
        var account = OpenSignalTests.Account();

        var error = Assert.IsType<TradeExecutionError.LimitExceeded>(
            Refused(account, SampleSignals.Open(Btc.Id, account.Now) with { Size = new Size(0.2m) }));

        Assert.Contains(error.Rule, (string[])["risk", "exposure"], StringComparer.Ordinal);
        Assert.NotEmpty(error.Limit);
    }

    [Fact]
    public void An_order_below_the_smallest_is_refused()
    {
        var account = OpenSignalTests.Account();

        var error = Assert.IsType<TradeExecutionError.LimitExceeded>(
            Refused(account, SampleSignals.Open(Btc.Id, account.Now) with { Size = new Size(0.0001m) }));

        Assert.Equal("min-order", error.Rule);
    }

    [Fact]
    public void A_cooldown_that_is_exactly_over_lets_the_next_one_pass()
    {
        var account = OpenSignalTests.Account(new RiskLimits());
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        var eth = SampleMarkets.Eth.Id;

        account.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromMilliseconds(1));
        var early = Refused(account, SampleSignals.Open(eth, account.Now, id: "s-2"));
        account.Advance(TimeSpan.FromMilliseconds(1));
        account.Price(SampleMarkets.Eth, 2_500m);
        account.Signal(SampleSignals.Open(eth, account.Now, id: "s-3"));

        Assert.IsType<TradeExecutionError.Cooldown>(early);
        Assert.Equal(SignalPhase.Working, account.Signal("s-3").Phase);
    }

    [Fact]
    [Trait("Req", "RX-4")]
    public void Two_strategies_on_one_market_the_second_is_told_who_owns_it()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        var error = Assert.IsType<TradeExecutionError.MarketOwned>(
            Refused(account, SampleSignals.Open(Btc.Id, account.Now, id: "s-2", strategy: "other")));
        var close = Refused(account, SampleSignals.Of(
            SignalAction.Close, Btc.Id, account.Now, "s-3", strategy: "other"));

        Assert.Equal(("BTC-USD", "breakout"), (error.Market, error.Owner));
        Assert.IsType<TradeExecutionError.MarketOwned>(close);
    }

    [Fact]
    [Trait("Req", "RX-4")]
    public void A_strategy_does_not_end_what_another_one_owns()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        OpenSignalTests.FillAll(account);

        Assert.Empty(account.Exit(Btc));
        Assert.Null(account.Bracket(Btc).CloseReason);
    }

    [Fact]
    public void While_an_outcome_is_unknown_nothing_new_is_risked()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        account.Ask(new Request.CallUnanswered(account.Order(Btc, OrderRole.Stop)));

        var error = Refused(account, SampleSignals.Open(SampleMarkets.Eth.Id, account.Now, id: "s-2"));

        Assert.IsType<TradeExecutionError.OutcomeUnknown>(error);
    }

    [Fact]
    public void A_balance_that_was_not_confirmed_refuses_new_risk_and_no_close()
    {
        var account = OpenSignalTests.Account();
        var failed = new VenueConfirmation
        {
            Failure = new TradeExecutionError.BalanceFetchFailed("network", "no answer"),
        };

        var error = Refused(account, SampleSignals.Open(Btc.Id, account.Now), failed);

        Assert.IsType<TradeExecutionError.BalanceFetchFailed>(error);
        Assert.True(error.MayPassLater);
    }

    [Fact]
    public void A_signal_that_is_too_old_or_from_the_future_is_not_carried_out()
    {
        var account = OpenSignalTests.Account();

        var old = Refused(account, SampleSignals.Open(Btc.Id, account.Now.AddSeconds(-61)));
        var ahead = Refused(account, SampleSignals.Open(Btc.Id, account.Now.AddSeconds(61), id: "s-2"));
        account.Signal(SampleSignals.Open(Btc.Id, account.Now.AddSeconds(-60), id: "s-3"));

        Assert.IsType<TradeExecutionError.SignalTooOld>(old);
        Assert.IsType<TradeExecutionError.SignalTooOld>(ahead);
        Assert.Equal(SignalPhase.Working, account.Signal("s-3").Phase);
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public void More_changes_within_a_minute_than_allowed_are_refused_and_closing_is_not()
    {
        var account = OpenSignalTests.Account(
            new RiskLimits { Cooldown = TimeSpan.Zero, ChangesPerMinute = 1 });
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        var error = Assert.IsType<TradeExecutionError.LimitExceeded>(
            Refused(account, SampleSignals.Open(SampleMarkets.Eth.Id, account.Now, id: "s-2")));
        account.Signal(SampleSignals.Of(SignalAction.Close, Btc.Id, account.Now, "s-3"));

        Assert.Equal("rate", error.Rule);
        Assert.Equal("signal", account.Bracket(Btc).CloseReason);
    }

    [Fact]
    public void An_equity_that_allows_fewer_orders_at_the_venue_is_told()
    {
        var account = OpenSignalTests.Account(new RiskLimits
        {
            Cooldown = TimeSpan.Zero,
            EquityTiers = [new EquityTierLimit(new Usd(0m), 3)],
        });
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        var error = Assert.IsType<TradeExecutionError.LimitExceeded>(
            Refused(account, SampleSignals.Open(SampleMarkets.Eth.Id, account.Now, id: "s-2") with
            {
                Entry = new EntryTerms { Limit = new Price(2_500m), Time = OrderTime.GoodTilTime },
            }));

        Assert.Equal("equity-tier", error.Rule);
    }

    [Theory]
    [InlineData("no-stop")]
    [InlineData("two-stops")]
    [InlineData("no-side")]
    [InlineData("off-tick")]
    [InlineData("fok")]
    [InlineData("no-action")]
    [InlineData("tiny")]
    [InlineData("trail")]
    public void A_signal_that_makes_no_sense_is_told_which_part(string fault)
    {
        var account = OpenSignalTests.Account();
        var signal = SampleSignals.Open(Btc.Id, account.Now);
        signal = fault switch
        {
            "no-stop" => signal with { StopDistance = null },
            "two-stops" => signal with { Stop = new Price(49_000m) },
            "no-side" => signal with { Side = Side.None },
            "off-tick" => signal with { Entry = Terms(49_999.5m, OrderTime.GoodTilTime) },
            "fok" => signal with { Entry = Terms(49_999m, OrderTime.FillOrKill) },
            "no-action" => signal with { Action = SignalAction.None },
            "tiny" => signal with { Size = new Size(0.00001m) },
            _ => signal with { TrailBy = 1m },
        };

        var error = Assert.IsType<TradeExecutionError.InvalidSignal>(Refused(account, signal));

        Assert.NotEmpty(error.Field);
        Assert.Empty(account.State.Brackets);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public void What_has_no_name_is_never_journaled()
    {
        var account = OpenSignalTests.Account();
        var signal = SampleSignals.Open(Btc.Id, account.Now);

        Assert.Empty(account.Signal(signal with { Id = new SignalId("a b") }));
        Assert.Empty(account.Signal(signal with { Id = new SignalId(null!) }));
        Assert.Empty(account.Signal(signal with { Market = new MarketId(null!) }));
        Assert.Empty(account.Signal(signal with { Strategy = "" }));
        Assert.IsType<TradeExecutionError.InvalidSignal>(
            SignalCheck.NameFault(signal with { Id = new SignalId("a b") }));
    }

    [Theory]
    [InlineData("size")]
    [InlineData("target")]
    [InlineData("limit")]
    [InlineData("stop")]
    public void Numbers_that_nothing_can_be_reckoned_with_are_refused(string field)
    {
        var account = OpenSignalTests.Account();
        var signal = SampleSignals.Open(Btc.Id, account.Now);
        const decimal Huge = 70_000_000_000_000_000_000_000_000_000m;

        foreach (var number in (decimal[])[Huge, 1e12m, 500_001m])
        {
            Assert.IsType<TradeExecutionError.InvalidSignal>(Refused(account, field switch
            {
                "size" => signal with { Id = Id(number), Size = new Size(Huge) },
                "target" => signal with { Id = Id(number), Target = new Price(number) },
                "limit" => signal with { Id = Id(number), Entry = Terms(number, OrderTime.GoodTilTime) },
                _ => signal with { Id = Id(number), StopDistance = null, Stop = new Price(number) },
            }));
        }

        static SignalId Id(decimal number) => new($"n{number}");
    }

    [Fact]
    public void Who_names_the_wrong_side_of_a_position_is_told_and_nothing_is_passed_over()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with { Size = new Size(0.02m) });
        OpenSignalTests.FillAll(account);
        var add = SampleSignals.Of(SignalAction.Add, Btc.Id, account.Now, "s-2", 0.001m);

        var side = Assert.IsType<TradeExecutionError.InvalidSignal>(
            Refused(account, add with { Side = Side.Sell }));
        var hold = Assert.IsType<TradeExecutionError.InvalidSignal>(
            Refused(account, add with { Id = new SignalId("s-3"), HoldFor = TimeSpan.FromHours(1) }));
        account.Signal(add with { Id = new SignalId("s-4"), Side = Side.Buy });

        Assert.Equal(("side", "hold"), (side.Field, hold.Field));
        Assert.Equal(SignalPhase.Working, account.Signal("s-4").Phase);
    }

    [Fact]
    public void A_market_that_does_not_exist_is_told_with_those_that_do()
    {
        var account = OpenSignalTests.Account();

        var error = Assert.IsType<TradeExecutionError.UnknownMarket>(
            Refused(account, SampleSignals.Open(new MarketId("BTC-PERP"), account.Now)));

        Assert.Contains("BTC-USD", error.Known, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_there_to_close_reduce_add_to_or_amend()
    {
        var account = OpenSignalTests.Account();
        SignalAction[] actions =
        [
            SignalAction.Close, SignalAction.Reduce, SignalAction.Add, SignalAction.Amend,
            SignalAction.Flip,
        ];

        foreach (var action in actions)
        {
            var signal = SampleSignals.Of(action, Btc.Id, account.Now, $"s-{action}", 0.01m) with
            {
                Side = Side.Sell,
                StopDistance = action == SignalAction.Flip ? 0.01m : null,
                Entry = Terms(49_000m, OrderTime.GoodTilTime),
            };
            Assert.IsType<TradeExecutionError.NothingHeld>(Refused(account, signal));
        }
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void An_account_that_is_geared_beyond_its_limit_can_still_be_protected_and_reduced()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        OpenSignalTests.FillAll(account);
        var over = new VenueConfirmation
        {
            Total = new Usd(100m),
            Available = new Usd(-50m),
            LeverageUsed = 30m,
            LeverageMax = 25m,
        };

        var error = Refused(
            account, SampleSignals.Of(SignalAction.Add, Btc.Id, account.Now, "s-2"), over);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Expired);
        account.Advance(TimeSpan.FromSeconds(1));
        var stop = account.OrderState(Btc, OrderRole.Stop);
        account.Signal(SampleSignals.Of(SignalAction.Reduce, Btc.Id, account.Now, "s-3", 0.001m), over);

        Assert.IsType<TradeExecutionError.InsufficientLeverage>(error);
        Assert.True(stop.IsLive);
        Assert.True(account.OrderState(Btc, OrderRole.Reduce).IsLive);
    }

    private static TradeExecutionError Refused(
        ScriptedAccount account, TradeSignal signal, VenueConfirmation? confirmed = null)
    {
        account.Signal(signal, confirmed);
        var state = account.State.Signals[signal.Id];
        Assert.Equal(SignalPhase.Refused, state.Phase);
        Assert.NotEmpty(state.Error!.Message);
        Assert.NotEmpty(state.Error.Mend);
        return state.Error;
    }

    private static EntryTerms Terms(decimal limit, OrderTime time) =>
        new() { Limit = new Price(limit), Time = time };
}
