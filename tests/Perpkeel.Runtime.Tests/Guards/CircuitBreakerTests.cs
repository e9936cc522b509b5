using Perpkeel.Runtime.Guards;
using Perpkeel.Runtime.Time;
using Xunit;

namespace Perpkeel.Runtime.Tests.Guards;

[Trait("Req", "EXE-7")]
public sealed class CircuitBreakerTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualClock _clock = new(Start);
    private readonly List<BreakerState> _told = [];

    [Fact]
    public void It_opens_after_so_many_failures_in_a_row_and_not_before()
    {
        var breaker = Breaker();

        Fail(breaker, 4);
        breaker.OnSuccess();
        Fail(breaker, 4);
        Assert.True(breaker.TryPass());
        breaker.OnFailure();

        Assert.False(breaker.TryPass());
        Assert.Equal(Start + TimeSpan.FromSeconds(5), breaker.TrialAt);
    }

    [Fact]
    public void When_its_time_is_over_one_call_passes_and_its_success_closes_it()
    {
        var breaker = Breaker();
        Fail(breaker, 5);

        Pass(TimeSpan.FromSeconds(5));
        Assert.True(breaker.TryPass());
        Assert.False(breaker.TryPass());
        breaker.OnSuccess();

        Assert.True(breaker.TryPass());
        Assert.Equal([BreakerState.Open, BreakerState.HalfOpen, BreakerState.Closed], _told);
    }

    [Fact]
    public void A_trial_that_fails_opens_it_for_twice_as_long_up_to_the_longest()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        var waits = new List<double>();
        for (var trial = 0; trial < 6; trial++)
        {
            waits.Add((breaker.TrialAt!.Value - _clock.Now).TotalSeconds);
            Pass(breaker.TrialAt.Value - _clock.Now);
            Assert.True(breaker.TryPass());
            breaker.OnFailure();
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], waits);
    }

    [Fact]
    public void Failures_that_come_while_it_is_open_change_nothing()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        var trial = breaker.TrialAt;

        Fail(breaker, 20);

        Assert.Equal(trial, breaker.TrialAt);
    }

    [Fact]
    public void Waits_grow_are_spread_are_the_same_for_the_same_key_and_the_venues_wish_goes_first()
    {
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            var plain = Math.Min(4_000, 250 * Math.Pow(2, attempt - 1));
            var waits = Enumerable.Range(1, 200)
                .Select(key => Backoff.After(attempt, (uint)key, null).TotalMilliseconds).ToList();
            Assert.All(waits, wait => Assert.InRange(wait, plain * 0.75, plain * 1.25));
            Assert.True(waits.Max() - waits.Min() > plain * 0.4);
            Assert.Equal(Backoff.After(attempt, 7, null), Backoff.After(attempt, 7, null));
        }

        Assert.Equal(TimeSpan.FromSeconds(9), Backoff.After(1, 7, TimeSpan.FromSeconds(9)));
    }

    private CircuitBreaker Breaker()
    {
        var breaker = new CircuitBreaker(new BreakerRules(), _clock);
        breaker.Changed += (_, changed) => _told.Add(changed.State);
        return breaker;
    }

    private static void Fail(CircuitBreaker breaker, int times)
    {
        for (var i = 0; i < times; i++) breaker.OnFailure();
    }

    private void Pass(TimeSpan time)
    {
        using var home = _clock.Enter();
        var until = _clock.Now + time;
        using var timer = _clock.CreateTimer(_ => { }, null, time, Timeout.InfiniteTimeSpan);
        while (_clock.Now < until) _clock.RunInstant();
    }
}
