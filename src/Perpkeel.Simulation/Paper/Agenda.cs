namespace Perpkeel.Simulation.Paper;

/// <summary>What comes first where several things fall on one instant.</summary>
internal enum AgendaKind
{
    /// <summary>The markets go on.</summary>
    Source = 0,

    /// <summary>A message comes to the node.</summary>
    Arrival,

    /// <summary>The node's answer comes back.</summary>
    Answer,

    /// <summary>The Indexer has come to something and tells it.</summary>
    Told,

    /// <summary>An order's end is looked into.</summary>
    Proof,

    /// <summary>A message leaves us.</summary>
    Sent,
}

/// <summary>
/// What is to be done when. What falls on one instant is done in the order of its kind, then of a number
/// that is the same in every life.
/// </summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action<DateTimeOffset>, (long At, AgendaKind Kind, long Number)> _queue =
        new();

    /// <summary>When the next thing is due; null for nothing.</summary>
    public DateTimeOffset? Next =>
        _queue.TryPeek(out _, out var due) ? new DateTimeOffset(due.At, TimeSpan.Zero) : null;

    /// <summary>Something is to be done at a time.</summary>
    public void Add(DateTimeOffset at, AgendaKind kind, long number, Action<DateTimeOffset> act) =>
        _queue.Enqueue(act, (at.UtcTicks, kind, number));

    /// <summary>Does the next thing.</summary>
    public void Do()
    {
        if (_queue.TryDequeue(out var act, out var due)) act(new DateTimeOffset(due.At, TimeSpan.Zero));
    }
}
