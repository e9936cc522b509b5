using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Guards;

/// <summary>
/// One breaker for each kind of call to one venue. Only new risk is ever held up by one: protection, cancels
/// and look-ups always go out, and their answers are the venue's health, too.
/// </summary>
public sealed partial class VenueHealth
{
    private readonly Dictionary<CallClass, CircuitBreaker> _breakers = [];
    private readonly ILogger<VenueHealth> _logger;

    /// <summary>Makes a venue's breakers, all closed.</summary>
    /// <param name="venue">Its name, for logs and meters.</param>
    /// <param name="rules">When they open.</param>
    /// <param name="clock">Engine time.</param>
    /// <param name="meter">Shows where each stands.</param>
    /// <param name="logger">Takes an event for each change.</param>
    public VenueHealth(
        string venue, BreakerRules rules, TimeProvider clock, Meter meter, ILogger<VenueHealth> logger)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _logger = logger;
        Venue = venue;
        foreach (var kind in Enum.GetValues<CallClass>())
        {
            if (kind == CallClass.None) continue;
            var breaker = new CircuitBreaker(rules, clock);
            breaker.Changed += (_, changed) => Tell(kind, breaker, changed);
            _breakers.Add(kind, breaker);
        }

        meter.CreateObservableGauge(
            "perpkeel.venue.breaker", Measure, "{state}", "Breakers: 0 closed, 1 open, 2 on trial");
    }

    /// <summary>The venue's name.</summary>
    public string Venue { get; }

    /// <summary>The breaker of a kind of call.</summary>
    public CircuitBreaker Of(CallClass kind) => _breakers[kind];

    /// <summary>Why no new risk is to be taken now; null while calls pass.</summary>
    public TradeExecutionError? WhyNoEntry()
    {
        foreach (var kind in (CallClass[])[CallClass.Entries, CallClass.Protection, CallClass.LookUps])
        {
            if (_breakers[kind] is { WouldPass: false } breaker)
            {
                return new TradeExecutionError.VenueUnavailable(
                    $"{kind} at {Venue}", $"the next trial is at {breaker.TrialAt:HH:mm:ss} UTC");
            }
        }

        return null;
    }

    /// <summary>Takes how a call ended.</summary>
    public void Take<T>(CallClass kind, Result<T, VenueError> result)
        where T : notnull
    {
        var isFailure = !result.TryGet(out _, out var error)
            && error is VenueError.Unavailable or VenueError.OutcomeUnknown;
        if (isFailure) _breakers[kind].OnFailure();
        else _breakers[kind].OnSuccess();
    }

    private IEnumerable<Measurement<int>> Measure() => _breakers.Select(pair => new Measurement<int>(
        (int)pair.Value.State, new KeyValuePair<string, object?>("venue", Venue),
        new KeyValuePair<string, object?>("calls", pair.Key.ToString())));

    private void Tell(CallClass kind, CircuitBreaker breaker, BreakerEventArgs changed)
    {
        if (changed.State == BreakerState.Open) LogOpened(Venue, kind, changed.Failures, breaker.TrialAt);
        else LogChanged(Venue, kind, changed.State);
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Error,
        Message = "{Venue}: {Calls} have failed {Failures} times in a row. New risk waits; the next trial "
            + "is at {TrialAt:O}.")]
    private partial void LogOpened(string venue, CallClass calls, int failures, DateTimeOffset? trialAt);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Information,
        Message = "{Venue}: the breaker of {Calls} is {State}.")]
    private partial void LogChanged(string venue, CallClass calls, BreakerState state);
}
