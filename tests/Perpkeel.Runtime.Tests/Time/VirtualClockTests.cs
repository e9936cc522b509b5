using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Perpkeel.Runtime.Time;
using Xunit;

namespace Perpkeel.Runtime.Tests.Time;

[Trait("Req", "QA-1")]
[Trait("Req", "RX-5")]
public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly VirtualClock _clock = new(Start);
    private readonly List<string> _done = [];

    [Fact]
    public void A_circle_at_one_instant_is_broken_off_where_there_is_a_limit()
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch) { MostAtOnce = 100 };
        var turns = 0;
        void Turn()
        {
            turns++;
            clock.CreateTimer(_ => Turn(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        Turn();

        Assert.Throws<InvalidOperationException>(() => clock.RunInstant());
        Assert.InRange(turns, 2, 102);
    }

    [Fact]
    public void Time_advances_only_to_instants_for_which_something_is_scheduled()
    {
        At(2, "two");
        At(1, "one");

        Assert.Equal(Start.AddSeconds(1), _clock.NextInstant());
        Assert.True(_clock.RunInstant());
        Assert.Equal(Start.AddSeconds(1), _clock.GetUtcNow());
        Assert.True(_clock.RunInstant());
        Assert.False(_clock.RunInstant());
        Assert.Null(_clock.NextInstant());
        Assert.Equal(["one", "two"], _done);
        Assert.Equal(Start.AddSeconds(2), _clock.Now);
    }

    [Fact]
    public void What_is_scheduled_for_one_instant_runs_in_the_order_in_which_it_was_scheduled()
    {
        string[] names = [.. Enumerable.Range(0, 50).Select(i => $"{i}")];
        foreach (var name in names) At(1, name);

        _clock.RunInstant();

        Assert.Equal(names, _done, StringComparer.Ordinal);
    }

    [Fact]
    public void A_timer_for_the_present_instant_runs_in_it_behind_what_waits_already()
    {
        _clock.CreateTimer(
            _ =>
            {
                _done.Add("first");
                At(0, "third");
            },
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        At(1, "second");

        _clock.RunInstant();

        Assert.Equal(["first", "second", "third"], _done);
        Assert.Equal(Start.AddSeconds(1), _clock.Now);
    }

    [Fact]
    public void A_timer_that_was_cancelled_does_not_run_and_makes_no_instant()
    {
        var timer = At(1, "never");
        At(2, "two");

        timer.Dispose();

        Assert.Equal(Start.AddSeconds(2), _clock.NextInstant());
        _clock.RunUntil(Start.AddSeconds(5));
        Assert.Equal(["two"], _done);
    }

    [Fact]
    public void A_timer_cancelled_by_an_earlier_one_of_its_instant_does_not_run()
    {
        ITimer? second = null;
        _clock.CreateTimer(
            _ => second!.Dispose(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        second = At(1, "never");

        _clock.RunInstant();

        Assert.Empty(_done);
    }

    [Fact]
    public async Task A_periodic_timer_runs_every_period_until_it_is_disposed()
    {
        var timer = _clock.CreateTimer(
            _ => _done.Add($"{(_clock.Now - Start).TotalSeconds}"), null, TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(2));

        _clock.RunUntil(Start.AddSeconds(6));
        await timer.DisposeAsync();
        _clock.RunUntil(Start.AddSeconds(20));

        Assert.Equal(["1", "3", "5"], _done);
    }

    [Fact]
    public void A_timer_that_is_changed_runs_at_its_new_time_only()
    {
        var timer = At(1, "late");

        Assert.True(timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan));
        _clock.RunUntil(Start.AddSeconds(2));

        Assert.Empty(_done);
        _clock.RunUntil(Start.AddSeconds(3));
        Assert.Equal(["late"], _done);
    }

    [Fact]
    public void Awaits_come_home_to_the_clocks_thread()
    {
        using var home = _clock.Enter();
        var thread = Environment.CurrentManagedThreadId;
        var threads = new List<int>();

        var task = WaitAsync();
        _clock.RunUntil(Start.AddHours(1));

        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal([thread, thread, thread], threads);
        Assert.Equal(["0", "10", "10"], _done);

        async Task WaitAsync()
        {
            Note();
            await Task.Delay(TimeSpan.FromSeconds(10), _clock, CancellationToken.None);
            Note();
            await Task.Yield();
            Note();
        }

        void Note()
        {
            threads.Add(Environment.CurrentManagedThreadId);
            _done.Add($"{(_clock.Now - Start).TotalSeconds}");
        }
    }

    [Fact]
    public void The_context_before_comes_back_when_the_clock_is_left()
    {
        var before = SynchronizationContext.Current;
        var home = _clock.Enter();
        var inside = SynchronizationContext.Current!;

        inside.Send(_ => _done.Add("sent"), null);

        Assert.Same(inside, inside.CreateCopy());
        home.Dispose();
        Assert.Same(before, SynchronizationContext.Current);
        Assert.Equal(["sent"], _done);
    }

    [Fact]
    public void The_end_of_an_instant_comes_after_all_its_work()
    {
        using var home = _clock.Enter();
        _clock.CreateTimer(
            _ =>
            {
                _clock.AtEnd(() => _done.Add("end"));
                _done.Add("work");
                SynchronizationContext.Current!.Post(_ => At(0, "timer of the posted"), null);
            },
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        At(1, "other work");

        _clock.RunInstant();

        Assert.Equal(["work", "other work", "timer of the posted", "end"], _done);
    }

    [Fact]
    public void Work_that_the_end_of_an_instant_makes_runs_before_the_next_end()
    {
        _clock.AtEnd(() =>
        {
            At(0, "work");
            _done.Add("end one");
        });
        _clock.AtEnd(() => _done.Add("end two"));

        Assert.Equal(Start, _clock.NextInstant());
        _clock.RunInstant();

        Assert.Equal(["end one", "work", "end two"], _done);
    }

    [Fact]
    public void Run_until_includes_its_time_and_goes_no_further()
    {
        At(1, "one");
        At(2, "two");
        At(2.001, "later");

        _clock.RunUntil(Start.AddSeconds(2));

        Assert.Equal(["one", "two"], _done);
    }

    [Fact]
    public void Rx_runs_on_it()
    {
        using var subscription = Observable.Interval(TimeSpan.FromSeconds(1), _clock)
            .Take(3).Subscribe(tick => _done.Add($"{tick}@{(_clock.Now - Start).TotalSeconds}"));

        _clock.RunUntil(Start.AddMinutes(1));

        Assert.Equal(["0@1", "1@2", "2@3"], _done);
    }

    [Fact]
    public void What_is_scheduled_for_the_past_runs_now_and_what_is_disposed_never()
    {
        _clock.Schedule(Start.AddHours(-1), () => _done.Add("past"));
        _clock.Schedule(() => _done.Add("now"));
        _clock.Schedule(TimeSpan.FromSeconds(1), () => _done.Add("never")).Dispose();

        _clock.RunUntil(Start.AddMinutes(1));

        Assert.Equal(["past", "now"], _done);
        Assert.Equal(Start, _clock.Now);
    }

    [Fact]
    public void Its_timestamps_are_its_time()
    {
        var before = _clock.GetTimestamp();
        At(90, "x");
        _clock.RunInstant();

        Assert.Equal(TimeSpan.FromSeconds(90), _clock.GetElapsedTime(before));
        Assert.Equal(TimeZoneInfo.Utc, _clock.LocalTimeZone);
    }

    private ITimer At(double seconds, string what) => _clock.CreateTimer(
        _ => _done.Add(what), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
