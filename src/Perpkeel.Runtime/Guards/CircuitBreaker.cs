namespace Perpkeel.Runtime.Guards;

/// <summary>Where a breaker stands.</summary>
public enum BreakerState
{
    /// <summary>Calls pass.</summary>
    Closed = 0,

    /// <summary>No call passes until its time is over.</summary>
    Open,

    /// <summary>One call passes, as a trial.</summary>
    HalfOpen,
}

/// <summary>
/// Stops calls that fail anyway, so that a venue in trouble is not pushed and nobody waits for it. Opens
/// after failures in a row; when its time is over one call passes as a trial, and decides. On one thread.
/// </summary>
/// <remarks>
/// A library's breaker would tell of its changes on the thread pool; virtual time has one thread.
/// </remarks>
public sealed class CircuitBreaker(BreakerRules rules, TimeProvider clock)
{
    private int _failures;
    private int _opened;
    private DateTimeOffset _openUntil;
    private bool _isTrying;

    /// <summary>Tells that it went from one state to another.</summary>
    public event EventHandler<BreakerEventArgs>? Changed;

    /// <summary>Where it stands.</summary>
    public BreakerState State { get; private set; }

    /// <summary>When the next trial is; null while it is closed.</summary>
    public DateTimeOffset? TrialAt => State == BreakerState.Closed ? null : _openUntil;

    /// <summary>Whether a call would pass now; asks nothing of the venue.</summary>
    public bool WouldPass => State switch
    {
        BreakerState.Closed => true,
        BreakerState.HalfOpen => !_isTrying,
        _ => clock.GetUtcNow() >= _openUntil,
    };

    /// <summary>
    /// Whether a call may be made now. One that may has to be followed by <see cref="OnSuccess"/> or
    /// <see cref="OnFailure"/>.
    /// </summary>
    public bool TryPass()
    {
        if (!WouldPass) return false;
        if (State == BreakerState.Closed) return true;
        Become(BreakerState.HalfOpen);
        _isTrying = true;
        return true;
    }

    /// <summary>The venue answered, whatever it said.</summary>
    public void OnSuccess()
    {
        _failures = 0;
        _opened = 0;
        _isTrying = false;
        Become(BreakerState.Closed);
    }

    /// <summary>The venue did not answer, or said that it cannot.</summary>
    public void OnFailure()
    {
        _failures++;
        var failedTrial = State == BreakerState.HalfOpen && _isTrying;
        _isTrying = false;
        if (State == BreakerState.Open || (!failedTrial && _failures < rules.Failures)) return;
        var doubled = rules.OpenFor * Math.Pow(2, Math.Min(_opened, 30));
        _openUntil = clock.GetUtcNow() + (doubled < rules.LongestOpen ? doubled : rules.LongestOpen);
        _opened++;
        Become(BreakerState.Open);
    }

    private void Become(BreakerState state)
    {
        if (State == state) return;
        State = state;
        Changed?.Invoke(this, new BreakerEventArgs(state, _failures));
    }
}

/// <summary>A breaker's new state.</summary>
/// <param name="state">The state.</param>
/// <param name="failures">Failures in a row until then.</param>
public sealed class BreakerEventArgs(BreakerState state, int failures) : EventArgs
{
    /// <summary>The state.</summary>
    public BreakerState State => state;

    /// <summary>Failures in a row until then.</summary>
    public int Failures => failures;
}
