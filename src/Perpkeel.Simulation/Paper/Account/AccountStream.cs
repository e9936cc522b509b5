using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>
/// What the Indexer tells of the account, on its way to us, numbered: whatever the way does to it, it is
/// heard in order and once. What is missing is read again; a silent or closed stream is noticed and
/// replaced.
/// </summary>
internal sealed class AccountStream
{
    /// <summary>How long a number may be missing before it is read again.</summary>
    private static readonly TimeSpan GapAfter = TimeSpan.FromSeconds(30);

    /// <summary>How long a snapshot may be behind the stream.</summary>
    private static readonly TimeSpan SnapshotAge = TimeSpan.FromSeconds(2);

    private readonly Agenda _agenda;
    private readonly Delays _delays;
    private readonly FaultDice _dice;
    private readonly FaultSpans _spans;
    private readonly Action<IndexerMessage, DateTimeOffset> _hear;
    private readonly SortedDictionary<long, IReadOnlyList<IndexerMessage>> _early = [];
    private long _told;
    private long _heard;

    /// <summary>A stream from its beginning.</summary>
    public AccountStream(
        Agenda agenda, Delays delays, FaultDice dice, FaultSpans spans,
        Action<IndexerMessage, DateTimeOffset> hear)
    {
        _agenda = agenda;
        _delays = delays;
        _dice = dice;
        _spans = spans;
        _hear = hear;
    }

    /// <summary>Whether everything that was told has been heard.</summary>
    public bool IsCaughtUp => _heard == _told;

    /// <summary>The Indexer's node has something to tell.</summary>
    public void Tell(DateTimeOffset at, IReadOnlyList<IndexerMessage> messages)
    {
        var number = ++_told;
        var due = _spans.Held(at, _delays.Arrival(Way.ToUs, number, at));

        if (_dice.Hits(FaultKind.StreamReorder, number))
        {
            due += TimeSpan.FromMilliseconds(_dice.Between(FaultKind.StreamReorder, number, 500, 5_000));
        }

        if (_dice.Hits(FaultKind.StreamGap, number))
        {
            due += GapAfter;
            if (_dice.Hits(FaultKind.OldSnapshot, number)) due += SnapshotAge;
        }

        Deliver(due, number, messages);
        if (_dice.Hits(FaultKind.StreamDuplicate, number))
        {
            Deliver(due + TimeSpan.FromSeconds(1), number, messages);
        }
    }

    private void Deliver(DateTimeOffset due, long number, IReadOnlyList<IndexerMessage> messages) =>
        _agenda.Add(due, AgendaKind.Told, number, now => Receive(number, messages, now));

    private void Receive(long number, IReadOnlyList<IndexerMessage> messages, DateTimeOffset now)
    {
        if (number <= _heard) return;
        _early[number] = messages;
        while (_early.Remove(_heard + 1, out var next))
        {
            _heard++;
            foreach (var message in next) _hear(message, now);
        }
    }
}
