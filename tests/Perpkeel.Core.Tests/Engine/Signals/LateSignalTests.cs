using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine.Signals;

/// <summary>What comes late, and at which prices.</summary>
[Trait("Req", "EXE-6")]
public sealed class LateSignalTests
{
    private static readonly Market Btc = SampleMarkets.Btc;

    [Fact]
    public void An_entry_whose_stop_comes_to_rest_too_late_is_not_sent()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        var stop = account.Order(Btc, OrderRole.Stop);
        account.Ask(new Request.CallUnanswered(stop));

        account.Advance(BracketRules.EntryWithin + TimeSpan.FromSeconds(1));
        account.Hear(account.Venue.Opens(stop));
        account.Hear(account.Venue.Ends(stop, OrderEnding.Cancelled));

        Assert.DoesNotContain(
            account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
        Assert.Empty(account.State.Brackets);
        Assert.Equal(SignalPhase.Ended, account.Signal("s-1").Phase);
    }

    [Fact]
    public void An_entry_that_the_venue_never_had_is_not_sent_again_hours_later()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        account.Opens(Btc, OrderRole.Stop);
        var entry = account.Order(Btc, OrderRole.Entry);
        account.Ask(new Request.CallUnanswered(entry));

        account.Advance(TimeSpan.FromHours(2));
        account.Ask(new Request.NotAtVenue(entry, "no block has it"));

        Assert.DoesNotContain(account.Facts, fact => fact.Fact is Fact.OrderSentAgain);
        Assert.False(account.OrderState(Btc, OrderRole.Entry).IsLive);
    }

    [Fact]
    public void A_position_is_flattened_at_the_price_of_now_and_not_at_that_of_an_hour_ago()
    {
        var account = Held();

        account.Ask(new Request.Flatten("cli", "crash") { Prices = [SampleFacts.At(Btc, 40_000m)] });

        Assert.Equal(new Price(39_600m), account.OrderState(Btc, OrderRole.Close).Intent.Limit);
    }

    [Fact]
    public void A_close_that_is_tried_again_looks_at_the_price_again()
    {
        var account = Held();
        account.Ask(new Request.Flatten("cli", "crash") { Prices = [SampleFacts.At(Btc, 40_000m)] });
        account.Ends(Btc, OrderRole.Close, OrderEnding.RestDropped);

        account.Pass(TimeSpan.FromSeconds(3));
        account.Ask(new Request.Wake { Prices = [SampleFacts.At(Btc, 38_000m)] });

        // 1 % for the first, 2 % for the second attempt.
        Assert.Equal(new Price(37_240m), account.OrderState(Btc, OrderRole.Close).Intent.Limit);
    }

    [Fact]
    [Trait("Req", "EXE-7")]
    public void A_close_that_the_venue_did_not_take_goes_no_further_from_the_price()
    {
        var account = Held();
        account.Ask(new Request.Flatten("cli", "crash") { Prices = [SampleFacts.At(Btc, 40_000m)] });
        account.Ask(new Request.CallRejected(account.Order(Btc, OrderRole.Close), "unavailable", "nothing"));

        account.Pass(TimeSpan.FromSeconds(3));
        account.Ask(new Request.Wake { Prices = [SampleFacts.At(Btc, 40_000m)] });

        Assert.Equal(new Price(39_600m), account.OrderState(Btc, OrderRole.Close).Intent.Limit);
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void A_flip_whose_second_half_is_refused_ends_flat_and_says_why()
    {
        var account = Held();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now, Side.Sell, "s-2") with
        {
            Action = SignalAction.Flip,
        });
        var flip = account.Signal("s-2").Signal;
        account.Fills(Btc, OrderRole.Close, account.State.SizeIn(Btc.Id).Value, 50_000m);
        account.Ends(Btc, OrderRole.Close, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);
        account.Ask(new Request.Stop("cli", "lunch"));

        account.Signal(flip);

        var signal = account.Signal("s-2");
        Assert.Equal((SignalPhase.Ended, "flat"), (signal.Phase, signal.Reason));
        Assert.IsType<TradeExecutionError.Stopped>(signal.Error);
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void A_flip_that_became_ready_long_ago_opens_nothing()
    {
        var account = Held();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now, Side.Sell, "s-2") with
        {
            Action = SignalAction.Flip,
        });
        var flip = account.Signal("s-2").Signal;
        account.Fills(Btc, OrderRole.Close, account.State.SizeIn(Btc.Id).Value, 50_000m);
        account.Ends(Btc, OrderRole.Close, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);

        account.Advance(TimeSpan.FromDays(2));
        account.Signal(flip);

        Assert.IsType<TradeExecutionError.SignalTooOld>(account.Signal("s-2").Error);
        Assert.Empty(account.State.Brackets);
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_amendment_passes_the_limits_of_the_size_again()
    {
        var account = Waiting(0.1m);

        var risky = Amend(account, "s-2", 51_300m);
        var below = Amend(account, "s-3", 48_000m);

        // The stop lies at 49,150: at 51,300 the risk is more than 1 %, at 48,000 it is no stop.
        Assert.IsType<TradeExecutionError.LimitExceeded>(risky);
        Assert.IsType<TradeExecutionError.SizingFailed>(below);
        Assert.Null(account.Bracket(Btc).AmendTo);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void While_an_amended_entry_waits_nothing_is_added_and_its_reservation_stays()
    {
        var account = Waiting(0.04m);
        var before = account.Bracket(Btc).ReservePerUnit;
        Assert.Null(Amend(account, "s-2", 49_850m));
        account.Hear(account.Venue.Fills(account.Order(Btc, OrderRole.Entry), 0.01m, 49_900m, 0m));

        account.Signal(SampleSignals.Of(SignalAction.Add, Btc.Id, account.Now, "s-3", 0.001m));

        Assert.IsType<TradeExecutionError.Busy>(account.Signal("s-3").Error);
        Assert.Equal(before, account.Bracket(Btc).ReservePerUnit);
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_amended_entry_that_the_venue_refuses_is_no_success()
    {
        var account = Waiting(0.04m);
        var first = account.Order(Btc, OrderRole.Entry);
        account.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(Amend(account, "s-2", 49_950m));
        account.Hear(account.Venue.Ends(first, OrderEnding.Cancelled));
        account.Advance(TimeSpan.FromSeconds(2));

        account.Hear(account.Venue.Rejects(account.Order(Btc, OrderRole.Entry)));

        var signal = account.Signal("s-2");
        Assert.Equal("rejected", signal.Reason);
        Assert.IsType<TradeExecutionError.OrderRejected>(signal.Error);
    }

    private static ScriptedAccount Held()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        OpenSignalTests.FillAll(account);
        account.Advance(TimeSpan.FromHours(1));
        return account;
    }

    private static ScriptedAccount Waiting(decimal size)
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Size = new Size(size),
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Advance(TimeSpan.FromSeconds(2));
        return account;
    }

    private static TradeExecutionError? Amend(ScriptedAccount account, string id, decimal limit)
    {
        account.Signal(SampleSignals.Of(SignalAction.Amend, Btc.Id, account.Now, id) with
        {
            Entry = new EntryTerms { Limit = new Price(limit), Time = OrderTime.GoodTilTime },
        });
        return account.Signal(id).Error;
    }
}
