using System.Diagnostics.Metrics;

namespace Perpkeel.Runtime.Accounts;

/// <summary>What is counted of a cache. Nothing tells of which account it was.</summary>
internal sealed class CacheMeters
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _evictions;
    private readonly Histogram<double> _fetchMs;

    /// <summary>Instruments of a meter.</summary>
    /// <param name="meter">The meter; stays the caller's.</param>
    /// <param name="subject">What is kept, e.g. <c>balance</c>: a part of the instruments' names.</param>
    public CacheMeters(Meter meter, string subject)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _hits = meter.CreateCounter<long>(
            $"perpkeel.{subject}.hits", "{call}", "Calls that were answered from memory.");
        _misses = meter.CreateCounter<long>(
            $"perpkeel.{subject}.misses", "{call}", "Calls that had to wait for the venue.");
        _evictions = meter.CreateCounter<long>(
            $"perpkeel.{subject}.evictions", "{account}", "Accounts that were forgotten to make room.");
        _fetchMs = meter.CreateHistogram<double>(
            $"perpkeel.{subject}.fetch_time", "ms", "Time that the venue took, by outcome.");
    }

    /// <summary>A call was answered from memory.</summary>
    public void Hit() => _hits.Add(1);

    /// <summary>A call had to wait.</summary>
    public void Miss() => _misses.Add(1);

    /// <summary>An account was forgotten to make room.</summary>
    public void Evicted() => _evictions.Add(1);

    /// <summary>A fetch has ended.</summary>
    /// <param name="took">What it took.</param>
    /// <param name="outcome"><c>ok</c> or a stable code.</param>
    public void Fetched(TimeSpan took, string outcome) =>
        _fetchMs.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("outcome", outcome));
}
