namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>What a connection keeps in mind of one of its subscriptions.</summary>
internal sealed class SubscriptionLine(StreamSubscription subscription)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private int _failures;
    private DateTimeOffset _liveSince;

    public StreamSubscription Subscription => subscription;

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>It is not asked for again before this.</summary>
    public DateTimeOffset RetryAt { get; private set; }

    /// <summary>Whether the server may still send for it, so that it must be told to stop first.</summary>
    public bool IsKnownThere { get; set; }

    /// <summary>The number of the last message that was taken in.</summary>
    public long LastId { get; set; }

    /// <summary>The number of the last message that came before the picture and was dropped.</summary>
    public long DroppedId { get; set; }

    public SubscriptionState State => subscription.State;

    /// <summary>A new connection: all is to be asked anew, at once.</summary>
    public void Begin()
    {
        subscription.State = SubscriptionState.Waiting;
        IsKnownThere = false;
        RetryAt = default;
        (LastId, DroppedId) = (0, 0);
    }

    public void Asked(DateTimeOffset now)
    {
        subscription.State = SubscriptionState.Asked;
        AskedAt = now;
        IsKnownThere = true;
        (LastId, DroppedId) = (0, 0);
    }

    public void Live(long id, DateTimeOffset now)
    {
        subscription.State = SubscriptionState.Live;
        _liveSince = now;
        LastId = id;
    }

    /// <summary>It begins anew, later each time unless it did well for as long as it would rest.</summary>
    public void Fail(StreamFault fault, DateTimeOffset now, TimeSpan longest)
    {
        if (subscription.State == SubscriptionState.Live && now - _liveSince >= longest) _failures = 0;
        var rest = FirstRetry * (1 << Math.Min(_failures, 10));
        _failures++;
        RetryAt = now + (rest < longest ? rest : longest);
        subscription.Lose(fault);
    }
}
