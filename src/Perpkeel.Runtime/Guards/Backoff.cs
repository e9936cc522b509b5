namespace Perpkeel.Runtime.Guards;

/// <summary>How long to wait before a call is repeated that does no harm twice.</summary>
public static class Backoff
{
    /// <summary>The first wait, without jitter.</summary>
    public static TimeSpan First => TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait, without jitter.</summary>
    public static TimeSpan Longest => TimeSpan.FromSeconds(4);

    /// <summary>
    /// The venue's own wish where it has one; otherwise twice as long each time, by up to a quarter more or
    /// less, so that many do not ask at one instant. The same key and attempt wait equally long: a run from a
    /// seed repeats itself.
    /// </summary>
    /// <param name="attempt">Which attempt has failed, from 1.</param>
    /// <param name="key">What is asked about, e.g. an order's id.</param>
    /// <param name="retryAfter">When the venue wants to be asked again, if it said so.</param>
    public static TimeSpan After(int attempt, uint key, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wished) return wished;
        var doubled = First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 16));
        var wait = doubled < Longest ? doubled : Longest;

        // Fibonacci hashing spreads keys and attempts over the range.
        var mixed = unchecked((((ulong)key << 16) + (ulong)attempt) * 0x9E37_79B9_7F4A_7C15UL) >> 48;
        // Whole milliseconds, as timers count.
        return TimeSpan.FromMilliseconds(Math.Round(wait.TotalMilliseconds * (0.75 + (mixed / 131_072.0))));
    }
}
