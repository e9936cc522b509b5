using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Testing.SampleMarkets;

namespace Perpkeel.Core.Tests.Engine;

public sealed class ProtectionTimeTests
{
    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_normal_course_is_never_unprotected()
    {
        var account = Filled();
        account.Advance(TimeSpan.FromMinutes(5));
        account.Exit(Btc);
        account.Opens(Btc, OrderRole.Close);
        account.Fills(Btc, OrderRole.Close, account.Bracket(Btc).Size.Value, 49_990m);
        account.Ends(Btc, OrderRole.Close, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);

        var totals = account.State.Totals;

        Assert.Empty(account.State.Brackets);
        Assert.Equal(0, totals.UnprotectedLateMs);
        Assert.Equal(0, totals.UnprotectedQuantileMs(0.99));
        Assert.Equal(0, totals.Alarms);
        Assert.Equal(1, totals.UnprotectedMs[0]);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Time_without_a_stop_is_measured_and_what_exceeds_the_deadline_counted_apart()
    {
        var account = Filled();
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);

        account.Advance(TimeSpan.FromSeconds(7));
        account.Opens(Btc, OrderRole.Stop);

        Assert.Equal(7_000, account.Bracket(Btc).UnprotectedMs);
        Assert.Equal(2_000, account.Bracket(Btc).UnprotectedLateMs);
        Assert.Null(account.Bracket(Btc).UnprotectedSince);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_alarm_is_raised_at_the_deadline_once_for_each_stretch()
    {
        var account = Filled();
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);
        var since = account.Now;

        account.Advance(TimeSpan.FromMilliseconds(4_999));
        var before = account.State.Totals.Alarms;
        account.Advance(TimeSpan.FromSeconds(10));
        var afterOne = account.State.Totals.Alarms;
        account.Opens(Btc, OrderRole.Stop);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);
        account.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(0, before);
        Assert.Equal(1, afterOne);
        Assert.Equal(2, account.State.Totals.Alarms);
        Assert.Contains(new Effect.Alarm(Btc.Id, since), account.Effects);
    }

    [Fact]
    public void Nothing_is_waited_for_when_all_is_well()
    {
        var account = Filled();

        Assert.Null(AccountEngine.NextWake(account.State, account.Now));
    }

    [Fact]
    public void The_next_wake_is_the_deadline_or_the_next_attempt_whichever_is_first()
    {
        var account = Filled();
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);
        var deadline = AccountEngine.NextWake(account.State, account.Now);
        account.Exit(Btc);
        account.Ends(Btc, OrderRole.Close, OrderEnding.RestDropped);

        Assert.Equal(account.Now + account.Engine.Limits.ProtectionDeadline, deadline);
        Assert.Equal(
            account.Now + BracketRules.CloseRetry, AccountEngine.NextWake(account.State, account.Now));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_stop_that_has_to_wait_for_room_is_placed_as_soon_as_there_is_some()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);

        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);
        var first = account.Order(Btc, OrderRole.Stop);
        var wake = AccountEngine.NextWake(account.State, account.Now);
        account.Advance(PlacementBudget.BlockTime);

        Assert.Equal(account.Now, wake);
        Assert.True(account.Order(Btc, OrderRole.Stop) > first);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Closing_does_not_wait_for_a_stop_that_has_no_room()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);

        account.Exit(Btc);

        Assert.NotNull(account.Bracket(Btc).Close);
    }

    private static ScriptedAccount Filled()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, account.Bracket(Btc).Size.Value, 50_000m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Opens(Btc, OrderRole.Target);
        account.Advance(TimeSpan.FromSeconds(2));
        return account;
    }
}
