using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

[Trait("Req", "BAL-2")]
public sealed class BalanceThreadTests : IDisposable
{
    private const int Threads = 16;

    private readonly JumpingTime _time = new(AccountScene.Noon);
    private readonly Meter _meter = new("Perpkeel.Runtime");
    private readonly ScriptedReads _reads;
    private readonly BalanceManager _balances;

    public BalanceThreadTests()
    {
        _reads = new ScriptedReads(_time);
        _balances = new BalanceManager(
            _reads, ConfirmationRules.ForBalance with { MostAccounts = 50 }, _time, _meter,
            NullLogger<BalanceManager>.Instance, CancellationToken.None);
    }

    public void Dispose() => _meter.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_callers_on_many_threads_cause_one_fetch(bool isAnswered)
    {
        if (isAnswered) _reads.Then(ScriptedReads.Cross(100m));
        else _reads.ThenIsUnreachable();
        _reads.Hold();

        var callers = OnThreads(1_000, _ => _balances.GetBalanceAsync(
            AccountScene.Anna, CancellationToken.None));
        _reads.LetGo();
        var results = await Task.WhenAll(callers);

        Assert.Single(_reads.Asked);
        Assert.All(results, result => Assert.Equal(isAnswered, result.TryGet(out _, out _)));
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public async Task Callers_who_give_up_on_many_threads_take_nobody_with_them()
    {
        using var giveUp = new CancellationTokenSource();
        _reads.Then(ScriptedReads.Cross(100m));
        _reads.Hold();

        var callers = OnThreads(1_000, number => _balances.GetBalanceAsync(
            AccountScene.Anna, number % 2 == 0 ? giveUp.Token : CancellationToken.None));
        await giveUp.CancelAsync();
        _reads.LetGo();
        var stayed = await Task.WhenAll(callers.Where((_, number) => number % 2 == 1));

        Assert.Single(_reads.Asked);
        Assert.All(stayed, result => Assert.Equal(100m, result.Value().Total.Value));
        Assert.All(callers.Where((_, number) => number % 2 == 0), caller => Assert.True(caller.IsCanceled));
    }

    [Fact]
    public async Task Accounts_on_many_threads_get_their_own_balance_within_the_bound()
    {
        AccountId[] accounts =
        [
            .. Enumerable.Range(0, 200).Select(number => new AccountId("paper", "test", $"user-{number}")),
        ];
        for (var i = 0; i < accounts.Length; i++) _reads.Has(accounts[i], ScriptedReads.Cross(i));

        var callers = OnThreads(20_000, number =>
        {
            var account = accounts[number * 7 % accounts.Length];
            if (number % 13 == 0) _balances.Invalidate(account);
            if (number % 17 == 0) _balances.Invalidate(account, AccountScene.Noon);
            return number % 11 == 0
                ? _balances.RefreshBalanceAsync(account, CancellationToken.None)
                : _balances.GetBalanceAsync(account, CancellationToken.None);
        });
        var results = await Task.WhenAll(callers);

        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(number => (decimal)(number * 7 % accounts.Length)),
            results.Select(result => result.Value().Total.Value));
        Assert.InRange(_balances.Count, 1, 50);
    }

    /// <summary>So many calls, dealt to threads that begin at once; in the order of their numbers.</summary>
    private static Task<Result<BalanceInfo, AccountError>>[] OnThreads(
        int calls, Func<int, Task<Result<BalanceInfo, AccountError>>> call)
    {
        var made = new Task<Result<BalanceInfo, AccountError>>[calls];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(first => new Thread(() =>
        {
            start.SignalAndWait();
            for (var number = first; number < calls; number += Threads) made[number] = call(number);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return made;
    }
}
