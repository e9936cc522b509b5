using System.Text;
using System.Text.Json;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>How a subscription does.</summary>
public enum SubscriptionState
{
    /// <summary>Not asked for yet, or to be asked for again.</summary>
    Waiting = 0,

    /// <summary>Asked for; the first picture has not come.</summary>
    Asked,

    /// <summary>Picture and changes.</summary>
    Live,
}

/// <summary>
/// One channel and id. What comes is taken in at once, on the connection's own path, so that state is never
/// behind the wire; what readers are told goes through a bounded channel whose policy the subscription
/// states.
/// </summary>
public abstract class StreamSubscription
{
    private protected StreamSubscription(IndexerChannel channel, string id, bool isBatched)
    {
        Channel = channel;
        Id = id;
        IsBatched = isBatched;
        IdBytes = Encoding.UTF8.GetBytes(id);
    }

    /// <summary>The channel.</summary>
    public IndexerChannel Channel { get; }

    /// <summary>The id, e.g. <c>ETH-USD</c>; empty where the channel has none.</summary>
    public string Id { get; }

    /// <summary>Whether changes of a quarter of a second come together.</summary>
    public bool IsBatched { get; }

    /// <summary>How it does.</summary>
    public SubscriptionState State { get; internal set; }

    /// <summary>Why it had to begin anew last; null where it never had to.</summary>
    public StreamFault? LastFault { get; private set; }

    /// <summary>How often it had to begin anew.</summary>
    public int Restarts { get; private set; }

    internal byte[] IdBytes { get; }

    /// <summary>
    /// Takes the first picture in. The reader stands on the contents and is left at their end.
    /// </summary>
    internal abstract FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp);

    /// <summary>Takes a change in.</summary>
    internal abstract FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp);

    /// <summary>Whether a reader is too slow for what must not be dropped.</summary>
    internal virtual StreamFault? Slow => null;

    /// <summary>What is known may be wrong from here on, until the next picture.</summary>
    internal void Lose(StreamFault fault)
    {
        State = SubscriptionState.Waiting;
        LastFault = fault;
        Restarts++;
        OnLost(fault);
    }

    /// <summary>Tells readers that what they have may be wrong.</summary>
    private protected virtual void OnLost(StreamFault fault)
    {
    }

    /// <summary>Reads a record from the contents, without state.</summary>
    private protected static FieldFault? Read<T>(
        ref Utf8JsonReader contents, Func<Fields, T> read, out T value)
    {
        using var document = JsonDocument.ParseValue(ref contents);
        var findings = new Findings();
        value = read(new Fields(document.RootElement, new FieldPath(null, "contents"), findings));
        return findings.First;
    }
}
