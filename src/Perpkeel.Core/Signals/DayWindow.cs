using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Perpkeel.Core.Signals;

/// <summary>
/// The values of the running hour and of the 24 hours before it: what a percentile within the last day rests
/// on. Immutable; a minute without a value leaves a gap. The oldest hour leaves as a whole.
/// </summary>
/// <remarks>
/// Adding copies the running hour only. The finished hours are merged into one sorted array when an hour
/// ends, so that a percentile costs two binary searches.
/// </remarks>
public sealed class DayWindow
{
    /// <summary>How many values must be known before a percentile means something.</summary>
    public const int FewestValues = 30;

    private const int HoursKept = 24;
    private const int MinutesPerHour = 60;

    private readonly ImmutableArray<Hour> _hours;
    private readonly ImmutableArray<long> _finished;
    private readonly Hour _running;

    private DayWindow(ImmutableArray<Hour> hours, ImmutableArray<long> finished, Hour running)
    {
        _hours = hours;
        _finished = finished;
        _running = running;
    }

    /// <summary>No values.</summary>
    public static DayWindow Empty { get; } = new([], [], new Hour(long.MinValue, []));

    /// <summary>How many values it holds.</summary>
    public int Count => _finished.Length + _running.Sorted.Length;

    /// <summary>Whether enough is known for a percentile to mean something.</summary>
    public bool IsKnown => Count >= FewestValues;

    /// <summary>The window with one more value.</summary>
    /// <param name="minute">
    /// Minutes since any fixed full hour; an earlier hour counts as the running one.
    /// </param>
    /// <param name="value">The value of that minute.</param>
    public DayWindow Add(long minute, long value)
    {
        var window = At(minute);
        var sorted = window._running.Sorted;
        var place = Below(sorted, value);
        var longer = new long[sorted.Length + 1];
        sorted.AsSpan()[..place].CopyTo(longer);
        longer[place] = value;
        sorted.AsSpan()[place..].CopyTo(longer.AsSpan(place + 1));
        var running = window._running with { Sorted = ImmutableCollectionsMarshal.AsImmutableArray(longer) };
        return new DayWindow(window._hours, window._finished, running);
    }

    /// <summary>The window as it is at a minute: hours that are too old by then have left.</summary>
    /// <param name="minute">Minutes since the same full hour.</param>
    public DayWindow At(long minute)
    {
        var index = HourOf(minute);
        return index <= _running.Index ? this : Begin(index);
    }

    /// <summary>
    /// The share of values below, plus half of those equal, times 100; 50 while fewer than
    /// <see cref="FewestValues"/> are known.
    /// </summary>
    public double PercentileOf(long value)
    {
        if (!IsKnown) return 50d;
        var below = Below(_finished, value) + Below(_running.Sorted, value);
        var notAbove = NotAbove(_finished, value) + NotAbove(_running.Sorted, value);
        return (below + notAbove) * 50d / Count;
    }

    private static long HourOf(long minute) =>
        minute >= 0 ? minute / MinutesPerHour : ((minute + 1) / MinutesPerHour) - 1;

    private static int NotAbove(ImmutableArray<long> sorted, long value) =>
        value == long.MaxValue ? sorted.Length : Below(sorted, value + 1);

    private static int Below(ImmutableArray<long> sorted, long value)
    {
        var from = 0;
        var to = sorted.Length;
        while (from < to)
        {
            var middle = (from + to) >> 1;
            if (sorted[middle] < value) from = middle + 1;
            else to = middle;
        }

        return from;
    }

    private DayWindow Begin(long index)
    {
        var hours = _running.Sorted.IsEmpty ? _hours : _hours.Add(_running);
        var finished = Merge(_finished.AsSpan(), _running.Sorted.AsSpan());
        var kept = ImmutableArray.CreateBuilder<Hour>(hours.Length);
        foreach (var hour in hours)
        {
            if (hour.Index >= index - HoursKept) kept.Add(hour);
            else finished = Without(finished, hour.Sorted.AsSpan());
        }

        return new DayWindow(
            kept.DrainToImmutable(), ImmutableCollectionsMarshal.AsImmutableArray(finished),
            new Hour(index, []));
    }

    /// <summary>Two sorted runs as one.</summary>
    private static long[] Merge(ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        var merged = new long[left.Length + right.Length];
        int l = 0, r = 0;
        for (var i = 0; i < merged.Length; i++)
        {
            var takesLeft = r == right.Length || (l < left.Length && left[l] <= right[r]);
            merged[i] = takesLeft ? left[l++] : right[r++];
        }

        return merged;
    }

    /// <summary>A sorted run without the values of another, each of which it holds.</summary>
    private static long[] Without(ReadOnlySpan<long> values, ReadOnlySpan<long> leaving)
    {
        var rest = new long[values.Length - leaving.Length];
        var left = 0;
        var kept = 0;
        foreach (var value in values)
        {
            if (left < leaving.Length && leaving[left] == value) left++;
            else rest[kept++] = value;
        }

        return rest;
    }

    private sealed record Hour(long Index, ImmutableArray<long> Sorted);
}
