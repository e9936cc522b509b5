using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// The statements that write to a journal's tables, each prepared once. Throws SqliteException.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _addStream;
    private readonly SqliteCommand _endStream;
    private readonly SqliteCommand _addRecord;
    private readonly SqliteCommand _addRecovery;
    private readonly SqliteCommand _putSnapshot;

    public JournalWriter(SqliteConnection connection)
    {
        _begin = Prepare(connection, "BEGIN IMMEDIATE");
        _commit = Prepare(connection, "COMMIT");
        _addStream = Prepare(
            connection,
            """
            INSERT INTO stream (name, last_sequence, head, last_recovery, recovery_head)
            VALUES ($0, 0, $1, 0, $1) RETURNING id
            """,
            2);
        _endStream = Prepare(
            connection,
            """
            UPDATE stream SET last_sequence = $1, head = $2, last_recovery = $3, recovery_head = $4
            WHERE id = $0
            """,
            5);
        _addRecord = Prepare(
            connection,
            """
            INSERT INTO record (stream_id, sequence, kind, version, at_ticks, payload, hash)
            VALUES ($0, $1, $2, $3, $4, $5, $6)
            """,
            7);
        _addRecovery = Prepare(
            connection,
            """
            INSERT INTO recovery (stream_id, sequence, kind, after_sequence, at_ticks, payload, hash)
            VALUES ($0, $1, $2, $3, $4, $5, $6)
            """,
            7);
        _putSnapshot = Prepare(
            connection,
            """
            INSERT OR REPLACE INTO snapshot
                (stream_id, sequence, chain_hash, state_version, payload, checksum)
            VALUES ($0, $1, $2, $3, $4, $5)
            """,
            6);
    }

    /// <summary>Opens the transaction that all that follows belongs to.</summary>
    public void Begin() => _begin.ExecuteNonQuery();

    /// <summary>Makes the transaction durable.</summary>
    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>Adds an empty stream and gives its id.</summary>
    public long AddStream(string name) => (long)Bind(_addStream, name, ChainHash.Start).ExecuteScalar()!;

    /// <summary>Says where a stream's chains end now.</summary>
    public void EndStream(long id, long lastSequence, byte[] head, long lastRecovery, byte[] recoveryHead) =>
        Bind(_endStream, id, lastSequence, head, lastRecovery, recoveryHead).ExecuteNonQuery();

    /// <summary>Adds a record to one of a stream's chains.</summary>
    public void Add(Chain chain, long streamId, ChainRecord record) => Bind(
        chain == Chain.Records ? _addRecord : _addRecovery,
        streamId, record.Sequence, record.Kind, record.VersionOrAfter, record.AtTicks, record.Payload,
        record.Hash).ExecuteNonQuery();

    /// <summary>Puts a snapshot in the place of the stream's earlier one.</summary>
    public void PutSnapshot(long streamId, SnapshotRow snapshot) => Bind(
        _putSnapshot, streamId, snapshot.Sequence, snapshot.ChainHash, snapshot.StateVersion,
        snapshot.Payload, snapshot.Checksum).ExecuteNonQuery();

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _addStream.Dispose();
        _endStream.Dispose();
        _addRecord.Dispose();
        _addRecovery.Dispose();
        _putSnapshot.Dispose();
    }

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index];
        return command;
    }

    [SuppressMessage(
        "Security", "CA2100", Justification = "The statements are constants of this file; values are bound.")]
    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < parameters; index++)
        {
            command.Parameters.Add(new SqliteParameter($"${index}", value: null));
        }

        command.Prepare();
        return command;
    }
}
