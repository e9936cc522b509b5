using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

[Trait("Req", "BAL-3")]
public sealed class BalanceFaultTests : IDisposable
{
    private readonly AccountScene _scene = new();

    private ScriptedReads Reads => _scene.Reads;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Each_fault_is_told_apart_with_its_numbers_and_what_mends_it()
    {
        Reads.ThenRefusesTheKey().ThenIsUnreachable().ThenLimitsTheRate(TimeSpan.FromMilliseconds(2_500))
            .ThenIsDown().ThenTellsNonsense();

        AccountError[] faults = [.. Enumerable.Range(0, 5).Select(_ => _scene.Now(Get()).Error())];

        Assert.Equal(
            [
                "account-not-authenticated", "account-network", "account-rate-limited", "account-venue-down",
                "account-malformed",
            ],
            faults.Select(fault => fault.Code), StringComparer.Ordinal);
        Assert.Equal(
            [
                "The venue does not show paper/test/owner: the key was revoked.",
                "indexer.example was not reached: connection refused.",
                "The venue asks for patience: 2.5 s.",
                "The venue cannot answer: 503, maintenance.",
                "The venue's answer makes no sense at balance: Locked is -1; it cannot be negative.",
            ],
            faults.Select(fault => fault.Message), StringComparer.Ordinal);
        Assert.All(faults, fault => Assert.EndsWith(".", fault.Mend, StringComparison.Ordinal));
        Assert.Equal(5, faults.Select(fault => fault.Mend).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(5, Reads.Asked.Count);
    }

    [Fact]
    public void Faults_without_numbers_say_so()
    {
        Assert.Equal(
            "The venue asks for patience and does not say for how long.",
            new AccountError.RateLimited(null).Message);
        Assert.Contains("some seconds", new AccountError.RateLimited(null).Mend, StringComparison.Ordinal);
        Assert.Equal("The venue cannot answer: halted.", new AccountError.VenueDown(0, "halted").Message);
        Assert.Equal(
            "account-venue-down: The venue cannot answer: halted. Wait until the venue is back; its status "
            + "page tells since when.",
            new AccountError.VenueDown(0, "halted").ToString());
    }

    [Fact]
    [Trait("Req", "BAL-2")]
    public void A_fetch_that_fails_is_one_error_for_all_and_the_next_call_asks_again()
    {
        Reads.ThenIsUnreachable().Then(ScriptedReads.Cross(5m));
        Reads.Takes = TimeSpan.FromSeconds(1);
        var callers = Enumerable.Range(0, 1_000).Select(_ => Get()).ToList();
        _scene.Wait(1);

        Assert.All(callers, caller => Assert.IsType<AccountError.Network>(Outcome.Of(caller).Error()));
        Assert.Single(Reads.Asked);
        Assert.Equal(0, _scene.Balances.Count);
        var next = Get();
        _scene.Wait(1);
        Assert.Equal(5m, Outcome.Of(next).Value().Total.Value);
    }

    [Fact]
    public void An_expired_balance_is_never_served_when_the_venue_is_down()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        _scene.Now(Get()).Value();
        _scene.Wait(5);
        Reads.Fails = new AccountError.VenueDown(502, "bad gateway");

        Assert.Equal(Reads.Fails, _scene.Now(Get()).Error());
        Assert.Equal(Reads.Fails, _scene.Now(Get()).Error());
        Assert.Equal(3, Reads.Asked.Count);
    }

    [Fact]
    public void A_refresh_that_fails_makes_what_is_remembered_no_younger()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        var first = _scene.Now(Get()).Value();
        _scene.Wait(4);
        Reads.Fails = new AccountError.VenueDown(502, "bad gateway");

        var refreshed = _scene.Now(_scene.Balances.RefreshBalanceAsync(
            AccountScene.Anna, CancellationToken.None));
        var young = _scene.Now(Get()).Value();
        _scene.Wait(1);
        var old = _scene.Now(Get());

