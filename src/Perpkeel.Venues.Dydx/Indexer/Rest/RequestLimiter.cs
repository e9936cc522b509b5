namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>
/// So many requests in any window of time. Whoever asks is given the instant of a place in the row; nobody is
/// passed over. Safe to share between threads.
/// </summary>
/// <param name="count">Requests in a window.</param>
/// <param name="window">How long it is.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestLimiter(int count, TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset[] _places = new DateTimeOffset[count];
    private int _next;
    private DateTimeOffset _notBefore;

    /// <summary>
    /// Takes a place; how long to wait for it, or null where that is longer than anybody waits.
    /// </summary>
    /// <param name="most">How long the caller would wait.</param>
    /// <param name="wait">How long it is.</param>
    public bool TryTake(TimeSpan most, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var at = _places[_next] == default ? now : _places[_next] + window;
            if (at < now) at = now;
            if (at < _notBefore) at = _notBefore;
            wait = at - now;
            if (wait > most) return false;
            _places[_next] = at;
            _next = (_next + 1) % count;
            return true;
        }
    }

    /// <summary>Nobody goes before an instant; never takes back what was said before.</summary>
    public void HoldUntil(DateTimeOffset until)
    {
        lock (_lock)
        {
            if (until > _notBefore) _notBefore = until;
        }
    }
}
