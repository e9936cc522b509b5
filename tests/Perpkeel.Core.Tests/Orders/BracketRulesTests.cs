using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Testing.SampleMarkets;

namespace Perpkeel.Core.Tests.Orders;

public sealed class BracketRulesTests
{
    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_entry_waits_until_its_stop_is_confirmed()
    {
        var account = Planned();
        var before = account.Venue.Wire.Count;

        account.Opens(Btc, OrderRole.Stop);

        Assert.Equal(1, before);
        Assert.StartsWith("place entry", account.Venue.Wire[1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_whose_stop_is_refused_is_never_sent()
    {
        var account = Planned();

        account.Hear(account.Venue.Rejects(account.Order(Btc, OrderRole.Stop)));

        Assert.Single(account.Venue.Wire);
        Assert.Equal("stop-refused", EndReason(account));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_whose_stop_fires_at_once_is_never_sent()
    {
        var account = Planned();

        account.Triggers(Btc, OrderRole.Stop, 49_000m);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.ReduceOnly);

        Assert.Single(account.Venue.Wire);
        Assert.Equal("stop-gone", EndReason(account));
    }

    [Theory]
    [Trait("Req", "EXE-6")]
    [InlineData(true)]
    [InlineData(false)]
    public void The_entry_is_cancelled_when_the_stop_fires_or_vanishes(bool fires)
    {
        var account = EntryOpen();

        if (fires) account.Triggers(Btc, OrderRole.Stop, 49_250m);
        else account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        Assert.True(account.OrderState(Btc, OrderRole.Entry).CancelAsked);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_cancel_of_the_entry_that_was_refused_is_asked_for_again()
    {
        var account = EntryOpen();
        account.Triggers(Btc, OrderRole.Stop, 49_250m);

        account.Hear(account.Venue.RefusesCancel(account.Order(Btc, OrderRole.Entry)));

        Assert.Equal(
            2, account.Venue.Wire.Count(line => line.StartsWith("cancel entry", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Without_a_fill_there_is_no_target()
    {
        var account = EntryOpen();

        Assert.Null(account.Bracket(Btc).Target);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_target_follows_the_first_fill_for_the_whole_size_and_no_other_fill_moves_anything()
    {
        var account = EntryOpen();

        account.Fills(Btc, OrderRole.Entry, 0.01m, 50_000m);
        var afterFirst = account.Venue.Wire.Count;
        account.Opens(Btc, OrderRole.Target);
        account.Fills(Btc, OrderRole.Entry, 0.02m, 50_001m);

        Assert.Equal(account.Bracket(Btc).Size, account.OrderState(Btc, OrderRole.Target).Intent.Size);
        Assert.Equal(3, afterFirst);
        Assert.Equal(afterFirst, account.Venue.Wire.Count);
    }

    [Theory]
    [Trait("Req", "EXE-6")]
    [InlineData(OrderEnding.Rejected)]
    [InlineData(OrderEnding.Cancelled)]
    public void A_stop_that_vanished_is_placed_again_for_the_whole_size(OrderEnding ending)
    {
        var account = Open();
        var first = account.Order(Btc, OrderRole.Stop);

        account.Ends(Btc, OrderRole.Stop, ending);

        var healed = account.OrderState(Btc, OrderRole.Stop).Intent;
        Assert.NotEqual(first, healed.ClientId);
        Assert.Equal(account.Bracket(Btc).Size, healed.Size);
        Assert.Equal(account.Bracket(Btc).StopTrigger, healed.Trigger);
    }

    [Theory]
    [Trait("Req", "EXE-6")]
    [InlineData(OrderEnding.Rejected)]
    [InlineData(OrderEnding.Cancelled)]
    public void After_three_lost_stops_the_position_is_closed_at_the_market(OrderEnding ending)
    {
        var account = Open();
        for (var i = 0; i < BracketRules.MostFailures; i++)
        {
            Assert.Null(account.Bracket(Btc).Close);
            account.Ends(Btc, OrderRole.Stop, ending);
            account.Advance(PlacementBudget.BlockTime);
        }

        var close = account.OrderState(Btc, OrderRole.Close).Intent;
        Assert.Equal(OrderKind.Market, close.Kind);
        Assert.Equal(account.State.SizeIn(Btc.Id), close.Size);
        Conclude(account);
        Assert.Equal("protection-lost", EndReason(account));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_target_is_given_up_after_three_failures_and_the_stop_stays()
    {
        var account = Open();
        for (var i = 0; i < BracketRules.MostFailures; i++)
        {
            account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);
            account.Advance(PlacementBudget.BlockTime);
        }

        Assert.False(account.OrderState(Btc, OrderRole.Target).IsLive);
        Assert.True(account.OrderState(Btc, OrderRole.Stop).IsWorking);
        Assert.Null(AccountEngine.NextWake(account.State, account.Now));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void What_a_fired_stop_leaves_is_closed_at_the_market_and_tried_again_every_two_seconds()
    {
        var account = Open();
        account.Triggers(Btc, OrderRole.Stop, 49_250m);
        account.Fills(Btc, OrderRole.Stop, 0.04m, 49_200m);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.RestDropped);
        var first = account.OrderState(Btc, OrderRole.Close).Intent;

        account.Opens(Btc, OrderRole.Close);
        account.Fills(Btc, OrderRole.Close, 0.01m, 49_100m);
        account.Ends(Btc, OrderRole.Close, OrderEnding.RestDropped);
        account.Advance(TimeSpan.FromMilliseconds(1_999));
        var tooEarly = account.Order(Btc, OrderRole.Close);
        account.Advance(TimeSpan.FromMilliseconds(1));
        var second = account.OrderState(Btc, OrderRole.Close).Intent;

        Assert.Equal((new Size(0.1m), true), (first.Size, first.ReduceOnly));
        Assert.Equal(first.ClientId, tooEarly);
        Assert.Equal((new Size(0.1m), true), (second.Size, second.ReduceOnly));
        Assert.True(second.Limit < first.Limit);
        Conclude(account);
        Assert.Equal("stop", EndReason(account));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void What_a_fired_stop_leaves_gets_a_stop_beyond_the_price_while_it_is_closed()
    {
        var account = Open();
        account.Triggers(Btc, OrderRole.Stop, 49_250m);
        account.Fills(Btc, OrderRole.Stop, 0.04m, 49_200m);

        account.Ends(Btc, OrderRole.Stop, OrderEnding.RestDropped);

        var stop = account.OrderState(Btc, OrderRole.Stop).Intent;
        Assert.Equal(new Price(48_462m), stop.Trigger);
        Assert.True(account.OrderState(Btc, OrderRole.Close).IsLive);
        Assert.NotNull(account.Bracket(Btc).UnprotectedSince);

        account.Opens(Btc, OrderRole.Stop);

        Assert.Null(account.Bracket(Btc).UnprotectedSince);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_stop_that_opens_and_ends_at_one_instant_sends_no_entry()
    {
        var account = new ScriptedAccount().Price(Btc, 50_000m);
        account.Enter(Btc);
        var stop = account.Order(Btc, OrderRole.Stop);

        account.Hear(
            account.Venue.Opens(stop),
            account.Venue.Triggers(stop, 49_000m),
            account.Venue.Ends(stop, OrderEnding.ReduceOnly));

        Assert.Equal("stop-gone", EndReason(account));
        Assert.DoesNotContain(account.State.Orders.Values, order => order.Intent.Role == OrderRole.Entry);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void What_a_fired_target_leaves_is_closed_while_the_stop_stays()
    {
        var account = Open();
        account.Triggers(Btc, OrderRole.Target, 51_500m);
        account.Fills(Btc, OrderRole.Target, 0.04m, 51_400m);

        account.Ends(Btc, OrderRole.Target, OrderEnding.RestDropped);

        Assert.True(account.OrderState(Btc, OrderRole.Close).Intent.ReduceOnly);
        Assert.True(account.OrderState(Btc, OrderRole.Stop).IsWorking);
        Assert.False(account.OrderState(Btc, OrderRole.Stop).CancelAsked);
        Conclude(account);
        Assert.Equal("target", EndReason(account));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_that_is_still_open_when_the_target_fires_is_cancelled()
    {
        var account = EntryOpen();
        account.Fills(Btc, OrderRole.Entry, 0.03m, 50_000m);
        account.Opens(Btc, OrderRole.Target);

        account.Triggers(Btc, OrderRole.Target, 51_500m);

        Assert.True(account.OrderState(Btc, OrderRole.Entry).CancelAsked);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void No_target_is_placed_once_the_stop_has_fired()
    {
        var account = Open();
        account.Triggers(Btc, OrderRole.Stop, 49_250m);

        account.Ends(Btc, OrderRole.Target, OrderEnding.Rejected);

        Assert.False(account.OrderState(Btc, OrderRole.Target).IsLive);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_stop_is_cancelled_when_the_target_has_closed_the_position_and_the_other_way_round()
    {
        var byTarget = Open();
        byTarget.Triggers(Btc, OrderRole.Target, 51_500m);
        byTarget.Fills(Btc, OrderRole.Target, 0.1m, 51_400m);
        byTarget.Ends(Btc, OrderRole.Target, OrderEnding.Filled);
        var byStop = Open();
        byStop.Triggers(Btc, OrderRole.Stop, 49_250m);
        byStop.Fills(Btc, OrderRole.Stop, 0.1m, 49_200m);
        byStop.Ends(Btc, OrderRole.Stop, OrderEnding.Filled);

        Assert.True(byTarget.OrderState(Btc, OrderRole.Stop).CancelAsked);
        Assert.True(byStop.OrderState(Btc, OrderRole.Target).CancelAsked);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_that_ended_without_a_fill_takes_its_stop_with_it()
    {
        var account = EntryOpen();

        account.Ends(Btc, OrderRole.Entry, OrderEnding.RestDropped);
        var isAsked = account.OrderState(Btc, OrderRole.Stop).CancelAsked;
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        Assert.True(isAsked);
        Assert.Equal("not-filled", EndReason(account));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_position_that_the_venue_closed_ends_its_bracket()
    {
        var account = Open();

        account.Hear(account.Venue.Liquidates(Btc.Id, 0.04m, 40_000m, 2m));
        var part = account.OrderState(Btc, OrderRole.Stop);
        account.Hear(account.Venue.Liquidates(Btc.Id, 0.06m, 39_900m, 2m));
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);

        Assert.False(part.CancelAsked);
        Assert.Equal("closed-by-venue", EndReason(account));
        Assert.Equal(2, account.State.Totals.Liquidations);
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void An_exit_closes_at_the_market_and_keeps_the_stop_until_the_position_is_gone()
    {
        var account = Open();
        account.Exit(Btc, "score-below-exit");
        var whileClosing = account.OrderState(Btc, OrderRole.Stop).CancelAsked;
        Conclude(account);

        Assert.False(whileClosing);
        Assert.Equal("score-below-exit", EndReason(account));
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void An_exit_before_the_entry_was_sent_sends_none()
    {
        var account = Planned();
        account.Exit(Btc);

        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        Assert.Equal("test-exit", EndReason(account));
        Assert.DoesNotContain(
            account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void A_short_is_protected_above_and_taken_below()
    {
        var account = new ScriptedAccount().Price(Btc, 50_001m);
        account.Enter(Btc, Side.Sell);

        var bracket = account.Bracket(Btc);

        Assert.Equal(new Price(50_750m), bracket.StopTrigger);
        Assert.Equal(new Price(55_825m), account.OrderState(Btc, OrderRole.Stop).Intent.Limit);
        Assert.Equal(new Price(48_500m), bracket.TargetTrigger);
        Assert.Equal(new Price(48_985m), bracket.TargetLimit);
        Assert.Equal(Side.Buy, account.OrderState(Btc, OrderRole.Stop).Intent.Side);
    }

    private static ScriptedAccount Planned()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        return account;
    }

    private static ScriptedAccount EntryOpen()
    {
        var account = Planned();
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        return account;
    }

    private static ScriptedAccount Open()
    {
        var account = EntryOpen();
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Opens(Btc, OrderRole.Target);
        account.Advance(TimeSpan.FromSeconds(2));
        return account;
    }

    /// <summary>The close is filled, and what is left is cancelled.</summary>
    private static void Conclude(ScriptedAccount account)
    {
        account.Opens(Btc, OrderRole.Close);
        account.Fills(Btc, OrderRole.Close, account.State.SizeIn(Btc.Id).Value, 49_000m);
        account.Ends(Btc, OrderRole.Close, OrderEnding.Filled);
        foreach (var order in account.Venue.Live.ToList())
        {
            Assert.True(order.CancelArrived);
            account.Hear(account.Venue.Ends(order.Intent.ClientId, OrderEnding.Cancelled));
        }
    }

    private static string EndReason(ScriptedAccount account) =>
        Assert.IsType<Fact.BracketEnded>(account.Facts[^1].Fact).Reason;
}