        Assert.Equal(Reads.Fails, refreshed.Error());
        Assert.Equal((first, AccountScene.Noon), (young, young.AsOf));
        Assert.Equal(Reads.Fails, old.Error());
    }

    [Fact]
    public void An_answer_that_does_not_come_is_waited_for_until_the_deadline()
    {
        Reads.Takes = Timeout.InfiniteTimeSpan;
        var asked = Get();
        _scene.Wait(9.999);
        Assert.False(asked.IsCompleted);

        _scene.Wait(0.001);

        Assert.Equal("paper was not reached: no answer in 10 s.", Outcome.Of(asked).Error().Message);
    }

    [Fact]
    public void A_reader_that_does_not_hear_that_it_is_too_late_holds_nobody()
    {
        Reads.Hold();
        var asked = _scene.Balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None);

        _scene.Wait(10);

        Assert.IsType<AccountError.Network>(Outcome.Of(asked).Error());
        Reads.LetGo();
    }

    [Fact]
    public void An_answer_that_is_old_when_it_comes_confirms_nothing()
    {
        Reads.IsBehind = TimeSpan.FromSeconds(5);

        var error = _scene.Now(Get()).Error();

        Assert.Equal("account-out-of-date", error.Code);
        Assert.Equal(
            "The venue's answer is of 2026-01-05 11:59:55.000Z; one of 2026-01-05 11:59:55.000Z or later is "
            + "needed, and it is 2026-01-05 12:00:00.000Z.",
            error.Message);
        Assert.StartsWith("Ask again", error.Mend, StringComparison.Ordinal);
        Reads.IsBehind = TimeSpan.FromSeconds(4.999);
        _scene.Now(Get()).Value();
    }

    [Fact]
    public void An_answer_from_the_future_confirms_nothing_and_asks_for_the_clock()
    {
        Reads.IsBehind = TimeSpan.FromSeconds(-90);

        var error = _scene.Now(Get()).Error();

        Assert.Equal(
            "The venue's answer is of 2026-01-05 12:01:30.000Z, 90 s ahead of our clock.", error.Message);
        Assert.StartsWith("Set the clock", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_from_before_what_was_told_confirms_nothing()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        Reads.IsBehind = TimeSpan.FromSeconds(2);
        _scene.Balances.Invalidate(AccountScene.Anna, AccountScene.Noon.AddSeconds(-1));
        _scene.Balances.Invalidate(AccountScene.Anna);

        var behind = _scene.Now(Get());
        _scene.Wait(1);
        var caughtUp = _scene.Now(Get());

        Assert.IsType<AccountError.OutOfDate>(behind.Error());
        Assert.Equal(AccountScene.Noon.AddSeconds(-1), caughtUp.Value().AsOf);
    }

    [Fact]
    public void An_answer_about_another_account_is_not_taken()
    {
        Reads.MistakesFor = AccountScene.Bert;

        var error = Assert.IsType<AccountError.Malformed>(_scene.Now(Get()).Error());

        Assert.Contains("paper/test/bert came", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_cross_pools_are_not_one_account()
    {
        Reads.Then(ScriptedReads.Cross(1m), ScriptedReads.Cross(2m));

        Assert.IsType<AccountError.Malformed>(_scene.Now(Get()).Error());
    }

    [Fact]
    public void A_bug_of_the_reader_is_an_exception_for_all_and_nothing_stays_of_it()
    {
        Reads.Breaks = new InvalidOperationException("a bug");
        Reads.Takes = TimeSpan.FromSeconds(1);
        var asked = (Get(), Get());
        _scene.Wait(1);
        (Reads.Breaks, Reads.Takes) = (null, TimeSpan.Zero);

        Assert.Equal("a bug", asked.Item1.Exception?.InnerException?.Message);
        Assert.Equal("a bug", asked.Item2.Exception?.InnerException?.Message);
        _scene.Now(Get()).Value();
        Assert.Equal("fault", _scene.Meters.All("perpkeel.balance.fetch_time")[0].Outcome);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(-5)]
    [InlineData(5)]
    [InlineData(3_600)]
    public void A_clock_that_was_set_makes_nothing_fresh(int seconds)
    {
        var time = new JumpingTime(AccountScene.Noon);
        var (balances, reads) = On(time);
        Outcome.Of(balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None)).Value();

        time.Jump(TimeSpan.FromSeconds(seconds));
        Outcome.Of(balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None)).Value();

        Assert.Equal(2, reads.Asked.Count);
    }

    [Fact]
    public void A_clock_that_is_set_back_all_the_time_keeps_nothing_alive()
    {
        var time = new JumpingTime(AccountScene.Noon);
        var (balances, reads) = On(time);
        Outcome.Of(balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None)).Value();

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            time.Jump(TimeSpan.FromSeconds(-1));
        }

        Outcome.Of(balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None)).Value();
        Assert.Equal(2, reads.Asked.Count);
    }

    private static (BalanceManager Balances, ScriptedReads Reads) On(TimeProvider time)
    {
        var reads = new ScriptedReads(time);
        var meter = new Meter("Perpkeel.Runtime");
        return (
            new BalanceManager(
                reads, ConfirmationRules.ForBalance, time, meter, NullLogger<BalanceManager>.Instance,
                CancellationToken.None),
            reads);
    }

    private Task<Result<BalanceInfo, AccountError>> Get() =>
        _scene.Balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None);
}
