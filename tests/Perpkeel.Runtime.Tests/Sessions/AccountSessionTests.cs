using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Runtime.Tests.Sessions;

[Trait("Req", "EXE-3")]
public sealed class AccountSessionTests
{
    [Fact]
    public void What_the_venue_says_is_decided_before_requests_for_new_risk_that_came_earlier()
    {
        var desk = new Desk().Opened();
        var order = desk.Facts.Count;

        desk.Session.Post(Desk.Enter());
        desk.Session.Post(new Request.Hear(Samples.Reports[0] with { Sequence = 2 }));
        desk.Instant();

        Assert.IsType<Fact.Reported>(desk.Facts[order]);
        Assert.IsType<Fact.Decided>(desk.Facts[order + 1]);
    }

    [Fact]
    public void The_lane_for_new_risk_refuses_when_it_is_full_and_takes_again_when_it_was_drained()
    {
        var desk = new Desk().Opened();

        for (var i = 0; i < AccountSession.RiskLane; i++) Assert.True(desk.Session.Post(Desk.Enter()));
        Assert.False(desk.Session.Post(Desk.Enter()));
        Assert.True(desk.Session.Post(new Request.Wake()));
        desk.Instant();

        Assert.True(desk.Session.Post(Desk.Enter()));
        Assert.Equal(AccountSession.RiskLane, desk.Facts.OfType<Fact.Decided>().Count());
    }

    [Fact]
    public void Requests_wait_for_the_end_of_the_instant_and_are_committed_together()
    {
        var fault = new CommitFault(0, takesEffect: true);
        var desk = new Desk(new MemoryRecordLog(fault)).Opened();
        var before = fault.Commits;

        desk.Session.Post(Desk.Enter());
        Assert.Equal(2, desk.State.Sequence);
        desk.Session.Post(Desk.Enter(market: Samples.Markets[1]));
        desk.Instant();

        Assert.Equal(before + 1, fault.Commits);
        Assert.Equal(desk.State.Sequence, desk.Durable);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public void Facts_are_told_and_effects_leave_only_when_they_are_durable()
    {
        var desk = new Desk().Opened();
        var durable = new List<(int Durable, long Sequence)>();
        desk.Session.FactRecorded += (_, told) => durable.Add((desk.Durable, told.State.Sequence));
        desk.Session.EffectDue += (_, _) => durable.Add((desk.Durable, desk.State.Sequence));

        desk.Entering();

        Assert.Equal(4, durable.Count);
        Assert.All(durable, moment => Assert.Equal(moment.Sequence, moment.Durable));
        Assert.Equal(
            OrderRole.Stop, Assert.IsType<Effect.Protect>(Assert.Single(desk.Effects)).Order.Intent.Role);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Req", "STA-3")]
    public void Nothing_leaves_when_the_commit_fails(bool takesEffect)
    {
        var desk = new Desk(new MemoryRecordLog(new CommitFault(2, takesEffect))).Opened();
        var told = desk.Facts.Count;

        Assert.Throws<JournalException>(() => desk.Entering());

        Assert.Empty(desk.Effects);
        Assert.Equal(told, desk.Facts.Count);
        Assert.Equal(takesEffect, desk.Restarted().State.Brackets.Count == 1);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_position_without_its_stop_raises_the_alarm_at_the_deadline()
    {
        var desk = new Desk().Holding();
        desk.Wait(3).End(OrderRole.Stop, OrderEnding.Cancelled);

        desk.Wait(4.9);
        Assert.Empty(desk.Effects.OfType<Effect.Alarm>());
        desk.Wait(0.1);

        var alarm = Assert.Single(desk.Effects.OfType<Effect.Alarm>());
        Assert.Equal(Samples.Start.AddSeconds(3), alarm.Since);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_session_that_was_started_again_keeps_the_deadline()
    {
        var desk = new Desk().Holding();
        desk.Wait(3).End(OrderRole.Stop, OrderEnding.Cancelled).Wait(1);

        var next = desk.Restarted(Samples.Start);
        next.Session.Resume();
        next.Wait(7.9);
        Assert.Empty(next.Effects);
        next.Wait(0.1);

        Assert.IsType<Effect.Alarm>(Assert.Single(next.Effects));
        Assert.Equal(Samples.Start.AddSeconds(3), next.Session.RecoveredUntil);
        Assert.Null(desk.Session.RecoveredUntil);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Protection_that_found_no_room_in_the_placement_budget_is_placed_when_there_is_room()
    {
        var desk = new Desk().Opened().Entering();
        desk.Accept(OrderRole.Stop).Accept(OrderRole.Entry).FillEntry();
        Assert.Equal(2, desk.State.Placements.Times.Length);

        desk.End(OrderRole.Stop, OrderEnding.Cancelled);
        var before = desk.Effects.Count;
        desk.Wait(0.999);
        Assert.Equal(before, desk.Effects.Count);
        desk.Wait(0.001);

        Assert.Equal(OrderRole.Stop, Assert.IsType<Effect.Protect>(desk.Effects[^1]).Order.Intent.Role);
    }

    [Fact]
    public void A_report_heard_twice_counts_once()
    {
        var desk = new Desk().Opened();

        desk.Session.Post(new Request.Hear(Samples.Reports[0]));
        desk.Instant();

        Assert.Equal(10_000m, desk.State.Balance.Value);
        Assert.Equal(2, desk.State.Sequence);
    }
}
