using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

[Trait("Req", "BAL-2")]
public sealed class BalanceManagerTests : IDisposable
{
    private readonly AccountScene _scene = new();

    private ScriptedReads Reads => _scene.Reads;

    private BalanceManager Balances => _scene.Balances;

    public void Dispose() => _scene.Dispose();

    [Fact]
    [Trait("Req", "BAL-1")]
    public void A_balance_is_what_the_venue_has_and_what_is_free_of_it()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(
            10_000m, ScriptedReads.Position(SampleMarkets.Btc, 0.5m, 60_000m)));

        var balance = _scene.Now(Get()).Value();

        Assert.Equal(new BalanceInfo(
            new Usd(10_000m), new Usd(8_500m), new Usd(1_500m), AccountScene.Noon), balance);
    }

    [Fact]
    [Trait("Req", "BAL-1")]
    public void What_is_free_is_never_clamped()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(
            1_000m, ScriptedReads.Position(SampleMarkets.Btc, 0.5m, 60_000m)));

        var balance = _scene.Now(Get()).Value();

        Assert.Equal((1_000m, -500m, 1_500m), Amounts(balance));
    }

    [Fact]
    [Trait("Req", "BAL-1")]
    public void Collateral_of_isolated_positions_is_locked_and_their_debts_are_their_own()
    {
        Reads.Has(
            AccountScene.Anna,
            ScriptedReads.Cross(1_000m),
            ScriptedReads.Isolated(128, 300m, ScriptedReads.Position(SampleMarkets.Eth, 1m, 2_000m)),
            ScriptedReads.Isolated(256, -40m, ScriptedReads.Position(SampleMarkets.Sol, 10m, 100m)));

        var balance = _scene.Now(Get()).Value();

        Assert.Equal((1_300m, 1_000m, 300m), Amounts(balance));
    }

    [Fact]
    public void Inside_the_time_to_live_it_answers_from_memory_and_then_asks_once()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        _scene.Now(Get()).Value();
        _scene.Wait(4.999);
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(200m));

        var young = _scene.Now(Get()).Value();
        _scene.Wait(0.001);
        var old = _scene.Now(Get()).Value();

        Assert.Equal((100m, 200m), (young.Total.Value, old.Total.Value));
        Assert.Equal(2, Reads.Asked.Count);
    }

    [Fact]
    public void A_refresh_always_asks_and_what_it_brings_is_remembered()
    {
        Reads.Then(ScriptedReads.Cross(100m)).Then(ScriptedReads.Cross(200m)).Then(ScriptedReads.Cross(300m));
        _scene.Now(Get()).Value();

        var first = _scene.Now(Refresh()).Value();
        var second = _scene.Now(Refresh()).Value();
        var remembered = _scene.Now(Get()).Value();

        Assert.Equal((200m, 300m, 300m), (first.Total.Value, second.Total.Value, remembered.Total.Value));
        Assert.Equal(3, Reads.Asked.Count);
    }

    [Fact]
    public void A_refresh_does_not_wait_for_a_fetch_that_began_before_it()
    {
        Reads.Then(ScriptedReads.Cross(100m)).Then(ScriptedReads.Cross(200m));
        Reads.Takes = TimeSpan.FromSeconds(2);
        var early = Get();
        _scene.Wait(1);

        var late = Refresh();
        _scene.Wait(2);

        Assert.Equal(100m, Outcome.Of(early).Value().Total.Value);
        Assert.Equal(200m, Outcome.Of(late).Value().Total.Value);
    }

    [Fact]
    public void What_began_earlier_and_ends_later_does_not_replace_what_is_younger()
    {
        Reads.Then(ScriptedReads.Cross(100m)).Then(ScriptedReads.Cross(200m));
        Reads.Takes = TimeSpan.FromSeconds(3);
        var slow = Refresh();
        _scene.Clock.RunUntil(_scene.Clock.Now);
        Reads.Takes = TimeSpan.FromSeconds(1);
        var quick = Refresh();
        _scene.Wait(3);
        Reads.Takes = TimeSpan.Zero;

        var remembered = _scene.Now(Get()).Value();

        Assert.Equal(100m, Outcome.Of(slow).Value().Total.Value);
        Assert.Equal(200m, Outcome.Of(quick).Value().Total.Value);
        Assert.Equal(200m, remembered.Total.Value);
    }

    [Fact]
    public void Many_callers_on_an_expired_balance_cause_one_fetch()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        _scene.Now(Get()).Value();
        _scene.Wait(5);
        Reads.Takes = TimeSpan.FromSeconds(1);

        var callers = Enumerable.Range(0, 1_000).Select(_ => Get()).ToList();
        _scene.Wait(1);

        Assert.All(callers, caller => Assert.Equal(100m, Outcome.Of(caller).Value().Total.Value));
        Assert.Equal(2, Reads.Asked.Count);
    }

    [Fact]
    public void A_caller_who_gives_up_does_not_end_the_fetch_of_the_others()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        Reads.Takes = TimeSpan.FromSeconds(1);
        using var first = new CancellationTokenSource();
        var impatient = Balances.GetBalanceAsync(AccountScene.Anna, first.Token);
        var patient = Get();

        first.Cancel();
        _scene.Clock.RunUntil(_scene.Clock.Now);

        Assert.True(impatient.IsCanceled);
        Assert.False(patient.IsCompleted);
        _scene.Wait(1);
        Assert.Equal(100m, Outcome.Of(patient).Value().Total.Value);
        Assert.Equal(100m, _scene.Now(Get()).Value().Total.Value);
        Assert.Single(Reads.Asked);
    }

    [Fact]
    public void Who_has_given_up_already_asks_nobody()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();

        var asked = Balances.GetBalanceAsync(AccountScene.Anna, ended.Token);
        var refreshed = Balances.RefreshBalanceAsync(AccountScene.Anna, ended.Token);

        Assert.True(asked.IsCanceled);
        Assert.True(refreshed.IsCanceled);
        Assert.Empty(Reads.Asked);
    }

    [Fact]
    public void When_the_process_ends_everybody_is_let_go()
    {
        Reads.Takes = Timeout.InfiniteTimeSpan;
        var asked = Get();

        _scene.Stop();
        _scene.Clock.RunUntil(_scene.Clock.Now);

        Assert.True(asked.IsCanceled);
    }

    [Fact]
    public void A_balance_is_no_younger_than_the_question_for_it()
    {
        Reads.Takes = TimeSpan.FromSeconds(3);
        var asked = Get();
        _scene.Wait(3);
        Outcome.Of(asked).Value();
        Reads.Takes = TimeSpan.Zero;

        _scene.Wait(1.999);
        _scene.Now(Get()).Value();
        Assert.Single(Reads.Asked);
        _scene.Wait(0.001);
        _scene.Now(Get()).Value();

        Assert.Equal(2, Reads.Asked.Count);
    }

    [Fact]
    public void After_an_invalidation_the_next_call_asks()
    {
        Reads.Then(ScriptedReads.Cross(100m)).Then(ScriptedReads.Cross(200m));
        _scene.Now(Get()).Value();

        Balances.Invalidate(AccountScene.Anna);

        Assert.Equal(200m, _scene.Now(Get()).Value().Total.Value);
    }

    [Fact]
    public void A_fetch_that_an_invalidation_overtook_answers_its_callers_and_is_not_remembered()
    {
        Reads.Then(ScriptedReads.Cross(100m)).Then(ScriptedReads.Cross(200m));
        Reads.Takes = TimeSpan.FromSeconds(1);
        var before = Get();
        _scene.Clock.RunUntil(_scene.Clock.Now);

        Balances.Invalidate(AccountScene.Anna);
        var after = Get();
        _scene.Wait(1);

        Assert.Equal(100m, Outcome.Of(before).Value().Total.Value);
        Assert.Equal(200m, Outcome.Of(after).Value().Total.Value);
        Assert.Equal(200m, _scene.Now(Get()).Value().Total.Value);
        Assert.Equal(2, Reads.Asked.Count);
    }

    [Fact]
    public void Accounts_share_nothing()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(100m));
        Reads.Has(AccountScene.Bert, ScriptedReads.Cross(7m));
        Reads.Takes = TimeSpan.FromSeconds(4);
        var slow = Get();
        _scene.Clock.RunUntil(_scene.Clock.Now);
        Reads.Takes = TimeSpan.Zero;

        var other = _scene.Now(Balances.GetBalanceAsync(AccountScene.Bert, CancellationToken.None)).Value();
        Balances.Invalidate(AccountScene.Bert);

        Assert.Equal(7m, other.Total.Value);
        _scene.Wait(4);
        Assert.Equal(100m, Outcome.Of(slow).Value().Total.Value);
        Assert.Equal(100m, _scene.Now(Get()).Value().Total.Value);
        Assert.Equal(2, Reads.Asked.Count);
    }

    [Fact]
    public void Beyond_its_bound_it_forgets_who_was_asked_for_least_lately()
    {
        using var scene = new AccountScene(ConfirmationRules.ForBalance with { MostAccounts = 3 });
        AccountId[] accounts = [.. "abcd".Select(name => new AccountId("paper", "test", $"{name}"))];
        void Ask(int account) => _ = scene.Now(
            scene.Balances.GetBalanceAsync(accounts[account], CancellationToken.None)).Value();

        foreach (var account in (int[])[0, 1, 2, 0, 3]) Ask(account);

        Assert.Equal(3, scene.Balances.Count);
        foreach (var account in (int[])[0, 2, 3]) Ask(account);
        Assert.Equal(4, scene.Reads.Asked.Count);
        Ask(1);
        Assert.Equal(5, scene.Reads.Asked.Count);
        Assert.Equal(2d, scene.Meters.Sum("perpkeel.balance.evictions"));
    }

    [Fact]
    public void Who_is_waited_for_is_not_forgotten()
    {
        using var scene = new AccountScene(ConfirmationRules.ForBalance with { MostAccounts = 1 });
        scene.Reads.Takes = TimeSpan.FromSeconds(1);
        var anna = scene.Balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None);
        scene.Clock.RunUntil(scene.Clock.Now);
        scene.Reads.Takes = TimeSpan.Zero;
        scene.Now(scene.Balances.GetBalanceAsync(AccountScene.Bert, CancellationToken.None)).Value();

        var again = scene.Balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None);
        scene.Wait(1);

        Assert.Equal(Outcome.Of(anna), Outcome.Of(again));
        Assert.Equal(2, scene.Reads.Asked.Count);
        Assert.Equal(1, scene.Balances.Count);
    }

    [Fact]
    public void Hits_misses_and_the_time_of_fetches_are_counted_by_outcome()
    {
        Reads.Then(ScriptedReads.Cross(100m)).ThenIsDown();
        Reads.Takes = TimeSpan.FromMilliseconds(250);
        var asked = (Get(), Get());
        _scene.Wait(0.25);
        _scene.Now(Get()).Value();
        var refused = Refresh();
        _scene.Wait(0.25);

        var meters = _scene.Meters;
        Assert.Equal((1d, 2d), (meters.Sum("perpkeel.balance.hits"), meters.Sum("perpkeel.balance.misses")));
        Assert.Equal(
            [(250d, "ok"), (250d, "account-venue-down")], meters.All("perpkeel.balance.fetch_time"));
        Assert.All(meters.Instruments, instrument => Assert.False(
            string.IsNullOrEmpty(instrument.Unit) || string.IsNullOrEmpty(instrument.Description)));
        Assert.Equal(Outcome.Of(asked.Item1), Outcome.Of(asked.Item2));
        Outcome.Of(refused).Error();
    }

    private static (decimal Total, decimal Available, decimal Locked) Amounts(BalanceInfo balance) =>
        (balance.Total.Value, balance.Available.Value, balance.Locked.Value);

    private Task<Result<BalanceInfo, Venues.AccountError>> Get() =>
        Balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None);

    private Task<Result<BalanceInfo, Venues.AccountError>> Refresh() =>
        Balances.RefreshBalanceAsync(AccountScene.Anna, CancellationToken.None);
}
