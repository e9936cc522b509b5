using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Testing.SampleMarkets;

namespace Perpkeel.Core.Tests.Engine;

public sealed class OutcomeTests
{
    [Fact]
    [Trait("Req", "EXE-4")]
    public void An_entry_without_an_answer_is_looked_up_and_sent_again_under_its_own_id_only()
    {
        var account = StopRests();
        var entry = account.Order(Btc, OrderRole.Entry);
        var sent = account.Venue.Orders[entry].Intent;
        account.Venue.Lose(entry);

        account.Ask(new Request.CallUnanswered(entry));
        Assert.Equal(OrderPhase.OutcomeUnknown, account.OrderState(Btc, OrderRole.Entry).Phase);
        Assert.Equal([entry], account.Venue.LookUps);
        account.Ask(new Request.NotAtVenue(entry, "no such order at height 12"));

        Assert.Equal(sent, account.Venue.Orders[entry].Intent);
        Assert.Equal(entry, account.Order(Btc, OrderRole.Entry));
        Assert.Equal(OrderPhase.Intended, account.OrderState(Btc, OrderRole.Entry).Phase);
        Assert.Equal(2, account.State.Orders.Count);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    [Trait("Req", "EXE-4")]
    public void The_reservation_stays_until_the_outcome_is_known()
    {
        var account = StopRests();
        var entry = account.Order(Btc, OrderRole.Entry);
        var reserved = Waiting(account);

        account.Ask(new Request.CallUnanswered(entry));
        var whileUnknown = Waiting(account);
        account.Ask(new Request.NotAtVenue(entry, "no such order"));
        var whileSentAgain = Waiting(account);
        account.Opens(Btc, OrderRole.Entry);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.RestDropped);

        Assert.Equal(account.Bracket(Btc).Size, reserved);
        Assert.Equal(reserved, whileUnknown);
        Assert.Equal(reserved, whileSentAgain);
        Assert.Equal(Size.Zero, Waiting(account));
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void An_unanswered_order_that_the_venue_reports_needs_nothing_more()
    {
        var account = StopRests();
        var entry = account.Order(Btc, OrderRole.Entry);
        account.Ask(new Request.CallUnanswered(entry));

        account.Opens(Btc, OrderRole.Entry);

        Assert.Empty(account.Ask(new Request.NotAtVenue(entry, "a witness that lags")));
        Assert.Single(account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    [Trait("Req", "EXE-6")]
    public void An_entry_that_is_no_longer_wanted_is_not_sent_again_when_the_venue_lacks_it()
    {
        var account = StopRests();
        var entry = account.Order(Btc, OrderRole.Entry);
        account.Venue.Lose(entry);
        account.Ask(new Request.CallUnanswered(entry));
        account.Triggers(Btc, OrderRole.Stop, 49_250m);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.ReduceOnly);

        account.Ask(new Request.NotAtVenue(entry, "no such order"));

        Assert.Single(account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
        Assert.Empty(account.State.Brackets);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    [Trait("Req", "STA-3")]
    public void After_a_restart_an_entry_that_is_no_longer_wanted_is_looked_up_and_not_sent()
    {
        var account = StopRests();
        var entry = account.Order(Btc, OrderRole.Entry);
        account.Exit(Btc);

        account.Restart();

        Assert.Collection(
            AccountEngine.Unanswered(account.State),
            effect => Assert.Equal(new Effect.LookUp(entry), effect),
            effect => Assert.Equal(new Effect.Cancel(entry, account.Now), effect));
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void A_cancel_refused_for_an_order_that_has_not_arrived_is_not_asked_for_in_a_circle()
    {
        var account = StopRests();
        var entry = account.Order(Btc, OrderRole.Entry);
        account.Ask(new Request.CallUnanswered(entry));
        account.Exit(Btc);

        account.Hear(account.Venue.RefusesCancel(entry));
        account.Hear(account.Venue.RefusesCancel(entry));
        var whileUnknown = Cancels(account);
        account.Opens(Btc, OrderRole.Entry);

        Assert.Equal(1, whileUnknown);
        Assert.Equal(2, Cancels(account));
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_refused_entry_ends_its_bracket_when_the_stop_is_gone()
    {
        var account = StopRests();
        account.Ask(new Request.CallRejected(account.Order(Btc, OrderRole.Entry), "code-7", "no"));
        Assert.Equal(Size.Zero, Waiting(account));

        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        var ended = Assert.IsType<Fact.BracketEnded>(account.Facts[^1].Fact);
        Assert.Equal("not-filled", ended.Reason);
        Assert.Empty(account.State.Brackets);
    }

    private static int Cancels(ScriptedAccount account) =>
        account.Venue.Wire.Count(line => line.StartsWith("cancel entry", StringComparison.Ordinal));

    private static Size Waiting(ScriptedAccount account) =>
        AccountMath.Waiting(account.State, account.Bracket(Btc));

    private static ScriptedAccount StopRests()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        account.Opens(Btc, OrderRole.Stop);
        return account;
    }
}
