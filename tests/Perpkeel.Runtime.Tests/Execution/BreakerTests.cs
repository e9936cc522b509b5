using Perpkeel.Core.Execution;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Guards;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

[Trait("Req", "EXE-7")]
public sealed class BreakerTests
{
    private static readonly OrderScript Down = new()
    {
        Answer = CallAnswer.Unavailable,
        Times = int.MaxValue,
    };

    [Fact]
    public void After_failures_in_a_row_new_risk_is_refused_before_anything_is_sent()
    {
        using var scene = Opened();

        var report = scene.Do(scene.Open("s-2"), 1);

        Assert.IsType<TradeExecutionError.VenueUnavailable>(report.Error);
        Assert.Equal(SignalPhase.Refused, report.Phase);
        Assert.Single(scene.Sent(OrderRole.Entry));
        Assert.Contains(scene.Log.Lines, line => line.Event == 2401);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void While_new_risk_waits_stops_and_cancels_and_closes_go_out()
    {
        using var scene = new ExecutorScene().Held(0.02m);
        scene.Venue.Next(OrderRole.Entry, Down);
        scene.Do(scene.Of(SignalAction.Add, "add", 0.01m), 5);
        Assert.Equal(BreakerState.Open, scene.Live.Account.Guard.Of(CallClass.Entries).State);

        scene.Venue.Drop(OrderRole.Stop);
        scene.Live.Run(2);
        var stops = scene.Venue.Live.Count(order => order.Intent.Role == OrderRole.Stop);
        var close = scene.Do(scene.Of(SignalAction.Close, "close"), 2.5);

        Assert.Equal(1, stops);
        Assert.True(close.IsSuccess);
        Assert.Equal(0m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
        Assert.Empty(scene.Venue.Live);
    }

    [Fact]
    public void When_its_time_is_over_one_entry_passes_as_a_trial_and_decides()
    {
        using var scene = Opened();
        var breaker = scene.Live.Account.Guard.Of(CallClass.Entries);
        scene.Live.Run(breaker.TrialAt!.Value - scene.Live.Clock.Now);

        var report = scene.Do(scene.Open("s-2"), 5);

        Assert.Equal("filled", report.Reason);
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void A_trial_that_fails_keeps_new_risk_waiting_for_twice_as_long()
    {
        using var scene = Opened();
        scene.Venue.Next(OrderRole.Entry, Down);
        var breaker = scene.Live.Account.Guard.Of(CallClass.Entries);
        scene.Live.Run(breaker.TrialAt!.Value - scene.Live.Clock.Now);
        var tried = scene.Begin(scene.Open("s-2"));
        scene.Live.Run(1);

        var wait = breaker.TrialAt!.Value - scene.Live.Clock.Now;

        Assert.Equal(BreakerState.Open, breaker.State);
        Assert.InRange(wait, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10));
        scene.Live.Run(30);
        Assert.False(ExecutorScene.Answer(tried).IsSuccess);
    }

    /// <summary>An entry that could not be sent five times, so that its breaker is open.</summary>
    private static ExecutorScene Opened()
    {
        var scene = new ExecutorScene();
        scene.Venue.Next(OrderRole.Entry, Down);
        var report = scene.Do(scene.Open(), 6);
        Assert.Equal("rejected", report.Reason);
        Assert.Equal(BreakerState.Open, scene.Live.Account.Guard.Of(CallClass.Entries).State);
        return scene;
    }
}
