using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Telemetry;
using Perpkeel.Runtime.Tests.Telemetry;
using Perpkeel.Runtime.Time;
using Xunit;

namespace Perpkeel.Runtime.Tests.Sessions;

[Trait("Req", "RX-6")]
public sealed class RunLoopTests
{
    private static readonly LoopSettings Unpaced =
        new() { Speed = null, PacedFrom = Samples.Start, Until = null };

    private readonly VirtualClock _clock = new(Samples.Start);
    private readonly SteppingTime _wall = new(TimeSpan.FromMilliseconds(10));
    private readonly RunHistory _history;
    private int _done;

    public RunLoopTests()
    {
        _history = new RunHistory(_wall, Samples.Markets);
        for (var second = 1; second <= 5; second++)
        {
            _clock.CreateTimer(_ => _done++, null, TimeSpan.FromSeconds(second), Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public void It_ends_when_nothing_is_left_to_do()
    {
        Assert.Equal(LoopEnd.Finished, Run(Unpaced));
        Assert.Equal((5, 5L), (_done, _history.Instants.Count));
    }

    [Fact]
    public void It_ends_before_the_first_instant_beyond_its_time()
    {
        Assert.Equal(LoopEnd.TimeIsUp, Run(Unpaced with { Until = Samples.Start.AddSeconds(3) }));
        Assert.Equal((3, Samples.Start.AddSeconds(3)), (_done, _clock.Now));
    }

    [Fact]
    public void It_ends_between_two_instants_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        _clock.CreateTimer(
            _ => stop.Cancel(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        Assert.Equal(LoopEnd.Cancelled, Run(Unpaced, stop: stop));
        Assert.Equal(2, _done);
        Assert.Equal(LoopEnd.Cancelled, Run(Unpaced, stop: stop));
        Assert.Equal(2, _done);
    }

    [Theory]
    [InlineData(10, 0.5)]
    [InlineData(100, 0.05)]
    public void At_a_speed_it_takes_its_time_by_the_wall_clock(int speed, double seconds)
    {
        var began = _wall.GetTimestamp();

        var end = Run(Unpaced with { Speed = speed, FrameEvery = TimeSpan.FromMilliseconds(1) });

        Assert.Equal((LoopEnd.Finished, 5), (end, _done));
        Assert.True(_wall.GetElapsedTime(began).TotalSeconds >= seconds);
    }

    [Fact]
    public void What_lies_before_the_paced_part_runs_as_fast_as_it_can()
    {
        // Paced, the five seconds would take more than an hour: that the test ends is the point.
        Run(Unpaced with { Speed = 0.001m, PacedFrom = Samples.Start.AddSeconds(5) });

        Assert.Equal(5, _done);
    }

    [Fact]
    public void A_loop_that_waits_still_shows_frames_and_hears_of_the_end()
    {
        using var stop = new CancellationTokenSource();
        var frames = 0;

        var end = Run(
            Unpaced with { Speed = 0.001m, FrameEvery = TimeSpan.FromMilliseconds(30) },
            () =>
            {
                if (++frames == 3) stop.Cancel();
            },
            stop);

        Assert.Equal((LoopEnd.Cancelled, 3, 0), (end, frames, _done));
    }

    [Fact]
    public void Frames_are_shown_no_more_often_than_was_asked()
    {
        var frames = 0;
        var every = TimeSpan.FromMilliseconds(60);
        var began = _wall.GetTimestamp();

        Run(Unpaced with { FrameEvery = every }, () => frames++);

        Assert.True(frames <= _wall.GetElapsedTime(began) / every, $"{frames} frames");
    }

    [Fact]
    public void What_is_thrown_after_an_instant_ends_the_loop_before_the_next()
    {
        var settings = Unpaced with
        {
            EachInstant = () =>
            {
                if (_done == 2) throw new InvalidOperationException("a fault");
            },
        };

        Assert.Throws<InvalidOperationException>(() => Run(settings));
        Assert.Equal(2, _done);
    }

    [Fact]
    public void What_is_asked_between_two_instants_is_done_before_the_next_and_at_the_present_one()
    {
        var asked = new List<int>();
        var doneAt = default(DateTimeOffset);

        Run(Unpaced with { Between = Ask });

        Assert.Equal([0, 1, 2, 3, 4, 5], asked.Distinct());
        Assert.Equal(Samples.Start.AddSeconds(2), doneAt);

        void Ask()
        {
            asked.Add(_done);
            if (_done == 2 && doneAt == default) _clock.AtEnd(() => doneAt = _clock.Now);
        }
    }

    [Fact]
    public void A_loop_that_waits_for_hours_hears_at_once_of_what_is_asked()
    {
        using var stop = new CancellationTokenSource();
        using var wake = new AutoResetEvent(initialState: false);
        var times = 0;
        var began = TimeProvider.System.GetTimestamp();
        var settings = new LoopSettings
        {
            Speed = 0.0001m,
            PacedFrom = Samples.Start,
            Until = null,
            FrameEvery = TimeSpan.FromHours(1),
            Wake = wake,
            Between = Ask,
        };

        var end = new RunLoop(_clock, TimeProvider.System, _history).Run(settings, () => { }, stop.Token);

        Assert.Equal((LoopEnd.Cancelled, 2, 0), (end, times, _done));
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1));

        void Ask()
        {
            if (++times == 1) wake.Set();
            else stop.Cancel();
        }
    }

    private LoopEnd Run(LoopSettings settings, Action? frame = null, CancellationTokenSource? stop = null) =>
        new RunLoop(_clock, _wall, _history).Run(
            settings, frame ?? (() => { }), stop?.Token ?? TestContext.Current.CancellationToken);
}
