using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine.Signals;

public sealed class UserRequestTests
{
    private static readonly Market Btc = SampleMarkets.Btc;

    [Fact]
    [Trait("Req", "USR-5")]
    public void After_a_stop_nothing_new_is_risked_until_somebody_resumes_also_after_a_restart()
    {
        var account = OpenSignalTests.Account();
        account.Ask(new Request.Stop("cli", "lunch"));
        account.Restart();

        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        account.Enter(Btc);
        account.Ask(new Request.Resume("cli"));
        account.Signal(SampleSignals.Open(Btc.Id, account.Now, id: "s-2"));

        var error = Assert.IsType<TradeExecutionError.Stopped>(account.Signal("s-1").Error);
        Assert.Equal(("cli", "lunch"), (error.By, error.Reason));
        Assert.Contains(
            account.Facts, fact => fact.Fact is Fact.PlanRefused { Refusal.Code: "stopped" });
        Assert.Equal(SignalPhase.Working, account.Signal("s-2").Phase);
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public void A_stop_takes_back_an_entry_that_waits_and_leaves_a_position_its_protection()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.01m, 49_900m);

        account.Ask(new Request.Stop("cli", "lunch"));
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Expired);
        account.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains(
            account.Venue.Wire, line => line.StartsWith("cancel entry", StringComparison.Ordinal));
        Assert.True(account.OrderState(Btc, OrderRole.Stop).IsLive);
        Assert.Null(account.Bracket(Btc).CloseReason);
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public void A_stop_before_the_entry_was_sent_ends_the_plan()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        account.Ask(new Request.Stop("cli", "lunch"));
        account.Opens(Btc, OrderRole.Stop);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        Assert.Empty(account.State.Brackets);
        Assert.Equal(SignalPhase.Ended, account.Signal("s-1").Phase);
        Assert.DoesNotContain(
            account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public void Flattening_stops_and_closes_every_position_behind_its_stop()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        OpenSignalTests.FillAll(account);

        account.Ask(new Request.Flatten("cli", "enough"));

        Assert.NotNull(account.State.Stopped);
        Assert.Equal("flatten", account.Bracket(Btc).CloseReason);
        Assert.True(account.OrderState(Btc, OrderRole.Stop).IsWorking);
        Assert.True(account.OrderState(Btc, OrderRole.Close).IsLive);
        Assert.Empty(account.Ask(new Request.Flatten("cli", "again")));
    }

    [Theory]
    [Trait("Req", "USR-7")]
    [InlineData(Component.Execution, SignalSource.Api, true)]
    [InlineData(Component.Signals, SignalSource.Api, true)]
    [InlineData(Component.Webhooks, SignalSource.Webhook, true)]
    [InlineData(Component.Webhooks, SignalSource.Api, false)]
    [InlineData(Component.Strategies, SignalSource.Strategy, true)]
    [InlineData(Component.Strategies, SignalSource.Api, false)]
    [InlineData(Component.Notifications, SignalSource.Api, false)]
    public void A_component_that_is_off_refuses_what_needs_it_and_nothing_else(
        Component off, SignalSource source, bool isRefused)
    {
        var account = OpenSignalTests.Account();
        account.Ask(new Request.Switch(off, false, "cli"));

        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with { Source = source });

        Assert.Equal(isRefused, account.Signal("s-1").Error is TradeExecutionError.SwitchedOff);
        Assert.Empty(account.Ask(new Request.Switch(off, false, "cli")));
        Assert.NotEmpty(account.Ask(new Request.Switch(off, true, "cli")));
    }

    [Fact]
    [Trait("Req", "USR-7")]
    public void Who_stopped_resumed_or_switched_is_in_the_journal()
    {
        var account = OpenSignalTests.Account();

        account.Ask(new Request.Stop("ann", "lunch"));
        account.Ask(new Request.Resume("ben"));
        account.Ask(new Request.Switch(Component.Signals, false, "eve"));

        var facts = account.Facts.Select(fact => fact.Fact).ToList();
        var stopped = facts.OfType<Fact.TradingStopped>().Single();
        var switched = facts.OfType<Fact.Switched>().Single();
        Assert.Equal(("ann", "lunch"), (stopped.By, stopped.Reason));
        Assert.Equal("ben", facts.OfType<Fact.TradingResumed>().Single().By);
        Assert.Equal((Component.Signals, false, "eve"), (switched.Component, switched.IsOn, switched.By));
    }

    [Fact]
    [Trait("Req", "USR-7")]
    public void With_the_strategies_off_their_exits_go_on()
    {
        var account = OpenSignalTests.Account();
        account.Enter(Btc);
        OpenSignalTests.FillAll(account);
        account.Ask(new Request.Switch(Component.Strategies, false, "cli"));

        account.Exit(Btc);

        Assert.NotNull(account.Bracket(Btc).CloseReason);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_order_of_ours_that_stands_there_after_its_bracket_is_cancelled_also_after_a_restart()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        var stop = account.Order(Btc, OrderRole.Stop);
        account.Ask(new Request.CallRejected(stop, "unavailable", "took nothing"));
        Assert.Empty(account.State.Brackets);

        account.Hear(account.Venue.Opens(stop));
        account.Restart();

        Assert.Equal(stop, account.Effects.OfType<Effect.Cancel>().Last().ClientId);
        Assert.Equal(
            stop, AccountEngine.Unanswered(account.State).OfType<Effect.Cancel>().Single().ClientId);
        account.Hear(account.Venue.Ends(stop, OrderEnding.Cancelled));
        Assert.Empty(AccountEngine.Unanswered(account.State));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void By_policy_a_position_without_a_stop_is_closed_at_the_deadline()
    {
        var account = OpenSignalTests.Account(new RiskLimits
        {
            Cooldown = TimeSpan.Zero,
            OnUnprotected = UnprotectedPolicy.Close,
        });
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        OpenSignalTests.FillAll(account);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Expired);

        account.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("unprotected", account.Bracket(Btc).CloseReason);
        Assert.Equal(1, account.State.Totals.Alarms);
        Assert.True(account.OrderState(Btc, OrderRole.Close).IsLive);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void What_became_of_a_signal_is_remembered_for_a_day()
    {
        var account = OpenSignalTests.Account();
        account.Ask(new Request.Stop("cli", "lunch"));
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        account.Advance(SignalState.Kept);
        account.Signal(SampleSignals.Open(Btc.Id, account.Now, id: "s-2"));
        Assert.True(account.State.Signals.ContainsKey(new SignalId("s-1")));
        account.Advance(TimeSpan.FromSeconds(1));
        account.Signal(SampleSignals.Open(Btc.Id, account.Now, id: "s-3"));

        Assert.False(account.State.Signals.ContainsKey(new SignalId("s-1")));
        Assert.True(account.State.Signals.ContainsKey(new SignalId("s-2")));
    }
}
