using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine.Signals;

/// <summary>Signals whose market comes to an end, or is stopped, while they are under way.</summary>
[Trait("Req", "EXE-8")]
public sealed class EndingSignalTests
{
    private static readonly Market Btc = SampleMarkets.Btc;

    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_rest_of_an_amended_entry_is_not_sent_after_the_target_has_closed_the_position()
    {
        var account = Amended(filled: 0.01m);
        var entry = account.Order(Btc, OrderRole.Entry);
        account.Triggers(Btc, OrderRole.Target, 51_500m);
        account.Fills(Btc, OrderRole.Target, 0.01m, 51_500m);
        account.Ends(Btc, OrderRole.Target, OrderEnding.ReduceOnly);
        var orders = account.Venue.Orders.Count;

        account.Hear(account.Venue.Ends(entry, OrderEnding.Cancelled));
        account.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(orders, account.Venue.Orders.Count);
        Assert.Equal("cancel stop", string.Join(' ', account.Venue.Wire[^1].Split(' ').Take(2)));
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void The_rest_of_an_amended_entry_is_given_up_when_the_user_stops_and_nothing_stays_reserved()
    {
        var account = Amended(filled: 0.01m);
        var entry = account.Order(Btc, OrderRole.Entry);

        account.Ask(new Request.Stop("user", "enough"));
        account.Hear(account.Venue.Ends(entry, OrderEnding.Cancelled));
        var orders = account.Venue.Orders.Count;
        var waiting = AccountMath.Waiting(account.State, account.Bracket(Btc));
        account.Ask(new Request.Resume("user"));
        account.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Size.Zero, waiting);
        Assert.Equal(orders, account.Venue.Orders.Count);
        Assert.Equal(SignalPhase.Ended, account.Signal("s-2").Phase);
        Assert.Equal("stopped", account.Signal("s-2").Reason);
        Assert.Equal("partly-filled", account.Signal("s-1").Reason);
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_amendment_that_came_too_late_says_so()
    {
        var account = Amended(filled: 0.01m);

        account.Fills(Btc, OrderRole.Entry, 0.03m, 49_900m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("too-late", account.Signal("s-2").Reason);
        Assert.Equal("filled", account.Signal("s-1").Reason);
        Assert.Single(account.Venue.Orders.Values, order => order.Intent.Role == OrderRole.Entry);
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_entry_that_is_filled_and_whose_end_was_not_told_yet_takes_no_amendment()
    {
        var account = Resting();
        account.Fills(Btc, OrderRole.Entry, 0.04m, 49_900m);

        account.Signal(Amendment(account));

        Assert.IsType<TradeExecutionError.NothingHeld>(account.Signal("s-2").Error);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_stop_whose_move_was_refused_is_moved_again_from_where_it_rests()
    {
        var account = Held();
        var bracket = account.Bracket(Btc);
        var move = new Request.MoveStop(
            Btc.Id, bracket.Id, new Price(50_500m), SampleFacts.At(Btc, 52_000m));
        account.Ask(move);

        account.Hear(account.Venue.Rejects(account.Order(Btc, OrderRole.Stop)));
        account.Advance(Trailing.Pause);

        Assert.Equal(bracket.StopTrigger, account.Bracket(Btc).StopTrigger);
        Assert.NotEmpty(account.Ask(move));
    }

    [Fact]
    public void A_flip_tells_of_what_it_opened_and_not_of_what_it_closed()
    {
        var account = Held();
        var flip = SampleSignals.Open(Btc.Id, account.Now, Side.Sell, "s-2") with
        {
            Action = SignalAction.Flip,
            Size = new Size(0.02m),
        };
        account.Signal(flip);
        account.Fills(Btc, OrderRole.Close, 0.04m, 50_000m);
        account.Ends(Btc, OrderRole.Close, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);
        account.Advance(TimeSpan.FromSeconds(2));
        account.Signal(flip);

        OpenSignalTests.FillAll(account, 49_990m);

        Assert.Equal("filled", account.Signal("s-2").Reason);
        Assert.Equal(new Size(0.02m), account.Signal("s-2").Filled);
        Assert.Equal(49_990m, account.Signal("s-2").AveragePrice);
    }

    [Fact]
    public void A_position_that_is_closing_takes_no_amendment()
    {
        var account = Resting();
        account.Signal(SampleSignals.Of(SignalAction.Close, Btc.Id, account.Now, "close"));

        account.Signal(Amendment(account));

        Assert.IsType<TradeExecutionError.Busy>(account.Signal("s-2").Error);
    }

    /// <summary>A resting entry that is partly filled, protected, and to have another price.</summary>
    private static ScriptedAccount Amended(decimal filled)
    {
        var account = Resting();
        account.Fills(Btc, OrderRole.Entry, filled, 49_900m);
        account.Advance(TimeSpan.FromSeconds(2));
        account.Opens(Btc, OrderRole.Target);
        account.Advance(TimeSpan.FromSeconds(2));
        account.Signal(Amendment(account));
        return account;
    }

    private static TradeSignal Amendment(ScriptedAccount account) =>
        SampleSignals.Of(SignalAction.Amend, Btc.Id, account.Now, "s-2") with
        {
            Entry = new EntryTerms { Limit = new Price(49_950m), Time = OrderTime.GoodTilTime },
        };

    private static ScriptedAccount Resting()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Size = new Size(0.04m),
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Advance(TimeSpan.FromSeconds(2));
        return account;
    }

    private static ScriptedAccount Held()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Size = new Size(0.04m),
            TrailBy = 0.02m,
        });
        OpenSignalTests.FillAll(account);
        account.Advance(TimeSpan.FromSeconds(2));
        return account;
    }
}
