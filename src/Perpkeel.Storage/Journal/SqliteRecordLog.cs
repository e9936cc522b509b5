using Microsoft.Data.Sqlite;
using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// A journal in one SQLite file. One process at a time may write to it; any number may read meanwhile. What
/// was gathered and not committed is gone when the log is disposed of or the process dies.
/// </summary>
/// <remarks>
/// After a commit that failed, memory and disk may disagree: from then on every member throws that same
/// fault, and only a new log on the file shows what is on disk. The file is in WAL mode: beside it stand,
/// while it is open, <c>-wal</c> (part of the journal; copy both) and <c>-shm</c>, and always a <c>.lock</c>.
/// </remarks>
public sealed class SqliteRecordLog : IRecordLog, IDisposable
{
    private readonly Dictionary<string, StreamState> _streams = new(StringComparer.Ordinal);
    private readonly List<StreamState> _waiting = [];
    private readonly string _file;
    private readonly WriterLock? _lock;
    private readonly SqliteConnection _connection;
    private readonly CheckedReader _reader;
    private readonly JournalWriter? _writer;
    private JournalException? _failure;
    private SqliteRecordLog(string file, SqliteConnection connection, WriterLock? held, bool isWriter)
    {
        _file = file;
        _connection = connection;
        _lock = held;
        _reader = new CheckedReader(new JournalReader(connection), file);
        _writer = isWriter ? new JournalWriter(connection) : null;
    }

    /// <summary>Whether it was closed for good.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Opens a journal for writing and makes it where it is missing.</summary>
    /// <exception cref="JournalException">
    /// Another process writes to it, it is damaged, of a newer version, not a journal, or may not be written.
    /// </exception>
    public static SqliteRecordLog Open(string file, RecordLogOptions? options = null)
    {
        options ??= new RecordLogOptions();
        var path = options.Vfs is null ? JournalFile.Resolve(file) : file;
        var held = options.Vfs is null ? TakeLock(path) : null;
        SqliteConnection? connection = null;
        SqliteRecordLog? log = null;
        try
        {
            connection = JournalFile.OpenForWriting(path, options);
            log = new SqliteRecordLog(path, connection, held, isWriter: true);
            return log;
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.From(error, path);
        }
        finally
        {
            if (log is null)
            {
                connection?.Dispose();
                held?.Dispose();
            }
        }
    }

    /// <summary>
    /// Opens a journal for reading, also while another process writes to it; each call sees what was
    /// committed until then. Whatever would write throws <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="file">The journal.</param>
    /// <param name="vfs">Where it is; see <see cref="RecordLogOptions.Vfs"/>.</param>
    /// <exception cref="JournalException">It is not there, of another version, or not a journal.</exception>
    public static SqliteRecordLog OpenReadOnly(string file, string? vfs = null)
    {
        var path = vfs is null ? JournalFile.Resolve(file) : file;
        return new SqliteRecordLog(
            path, JournalFile.OpenForReading(path, vfs), held: null, isWriter: false);
    }

    /// <summary>The names of all streams that were committed, in ordinal order.</summary>
    public IReadOnlyList<string> Streams() => Guard(_reader.Streams);

    /// <inheritdoc/>
    public IEnumerable<LogRecord> Read(string stream, long afterSequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return Walk(Chain.Records, StateOf(stream), afterSequence).Select(record => new LogRecord(
            record.Sequence, record.Kind, (int)record.VersionOrAfter, InstantOf(record), record.Payload));
    }

    /// <summary>The records of recovery that stand beside a stream, in order; checks their chain.</summary>
    public IEnumerable<RecoveryRecord> ReadRecovery(string stream) =>
        Walk(Chain.Recovery, StateOf(stream), after: 0).Select(record => new RecoveryRecord(
            record.Sequence, record.VersionOrAfter, record.Kind, InstantOf(record), record.Payload));

    /// <inheritdoc/>
    public long LastSequence(string stream) => StateOf(stream).Records.Last;

    /// <inheritdoc/>
    public string Head(string stream) => Convert.ToHexStringLower(StateOf(stream).Records.Head);

    /// <inheritdoc/>
    public void Append(string stream, LogRecord record)
    {
        var state = StateToWrite(stream);
        if (record.Kind.Length == 0) throw new ArgumentException("A record needs a kind.", nameof(record));
        if (record.Sequence != state.Records.Last + 1)
        {
            throw new ArgumentException(
                $"Stream '{stream}' goes on with record {state.Records.Last + 1}, not {record.Sequence}.",
                nameof(record));
        }

        Gather(Chain.Records, state, new ChainRecord(
            record.Sequence, record.Kind, record.Version, record.At.UtcTicks, record.Payload.ToArray(), []));
    }

