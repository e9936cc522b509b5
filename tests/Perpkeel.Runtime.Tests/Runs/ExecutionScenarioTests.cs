using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;
using Xunit;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>
/// One signal each through everything that runs: executor, session, journal, gateway, chain.
/// </summary>
[Trait("Req", "EXE-1")]
public sealed class ExecutionScenarioTests
{
    private static readonly RiskLimits Wide = new()
    {
        Cooldown = TimeSpan.Zero,
        RiskPerTrade = 1m,
        MaxMarketExposure = 100m,
        MaxTotalExposure = 100m,
        MaxOrder = new Usd(10_000_000m),
        Leverage = new Leverage(50m),
        LeverageCap = new Leverage(25m),
    };

    [Fact]
    public void Success_a_position_with_its_stop_and_target()
    {
        using var scenario = new Scenario();

        var report = scenario.Execute(scenario.Open());
        scenario.Wait(TimeSpan.FromSeconds(5));

        Assert.True(report.IsSuccess, $"{report.Error}");
        Assert.Equal((SignalPhase.Ended, "filled"), (report.Phase, report.Reason));
        Assert.Equal(scenario.State.SizeIn(scenario.Btc.Id), report.Filled);
        Assert.InRange(report.Slippage!.Value, -0.01m, 0.01m);
        Assert.True(report.Took > TimeSpan.Zero);
        var bracket = scenario.State.Brackets[scenario.Btc.Id];
        Assert.True(scenario.State.Order(bracket.Stop!.Value).IsWorking);
        Assert.True(scenario.State.Order(bracket.Target!.Value).IsWorking);
        Assert.Equal(
            [OrderRole.Stop, OrderRole.Entry, OrderRole.Target], scenario.Wire.Select(order => order.Role));
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void The_same_signal_again_is_answered_with_the_first_outcome()
    {
        using var scenario = new Scenario();
        var signal = scenario.Open();
        var first = scenario.Execute(signal);
        scenario.Wait(TimeSpan.FromSeconds(5));
        var sent = scenario.Wire.Count;

        var again = scenario.Execute(signal with { IssuedAt = scenario.Life.Clock.Now });
        var other = scenario.Execute(signal with { Side = Side.Sell });

        Assert.True(again.IsRepeat);
        Assert.Equal((first.Filled, first.AveragePrice), (again.Filled, again.AveragePrice));
        Assert.IsType<TradeExecutionError.SignalReused>(other.Error);
        Assert.Equal(sent, scenario.Wire.Count);
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void Insufficient_balance()
    {
        using var scenario = new Scenario(Wide, new PaperSettings { Deposit = new Usd(200m) });

        var report = scenario.Execute(scenario.Open() with { Size = SizeFor(scenario, 4_900m) });

        Assert.IsType<TradeExecutionError.InsufficientBalance>(report.Error);
        Assert.Empty(scenario.Wire);
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void Insufficient_leverage()
    {
        using var scenario = new Scenario(Wide with { LeverageCap = new Leverage(2m) });

        var report = scenario.Execute(scenario.Open() with { Size = SizeFor(scenario, 25_000m) });

        Assert.IsType<TradeExecutionError.InsufficientLeverage>(report.Error);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void Exactly_the_cap_passes_and_one_step_more_is_refused()
    {
        using var scenario = new Scenario(
            Wide with { LeverageCap = new Leverage(10m) });
        var oracle = decimal.Floor(scenario.Life.Run.Board.Facts(
            scenario.Btc, scenario.Life.Clock.Now, TimeSpan.FromMinutes(1)).Oracle.Value * 1.01m);
        var step = scenario.Btc.StepSize;
        var most = decimal.Floor(100_000m / oracle / step) * step;
        TradeSignal Of(string id, decimal size) => scenario.Open(id) with
        {
            Size = new Size(size),
            StopDistance = null,
            Stop = new Price(oracle * 0.98m),
            Entry = new EntryTerms { Limit = new Price(oracle), Time = OrderTime.ImmediateOrCancel },
        };

        var over = scenario.Execute(Of("s-1", most + step));
        Assert.True(over.Error is TradeExecutionError.InsufficientLeverage, $"{over.Error}");
        scenario.Execute(Of("s-2", most));

        Assert.Contains(scenario.Wire, order => order.Role == OrderRole.Stop && order.Size == new Size(most));
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void The_limit_of_a_markets_exposure()
    {
        using var scenario = new Scenario(Wide with { MaxMarketExposure = 0.5m });

        var report = scenario.Execute(scenario.Open() with { Size = SizeFor(scenario, 6_000m) });

        Assert.Equal("exposure", Assert.IsType<TradeExecutionError.LimitExceeded>(report.Error).Rule);
    }

    [Theory]
    [Trait("Req", "EXE-2")]
    [InlineData(12, "min-order")]
    [InlineData(1_200, "max-order")]
    public void An_order_is_neither_smaller_nor_larger_than_it_may_be(int usd, string rule)
    {
        using var scenario = new Scenario(Wide with { MinOrder = new Usd(50m), MaxOrder = new Usd(1_000m) });

        var report = scenario.Execute(scenario.Open() with { Size = SizeFor(scenario, usd) });

        Assert.Equal(rule, Assert.IsType<TradeExecutionError.LimitExceeded>(report.Error).Rule);
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void The_limit_of_positions()
    {
        using var scenario = new Scenario(new RiskLimits { Cooldown = TimeSpan.Zero, MaxPositions = 1 });
        scenario.Execute(scenario.Open());

        var report = scenario.Execute(scenario.Open("s-2", scenario.Eth));

        Assert.Equal("max-positions", Assert.IsType<TradeExecutionError.LimitExceeded>(report.Error).Rule);
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void A_cooldown_refuses_until_it_is_over()
    {
        using var scenario = new Scenario(new RiskLimits { Cooldown = TimeSpan.FromSeconds(60) });
        scenario.Execute(scenario.Open());
        var planned = scenario.State.LastEntryAt!.Value;

        var early = scenario.Execute(scenario.Open("s-2", scenario.Eth));
        scenario.Wait(planned + TimeSpan.FromSeconds(60) - scenario.Life.Clock.Now);
        var late = scenario.Execute(scenario.Open("s-3", scenario.Eth));

        Assert.IsType<TradeExecutionError.Cooldown>(early.Error);
        Assert.True(late.IsSuccess, $"{late.Error}");
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void What_the_venue_rejects_is_told_with_its_own_code()
    {
        // Below 20 USD the chain keeps no conditional order; here our own check of that is left out.
        using var scenario = new Scenario(
            Wide with { EquityTiers = [], MinOrder = new Usd(1m) },
            new PaperSettings { Latency = TimeSpan.FromMilliseconds(20), Deposit = new Usd(19m) });

        var report = scenario.Execute(scenario.Open() with { Size = SizeFor(scenario, 20m) });

        var error = Assert.IsType<TradeExecutionError.OrderRejected>(report.Error);
        Assert.Equal(("stop-refused", "clob/10001"), (report.Reason, error.VenueCode));
        Assert.Empty(scenario.State.Brackets);
        Assert.True(scenario.State.SizeIn(scenario.Btc.Id).IsZero);
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void A_post_only_entry_that_would_take_rests_nowhere_and_ends_without_a_fill()
    {
        using var scenario = new Scenario();
        var ask = scenario.Life.Run.Board.Facts(
            scenario.Btc, scenario.Life.Clock.Now, TimeSpan.FromMinutes(1)).Ask;
        var signal = scenario.Open() with
        {
            Entry = new EntryTerms
            {
                Limit = scenario.Btc.FloorToTick(ask.Value * 1.01m),
                Time = OrderTime.PostOnly,
            },
        };

        scenario.Execute(signal);
        scenario.Wait(TimeSpan.FromSeconds(60));
        var last = scenario.Execute(signal);

        Assert.Equal((SignalPhase.Ended, "not-filled"), (last.Phase, last.Reason));
        Assert.Empty(scenario.State.Brackets);
        Assert.True(scenario.State.SizeIn(scenario.Btc.Id).IsZero);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void Answers_that_are_lost_are_looked_up_and_nothing_is_there_twice()
    {
        Assert.True(FaultPlan.Parse(["answer-lost=0.6"]).TryGet(out var lost, out _));
        using var scenario = new Scenario(
            venue: new PaperSettings { Latency = TimeSpan.FromMilliseconds(20), Faults = lost, Seed = 5 });

        // A balance whose answer is lost refuses the signal, and nothing of it is sent.
        var signal = scenario.Open();
        for (var i = 2; scenario.Execute(signal).Phase == SignalPhase.Refused; i++)
        {
            Assert.True(i < 20, "No balance was ever confirmed.");
            signal = scenario.Open($"s-{i}");
        }

        scenario.Wait(TimeSpan.FromSeconds(60));
        var last = scenario.Execute(signal);

        Assert.Equal((SignalPhase.Ended, "filled"), (last.Phase, last.Reason));
        Assert.Equal(
            scenario.Wire.Count, scenario.Wire.Select(order => order.ClientId).Distinct().Count());
        Assert.Equal(last.Filled, scenario.State.SizeIn(scenario.Btc.Id));
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    [Trait("Req", "EXE-9")]
    public void Open_add_reduce_flip_and_close_agree_with_the_venue_to_the_cent()
    {
        using var scenario = new Scenario(
            new RiskLimits { Cooldown = TimeSpan.Zero, MaxMarketExposure = 2m });
        var reports = new List<string>();
        void Do(TradeSignal signal)
        {
            var report = scenario.Execute(signal);
            reports.Add($"{signal.Action} {report.Reason} {report.Error?.Code}".TrimEnd());
            scenario.Wait(TimeSpan.FromSeconds(20));
        }

        Do(scenario.Open("s-1") with { Size = new Size(0.02m) });
        Do(scenario.Of(SignalAction.Add, "s-2", 0.01m));
        Do(scenario.Of(SignalAction.Reduce, "s-3", 0.012m));
        Assert.Equal(new Size(0.018m), scenario.State.SizeIn(scenario.Btc.Id));
        Do(scenario.Open(
            "s-4", side: Side.Sell) with
        { Action = SignalAction.Flip, Size = new Size(0.015m) });
        Assert.Equal(new Size(-0.015m), scenario.State.SizeIn(scenario.Btc.Id));
        Do(scenario.Of(SignalAction.Close, "s-5"));

        Assert.Equal(
            ["Open filled", "Add filled", "Reduce filled", "Flip filled", "Close signal"], reports,
            StringComparer.Ordinal);
        Assert.Empty(scenario.State.Brackets);
        Assert.Equal(0, scenario.State.UnprotectedLateMsAt(scenario.Life.Clock.Now));
        var totals = scenario.State.Totals;
        Assert.Equal(totals.Deposits + totals.Realised, scenario.State.Balance);
        Assert.InRange(
            scenario.ConfirmedBalance().Total.Value - scenario.State.Balance.Value, -0.000_01m, 0.000_01m);
    }

    private static Size SizeFor(Scenario scenario, decimal usd)
    {
        var oracle = scenario.Life.Run.Board.Facts(
            scenario.Btc, scenario.Life.Clock.Now, TimeSpan.FromMinutes(1)).Oracle;
        return scenario.Btc.FloorToStep(usd / oracle.Value);
    }
}
