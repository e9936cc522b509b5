using Perpkeel.Core.Signals;
using Xunit;

namespace Perpkeel.Core.Tests.Signals;

public sealed class DayWindowTests
{
    [Fact]
    public void Fewer_than_thirty_values_say_nothing()
    {
        var window = Filled(0, 29, value => value);

        Assert.Equal(50d, window.PercentileOf(1_000));
        Assert.False(window.IsKnown);
        Assert.Equal(100d, window.Add(29, 29).PercentileOf(1_000));
    }

    [Fact]
    public void A_percentile_is_what_lies_below_and_half_of_what_is_equal()
    {
        var window = Filled(0, 100, value => value % 4);

        Assert.Equal(
            [0d, 12.5d, 37.5d, 62.5d, 87.5d, 100d],
            Enumerable.Range(-1, 6).Select(value => window.PercentileOf(value)));
        Assert.Equal(100d, window.PercentileOf(long.MaxValue));
        Assert.Equal(0d, window.PercentileOf(long.MinValue));
    }

    [Fact]
    public void Percentiles_agree_with_counting_one_by_one()
    {
        var values = Enumerable.Range(0, 5_000).Select(i => (long)(i * 7_919 % 503)).ToList();
        var window = DayWindow.Empty;
        for (var minute = 0; minute < values.Count; minute++)
        {
            window = window.Add(minute, values[minute]);
            var kept = values[Math.Max(0, ((minute / 60) - 24) * 60)..(minute + 1)];
            var asked = values[minute / 2];
            var below = kept.Count(value => value < asked);
            var equal = kept.Count(value => value == asked);
            var expected = kept.Count < 30 ? 50d : (below + (equal / 2d)) / kept.Count * 100d;

            Assert.Equal(kept.Count, window.Count);
            Assert.Equal(expected, window.PercentileOf(asked), 9);
        }
    }

    [Fact]
    public void Hours_older_than_a_day_leave_as_a_whole_even_before_a_value_comes()
    {
        var window = Filled(0, 60, _ => 5).Add(60, 7);

        Assert.Equal(61, window.At(24 * 60).Count);
        Assert.Equal(1, window.At(25 * 60).Count);
        Assert.Equal(0, window.At(26 * 60).Count);
        Assert.Equal(61, window.Count);
    }

    [Fact]
    public void Adding_leaves_the_window_as_it_was()
    {
        var window = Filled(0, 90, value => value);
        var before = window.PercentileOf(45);

        _ = window.Add(90, 1).Add(5_000, 2);

        Assert.Equal(90, window.Count);
        Assert.Equal(before, window.PercentileOf(45));
    }

    [Fact]
    public void Time_never_goes_back_and_minutes_before_zero_have_hours_too()
    {
        var window = DayWindow.Empty.Add(-61, 1).Add(-60, 2).Add(-1, 3).Add(-120, 4);

        Assert.Equal(4, window.Count);
        Assert.Equal(3, window.At(23 * 60).Count);
    }

    private static DayWindow Filled(int from, int count, Func<int, long> value) =>
        Enumerable.Range(from, count)
            .Aggregate(DayWindow.Empty, (day, minute) => day.Add(minute, value(minute)));
}
