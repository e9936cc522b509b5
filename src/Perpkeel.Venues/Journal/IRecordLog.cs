namespace Perpkeel.Venues.Journal;

/// <summary>One record of a log.</summary>
/// <param name="Sequence">Place in its stream, from 1, without holes.</param>
/// <param name="Kind">What it tells, a stable name.</param>
/// <param name="Version">Version of that kind's payload.</param>
/// <param name="At">Engine time, never the wall clock's.</param>
/// <param name="Payload">Canonical UTF-8 JSON.</param>
public sealed record LogRecord(
    long Sequence, string Kind, int Version, DateTimeOffset At, ReadOnlyMemory<byte> Payload);

/// <summary>A state at one place of a stream, to start from instead of the beginning.</summary>
/// <param name="Sequence">The last record that it contains.</param>
/// <param name="Hash">That record's chain hash, in hexadecimal.</param>
/// <param name="StateVersion">Version of the state's shape; another version is thrown away.</param>
/// <param name="Payload">The state as UTF-8 JSON.</param>
public sealed record LogSnapshot(long Sequence, string Hash, int StateVersion, ReadOnlyMemory<byte> Payload);

/// <summary>
/// An append-only, hash-chained log of records in named streams: the truth of a session, and of a simulated
/// venue that keeps books as a real one does. Not safe for use from several threads.
/// </summary>
/// <remarks>
/// Appends are gathered and become durable together at <see cref="Commit"/>; nothing may be done because of
/// a record before that. Records of recovery (starts, look-ups, stops) stand beside a stream in a chain of
/// their own: they say what happened to the process, not to the account, and two runs that differ only in
/// them have the same <see cref="Head"/>. All members throw <see cref="JournalException"/> when the store
/// fails.
/// </remarks>
public interface IRecordLog
{
    /// <summary>The records of a stream after a sequence, in order. Checks the chain as it reads.</summary>
    IEnumerable<LogRecord> Read(string stream, long afterSequence);

    /// <summary>The last record's sequence; 0 for an empty stream.</summary>
    long LastSequence(string stream);

    /// <summary>The chain hash of the last record in hexadecimal; 64 zeros for an empty stream.</summary>
    string Head(string stream);

    /// <summary>Gathers a record.</summary>
    /// <exception cref="ArgumentException">Its sequence is not the next one of the stream.</exception>
    void Append(string stream, LogRecord record);

    /// <summary>Gathers a record of recovery; its sequence is given by the log.</summary>
    void AppendRecovery(string stream, string kind, DateTimeOffset at, ReadOnlyMemory<byte> payload);

    /// <summary>Gathers a snapshot, which replaces the stream's earlier ones.</summary>
    void SaveSnapshot(string stream, LogSnapshot snapshot);

    /// <summary>The latest snapshot whose hash agrees with the chain; null without one.</summary>
    LogSnapshot? LatestSnapshot(string stream);

    /// <summary>Makes all that was gathered durable, at once or not at all.</summary>
    void Commit();
}
