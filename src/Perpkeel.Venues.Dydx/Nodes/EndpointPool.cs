using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>What is known of an endpoint.</summary>
/// <param name="Endpoint">Which.</param>
/// <param name="LatencyMs">How long answers take, smoothed; null before the first.</param>
/// <param name="Failures">Failures in a row.</param>
/// <param name="RestsUntil">Until when others are asked first.</param>
/// <param name="Distrust">Why it is not asked at all; null where it is trusted.</param>
/// <param name="Height">The highest block it ever told; 0 before the first.</param>
/// <param name="HeightAt">When it told that.</param>
public sealed record EndpointHealth(
    NodeEndpoint Endpoint, double? LatencyMs, int Failures, DateTimeOffset RestsUntil, string? Distrust,
    uint Height, DateTimeOffset HeightAt)
{
    /// <summary>
    /// Whether it has told the id of the chain that is meant; before that it is asked nothing else.
    /// </summary>
    public bool IsOfChain { get; init; }

    /// <summary>Transactions in a row that it failed to take; questions change nothing about them.</summary>
    public int BroadcastFailures { get; init; }

    /// <summary>Until when others are given transactions first.</summary>
    public DateTimeOffset BroadcastRestsUntil { get; init; }
}

/// <summary>
/// The endpoints of a network in the order in which they are asked: those that answer before those that
/// failed, the quicker before the slower. What was found to lie is not asked. Safe to share between threads.
/// </summary>
public sealed class EndpointPool
{
    /// <summary>The part of a new measurement in the smoothed latency.</summary>
    private const double Weight = 0.2;

    private const int MostDoublings = 6;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly EndpointHealth[] _all;

    /// <summary>Takes endpoints in the order of preference while nothing is known of them.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public EndpointPool(ImmutableArray<NodeEndpoint> endpoints)
    {
        if (endpoints.IsDefaultOrEmpty) throw new ArgumentException("No endpoint.", nameof(endpoints));
        _all = [.. endpoints.Distinct().Select(one => new EndpointHealth(
            one, null, 0, DateTimeOffset.MinValue, null, 0, DateTimeOffset.MinValue))];
    }

    /// <summary>What is known of all endpoints.</summary>
    public ImmutableArray<EndpointHealth> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    /// <summary>The trusted endpoints, the best first; those that rest come last.</summary>
    public ImmutableArray<NodeEndpoint> Ranked(DateTimeOffset now) =>
    [
        .. All.Where(one => one.Distrust is null)
            .OrderBy(one => one.RestsUntil > now)
            .ThenBy(one => one.LatencyMs ?? 0d)
            .Select(one => one.Endpoint),
    ];

    /// <summary>
    /// The same for transactions: who failed to take one comes last for a while, however well it answers
    /// questions.
    /// </summary>
    public ImmutableArray<NodeEndpoint> RankedForBroadcast(DateTimeOffset now)
    {
        var resting = All.Where(one => one.BroadcastRestsUntil > now).Select(one => one.Endpoint).ToHashSet();
        return [.. Ranked(now).OrderBy(resting.Contains)];
    }

    /// <summary>Whether an endpoint has told the id of the chain that is meant.</summary>
    public bool IsOfChain(NodeEndpoint endpoint) =>
        All.Any(one => one.Endpoint == endpoint && one.IsOfChain);

    /// <summary>An endpoint told the id of the chain that is meant.</summary>
    public void Met(NodeEndpoint endpoint) => Change(endpoint, one => one with { IsOfChain = true });

    /// <summary>An endpoint is of another chain: it is not asked any more.</summary>
    public void Foreign(NodeEndpoint endpoint, string reason) =>
        Change(endpoint, one => one with { IsOfChain = false, Distrust = reason });

    /// <summary>An endpoint answered.</summary>
    public void Answered(NodeEndpoint endpoint, TimeSpan latency) => Change(endpoint, one => one with
    {
        Failures = 0,
        RestsUntil = DateTimeOffset.MinValue,
        LatencyMs = one.LatencyMs is { } before
            ? before + (Weight * (latency.TotalMilliseconds - before))
            : latency.TotalMilliseconds,
    });

    /// <summary>
    /// An endpoint failed: it rests for a second, and twice as long for each further failure.
    /// </summary>
    public void Failed(NodeEndpoint endpoint, DateTimeOffset now) => Change(endpoint, one => one with
    {
        Failures = one.Failures + 1,
        RestsUntil = now + Rest(one.Failures),
    });

    /// <summary>An endpoint took a transaction, or refused it in the chain's words.</summary>
    public void TookBroadcast(NodeEndpoint endpoint) => Change(endpoint, one => one with
    {
        BroadcastFailures = 0,
        BroadcastRestsUntil = DateTimeOffset.MinValue,
    });

    /// <summary>An endpoint failed to take a transaction: only taking one ends the series.</summary>
    public void FailedBroadcast(NodeEndpoint endpoint, DateTimeOffset now) => Change(endpoint, one => one with
    {
        BroadcastFailures = one.BroadcastFailures + 1,
        BroadcastRestsUntil = now + Rest(one.BroadcastFailures),
    });

    /// <summary>An endpoint told a height that is believed; it is trusted again.</summary>
    public void Believed(NodeEndpoint endpoint, uint height, DateTimeOffset at) => Change(
        endpoint, one => one with { Height = Math.Max(one.Height, height), HeightAt = at, Distrust = null });

    /// <summary>An endpoint is not asked any more until its height is believed again.</summary>
    public void Distrusted(NodeEndpoint endpoint, string reason) =>
        Change(endpoint, one => one with { Distrust = reason });

    private static TimeSpan Rest(int failures) => FirstRest * (1 << Math.Min(failures, MostDoublings));

    private void Change(NodeEndpoint endpoint, Func<EndpointHealth, EndpointHealth> change)
    {
        lock (_gate)
        {
            var index = Array.FindIndex(_all, one => one.Endpoint == endpoint);
            if (index >= 0) _all[index] = change(_all[index]);
        }
    }
}
