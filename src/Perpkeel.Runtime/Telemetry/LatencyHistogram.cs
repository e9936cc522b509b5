namespace Perpkeel.Runtime.Telemetry;

/// <summary>
/// Counts durations in buckets that grow by an eighth of a power of two, so that a quantile is off by no
/// more than 9 % and memory never grows.
/// </summary>
public sealed class LatencyHistogram
{
    private const int BucketsPerOctave = 8;
    private const int Octaves = 40;

    private readonly long[] _counts = new long[Octaves * BucketsPerOctave];

    /// <summary>How many durations were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a duration.</summary>
    public void Add(TimeSpan duration)
    {
        var bucket = Math.Log2(Math.Max(1d, duration.Ticks)) * BucketsPerOctave;
        _counts[Math.Min((int)bucket, _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>The duration in microseconds that a share of all did not exceed; 0 without any.</summary>
    public double QuantileMicros(double share)
    {
        var rest = share * Count;
        for (var bucket = 0; bucket < _counts.Length && Count > 0; bucket++)
        {
            rest -= _counts[bucket];
            if (rest <= 0)
            {
                return Math.Pow(2d, (bucket + 1d) / BucketsPerOctave) / TimeSpan.TicksPerMicrosecond;
            }

        }

        return 0d;
    }
}
