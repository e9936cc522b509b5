using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

[Trait("Req", "EXE-1")]
public sealed class OrderExecutorTests
{
    [Fact]
    public void A_signal_is_answered_when_its_entry_has_ended_with_what_was_filled()
    {
        using var scene = new ExecutorScene();

        var report = scene.Do(scene.Open());

        Assert.True(report.IsSuccess);
        Assert.Equal(("filled", SignalPhase.Ended), (report.Reason, report.Phase));
        Assert.Equal((new Size(0.04m), 50_001m), (report.Filled, report.AveragePrice));
        Assert.Equal(0m, report.Slippage);
        Assert.Equal(new Usd(1.00002m), report.Fees);
        Assert.InRange(report.Took, TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(2));
        Assert.Equal(0.04m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_stop_rests_before_the_entry_is_sent_and_no_position_is_ever_bare()
    {
        using var scene = new ExecutorScene();
        var stopWasThere = false;
        scene.Venue.Arrived = order => stopWasThere |= order.Intent.Role == OrderRole.Entry
            && scene.Venue.Live.Any(live => live.Intent.Role == OrderRole.Stop);

        scene.Do(scene.Open());

        Assert.True(stopWasThere);
        Assert.Equal(TimeSpan.Zero, scene.Venue.Bare.LongestAt(scene.Live.Clock.Now));
        Assert.Equal(
            [OrderRole.Stop, OrderRole.Entry, OrderRole.Target],
            scene.Venue.Orders.Values.Select(order => order.Intent.Role));
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void A_refusal_is_answered_with_its_numbers_and_nothing_is_sent()
    {
        using var scene = new ExecutorScene();

        var report = scene.Do(scene.Open(size: 10m));

        Assert.Equal(SignalPhase.Refused, report.Phase);
        Assert.False(report.IsSuccess);
        Assert.NotNull(report.Error);
        Assert.Equal(report.Error.Code, report.Reason);
        Assert.Empty(scene.Venue.Orders);
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void An_account_that_is_not_here_is_refused()
    {
        using var scene = new ExecutorScene();

        var call = scene.Executor.ExecuteSignalAsync(
            new AccountId("auto", "test", "somebody"), scene.Open(), CancellationToken.None);

        var report = ExecutorScene.Answer(call);
        Assert.Equal("account", Assert.IsType<TradeExecutionError.InvalidSignal>(report.Error).Field);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Req", "EXE-2")]
    public void What_the_venue_says_against_an_entry_is_told_with_its_code_and_the_stop_goes(bool byReport)
    {
        using var scene = new ExecutorScene();
        scene.Venue.Next(OrderRole.Entry, byReport
            ? new OrderScript { IsRejected = true }
            : new OrderScript { Answer = CallAnswer.Refused, Times = int.MaxValue });

        var report = scene.Do(scene.Open());

        Assert.False(report.IsSuccess);
        Assert.Equal(("rejected", SignalPhase.Ended), (report.Reason, report.Phase));
        Assert.Equal("scripted", Assert.IsType<TradeExecutionError.OrderRejected>(report.Error).VenueCode);
        Assert.Empty(scene.Venue.Live);
        Assert.Empty(scene.Live.State.Brackets);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_whose_stop_is_refused_is_never_sent_and_the_refusal_is_told()
    {
        using var scene = new ExecutorScene();
        scene.Venue.Next(OrderRole.Stop, new OrderScript { IsRejected = true });

        var report = scene.Do(scene.Open());

        Assert.False(report.IsSuccess);
        Assert.IsType<TradeExecutionError.OrderRejected>(report.Error);
        Assert.Empty(scene.Sent(OrderRole.Entry));
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void An_open_that_was_stopped_before_its_entry_was_sent_is_no_success()
    {
        using var scene = new ExecutorScene();
        scene.Venue.Next(OrderRole.Stop, new OrderScript { ArrivesAfter = TimeSpan.FromSeconds(3) });

        var call = scene.Begin(scene.Open());
        scene.Live.Run(1);
        scene.Live.Ask(new Request.Stop("user", "enough"));
        scene.Live.Run(20);

        var report = ExecutorScene.Answer(call);
        Assert.Equal(Size.Zero, report.Filled);
        Assert.False(report.IsSuccess, report.Reason);
        Assert.Empty(scene.Sent(OrderRole.Entry));
        Assert.Equal([2303], scene.Log.Outcomes);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void An_unknown_outcome_is_told_in_time_and_the_same_id_later_gets_the_final_one()
    {
        using var scene = new ExecutorScene();
        scene.Venue.ProvenAfter = TimeSpan.FromSeconds(60);
        scene.Venue.Next(OrderRole.Entry, new OrderScript { Answer = CallAnswer.Lost, Arrives = false });
        var signal = scene.Open();

        var first = scene.Do(signal, 35);
        var held = scene.Live.State.Brackets[ExecutorScene.Btc.Id];
        var reserved = AccountMath.Waiting(scene.Live.State, held);
        scene.Live.Run(60);
        var second = scene.Do(signal);

        Assert.Equal(scene.Executor.AnswerWithin.TotalSeconds, first.Took.TotalSeconds, 1);
        Assert.Equal(ExecutionWords.Unanswered, first.Reason);
        Assert.False(first.IsSuccess);
        Assert.IsType<TradeExecutionError.OutcomeUnknown>(first.Error);
        Assert.Equal(new Size(0.04m), reserved);
        Assert.Equal(("filled", true, new Size(0.04m)), (second.Reason, second.IsRepeat, second.Filled));
        var entry = Assert.Single(scene.Sent(OrderRole.Entry));
        Assert.Equal(2, entry.Attempts);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void The_same_signal_twice_at_once_is_carried_out_once_and_told_once()
    {
        using var scene = new ExecutorScene();
        var signal = scene.Open();

        var (first, second) = (scene.Begin(signal), scene.Begin(signal));
        scene.Live.Run(20);

        Assert.Equal("filled", ExecutorScene.Answer(first).Reason);
        Assert.Equal("filled", ExecutorScene.Answer(second).Reason);
        Assert.False(ExecutorScene.Answer(first).IsRepeat);
        Assert.True(ExecutorScene.Answer(second).IsRepeat);
        Assert.Single(scene.Sent(OrderRole.Entry));
        Assert.Equal([2301, 2304], scene.Log.Outcomes);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void One_that_ends_while_its_double_still_asks_for_the_balance_answers_both()
    {
        using var scene = new ExecutorScene();
        var signal = scene.Open();
        var first = scene.Begin(signal);
        scene.Live.Run(0.001);

        // The balance that the first one had is thrown away; the second one's takes its time.
        scene.Live.Account.Balances.Invalidate(scene.Venue.Account);
        scene.Venue.Reads.Takes = TimeSpan.FromSeconds(5);
        var second = scene.Begin(scene.Open() with { IssuedAt = signal.IssuedAt });
        scene.Live.Run(10);

        Assert.True(first.IsCompleted);
        Assert.True(second.IsCompleted, "the double waits for an end that was told already");
        Assert.True(ExecutorScene.Answer(second).IsRepeat);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void An_id_with_another_content_is_refused_at_once_and_later()
    {
        using var scene = new ExecutorScene();
        var signal = scene.Open();

        var (first, other) = (scene.Begin(signal), scene.Begin(signal with { Side = Side.Sell }));
        scene.Live.Run(20);
        var later = scene.Do(signal with { Size = new Size(0.01m) }, 1);

        Assert.Equal("filled", ExecutorScene.Answer(first).Reason);
        Assert.IsType<TradeExecutionError.SignalReused>(ExecutorScene.Answer(other).Error);
        Assert.IsType<TradeExecutionError.SignalReused>(later.Error);
        Assert.Equal(0.04m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void Who_stops_waiting_does_not_stop_the_signal()
    {
        using var scene = new ExecutorScene();
        using var patience = new CancellationTokenSource();
        var signal = scene.Open();
        var call = scene.Executor.ExecuteSignalAsync(scene.Venue.Account, signal, patience.Token);
        scene.Live.Run(0.2);

        patience.Cancel();
        scene.Live.Run(20);

        Assert.True(call.IsCanceled);
        Assert.Equal(0.04m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
        Assert.True(scene.Do(signal, 1).IsRepeat);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void Signals_beyond_the_lane_are_refused_as_busy_and_leave_no_trace_in_the_journal()
    {
        using var scene = new ExecutorScene();
        const int Sent = AccountSession.RiskLane + 6;

        var calls = Enumerable.Range(0, Sent).Select(i => scene.Begin(scene.Open($"s-{i}"))).ToList();
        scene.Live.Run(60);

        var busy = calls.Count(call => ExecutorScene.Answer(call).Error is TradeExecutionError.Busy
        {
            Market: not "BTC-USD",
        });
        Assert.Equal(6, busy);
        Assert.Equal(AccountSession.RiskLane, scene.Live.State.Signals.Count);
        Assert.Equal(Sent, scene.Log.Outcomes.Count());
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_entry_that_rests_is_answered_when_it_rests_and_its_double_at_once()
    {
        using var scene = new ExecutorScene();
        var signal = scene.Open() with
        {
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        };

        var report = scene.Do(signal, 5);
        var again = scene.Begin(signal);
        scene.Live.Run(0.5);

        Assert.Equal((ExecutionWords.Resting, SignalPhase.Working), (report.Reason, report.Phase));
        Assert.True(report.IsSuccess);
        Assert.True(again.IsCompleted, "the double waits although the entry rests");
        Assert.Equal(ExecutionWords.Resting, ExecutorScene.Answer(again).Reason);
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void Every_action_is_carried_out_and_answered()
    {
        using var scene = new ExecutorScene().Held(0.02m);

        var add = scene.Do(scene.Of(SignalAction.Add, "add", 0.01m), 10);
        var reduce = scene.Do(scene.Of(SignalAction.Reduce, "reduce", 0.02m), 10);
        var flip = scene.Do(scene.Open("flip", 0.03m, Side.Sell) with { Action = SignalAction.Flip }, 20);
        var close = scene.Do(scene.Of(SignalAction.Close, "close"), 10);

        Assert.Equal(("filled", new Size(0.01m)), (add.Reason, add.Filled));
        Assert.Equal(("filled", new Size(0.02m)), (reduce.Reason, reduce.Filled));
        Assert.Equal(("filled", new Size(0.03m)), (flip.Reason, flip.Filled));
        Assert.Equal(("signal", new Size(0.03m)), (close.Reason, close.Filled));
        Assert.All([add, reduce, flip, close], report => Assert.True(report.IsSuccess));
        Assert.Equal(49_999m, flip.AveragePrice);
        Assert.Empty(scene.Live.State.Brackets);
        Assert.Equal(scene.Venue.Books.Cash, scene.Live.State.Balance.Value);
        Assert.Equal(TimeSpan.Zero, scene.Venue.Bare.LongestAt(scene.Live.Clock.Now));
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    [Trait("Req", "EXE-4")]
    public void A_flip_that_was_half_done_goes_on_after_a_restart()
    {
        using var scene = new ExecutorScene().Held();
        scene.Live.OnFact = (fact, _) => { };
        scene.Live.Send(scene.Open("flip", 0.03m, Side.Sell) with { Action = SignalAction.Flip });
        for (var i = 0; i < 200 && !scene.Live.Facts.Any(fact => fact.Fact is Fact.SignalReady); i++)
        {
            scene.Live.Run(0.05);
        }

        scene.Live.Kill();
        scene.Live.Run(20);

        Assert.Equal(-0.03m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
        Assert.Equal("filled", scene.Live.State.Signals[new SignalId("flip")].Reason);
        Assert.Single(scene.Live.Facts, fact => fact.Fact is Fact.SignalReady);
    }

    [Fact]
    public void A_preview_tells_what_would_follow_and_changes_nothing()
    {
        using var scene = new ExecutorScene();
        var before = ScriptedAccount.Text(scene.Live.State);
        var durable = scene.Live.Log.Durable(scene.Venue.Account.ToString()).Count;

        var call = scene.Executor.PreviewAsync(scene.Venue.Account, scene.Open(), CancellationToken.None);
        scene.Live.Run(5);

        Assert.Contains(ExecutorScene.Answer(call), fact => fact.Fact is Fact.EntryPlanned);
        Assert.Equal(before, ScriptedAccount.Text(scene.Live.State));
        Assert.Equal(durable, scene.Live.Log.Durable(scene.Venue.Account.ToString()).Count);
        Assert.Empty(scene.Venue.Orders);
        Assert.Empty(scene.Log.Outcomes);
    }
}