    /// <inheritdoc/>
    public void AppendRecovery(string stream, string kind, DateTimeOffset at, ReadOnlyMemory<byte> payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        var state = StateToWrite(stream);
        Gather(Chain.Recovery, state, new ChainRecord(
            state.Recovery.Last + 1, kind, state.Records.Last, at.UtcTicks, payload.ToArray(), []));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Its hash is not that of the record it names.</exception>
    public void SaveSnapshot(string stream, LogSnapshot snapshot)
    {
        var state = StateToWrite(stream);
        var hash = Guard(() => _reader.HashAt(Chain.Records, state, snapshot.Sequence));
        if (hash is null
            || !snapshot.Hash.Equals(Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"Stream '{stream}' has no record {snapshot.Sequence} of hash {snapshot.Hash}.",
                nameof(snapshot));
        }

        var row = new SnapshotRow(
            snapshot.Sequence, hash, snapshot.StateVersion, snapshot.Payload.ToArray(), []);
        state.Snapshot = row with { Checksum = ChainHash.OfSnapshot(stream, row) };
        Wait(state);
    }

    /// <inheritdoc/>
    public LogSnapshot? LatestSnapshot(string stream)
    {
        var state = StateOf(stream);
        return Guard(() =>
        {
            var row = state.Snapshot ?? _reader.Snapshot(state.Id);
            if (row is null
                || !row.Checksum.AsSpan().SequenceEqual(ChainHash.OfSnapshot(stream, row))
                || _reader.HashAt(Chain.Records, state, row.Sequence) is not { } hash
                || !hash.AsSpan().SequenceEqual(row.ChainHash))
            {
                return null;
            }

            return new LogSnapshot(
                row.Sequence, Convert.ToHexStringLower(row.ChainHash), (int)row.StateVersion, row.Payload);
        });
    }

    /// <inheritdoc/>
    public void Commit()
    {
        var writer = WriterToUse();
        if (_waiting.Count == 0) return;

        var isCommitted = false;
        try
        {
            Write(writer);
            isCommitted = true;
        }
        catch (SqliteException error)
        {
            _failure = SqliteFaults.From(error, _file);
            throw _failure;
        }
        finally
        {
            if (!isCommitted) GiveUp();
        }

        foreach (var state in _waiting)
        {
            state.Records.Settle();
            state.Recovery.Settle();
            state.Snapshot = null;
            state.IsWaiting = false;
        }

        _waiting.Clear();
    }

    /// <summary>Closes the file and gives back the right to write; what was not committed is gone.</summary>
    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        _writer?.Dispose();
        _connection.Dispose();
        _lock?.Dispose();
    }

    private static WriterLock TakeLock(string path)
    {
        JournalFile.MakeFolder(path);
        return WriterLock.Take(path);
    }

    private static DateTimeOffset InstantOf(ChainRecord record) => new(record.AtTicks, TimeSpan.Zero);

    private void Write(JournalWriter writer)
    {
        writer.Begin();
        foreach (var state in _waiting)
        {
            if (state.Id == 0) state.Id = writer.AddStream(state.Name);
            foreach (var record in state.Records.Gathered) writer.Add(Chain.Records, state.Id, record);
            foreach (var record in state.Recovery.Gathered) writer.Add(Chain.Recovery, state.Id, record);
            if (state.Snapshot is { } snapshot) writer.PutSnapshot(state.Id, snapshot);
            writer.EndStream(
                state.Id, state.Records.Last, state.Records.Head, state.Recovery.Last, state.Recovery.Head);
        }

        writer.Commit();
    }

    /// <summary>
    /// The commit failed: nobody may go on with this log, and the transaction ends with its connection.
    /// </summary>
    private void GiveUp()
    {
        _failure ??= new JournalException(
            JournalFault.Unknown, _file, "A commit was broken off.", "Start again: the file is read afresh.");
        _connection.Dispose();
    }

    private void Gather(Chain chain, StreamState state, ChainRecord record)
    {
        var end = state.EndOf(chain);
        end.Add(record with { Hash = ChainHash.Next(chain, end.Head, state.Name, record) });
        Wait(state);
    }

    private void Wait(StreamState state)
    {
        if (state.IsWaiting) return;
        state.IsWaiting = true;
        _waiting.Add(state);
    }

    private IEnumerable<ChainRecord> Walk(Chain chain, StreamState state, long after)
    {
        var last = state.EndOf(chain).Last;
        if (after >= last) yield break;

        var at = after;
        var hash = Guard(() => _reader.HashAt(chain, state, after))
            ?? throw SqliteFaults.Corrupt(_file, $"{ChainCheck.Name(chain, state.Name, after)} is missing.");
        while (at < last)
        {
            var batch = Guard(() => _reader.Batch(chain, state, at, last));
            if (batch.Count == 0)
            {
                throw SqliteFaults.Corrupt(
                    _file, $"{ChainCheck.Name(chain, state.Name, at + 1)} is missing.");
            }

            foreach (var record in batch)
            {
                _reader.Check(ChainCheck.FaultOf(chain, state.Name, at, hash, record));
                at = record.Sequence;
                hash = record.Hash;
                yield return record;
            }
        }
    }

    private StreamState StateToWrite(string stream)
    {
        WriterToUse();
        return StateOf(stream);
    }

    private JournalWriter WriterToUse()
    {
        Guard(() => true);
        return _writer ?? throw new InvalidOperationException("The journal was opened for reading only.");
    }

    /// <summary>A reader keeps no state: another process may have gone on.</summary>
    private StreamState StateOf(string stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        return Guard(() =>
        {
            if (_streams.TryGetValue(stream, out var known)) return known;
            var state = _reader.Load(stream);
            if (_writer is not null) _streams.Add(stream, state);
            return state;
        });
    }

    private T Guard<T>(Func<T> work)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_failure is not null) throw _failure;
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.From(error, _file);
        }
    }
}
