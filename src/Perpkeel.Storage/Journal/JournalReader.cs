using Dapper;
using Microsoft.Data.Sqlite;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// The questions that are asked of a journal's tables. Checks nothing; throws SqliteException.
/// </summary>
internal sealed class JournalReader(SqliteConnection connection)
{
    private const string Streams =
        """
        SELECT id, name, last_sequence, head, last_recovery, recovery_head,
               coalesce((SELECT max(sequence) FROM record WHERE stream_id = stream.id), 0),
               coalesce((SELECT max(sequence) FROM recovery WHERE stream_id = stream.id), 0)
        FROM stream
        """;

    private const string Records =
        """
        SELECT sequence AS Sequence, kind AS Kind, version AS VersionOrAfter, at_ticks AS AtTicks,
               payload AS Payload, hash AS Hash
        FROM record WHERE stream_id = @streamId AND sequence > @after AND sequence <= @last
        ORDER BY sequence LIMIT @limit
        """;

    private const string Recovery =
        """
        SELECT sequence AS Sequence, kind AS Kind, after_sequence AS VersionOrAfter, at_ticks AS AtTicks,
               payload AS Payload, hash AS Hash
        FROM recovery WHERE stream_id = @streamId AND sequence > @after AND sequence <= @last
        ORDER BY sequence LIMIT @limit
        """;

    /// <summary>All streams, by name.</summary>
    public IReadOnlyList<StreamRow> AllStreams() => ReadStreams(" ORDER BY name", parameters: null);

    /// <summary>One stream; null when it has never been written to.</summary>
    public StreamRow? Stream(string name) =>
        ReadStreams(" WHERE name = @name", new { name }).SingleOrDefault();

    /// <summary>Up to <paramref name="limit"/> records behind a sequence, in order.</summary>
    public IReadOnlyList<ChainRecord> Batch(Chain chain, long streamId, long after, long last, int limit) =>
        connection.Query<ChainRecord>(
            chain == Chain.Records ? Records : Recovery, new { streamId, after, last, limit }).AsList();

    /// <summary>The hash that the file has for a record; null when the record is missing.</summary>
    public byte[]? HashAt(Chain chain, long streamId, long sequence) =>
        connection.ExecuteScalar<byte[]?>(
            chain == Chain.Records
                ? "SELECT hash FROM record WHERE stream_id = @streamId AND sequence = @sequence"
                : "SELECT hash FROM recovery WHERE stream_id = @streamId AND sequence = @sequence",
            new { streamId, sequence });

    /// <summary>A stream's snapshot.</summary>
    public SnapshotRow? Snapshot(long streamId) => connection.QuerySingleOrDefault<SnapshotRow>(
        """
        SELECT sequence AS Sequence, chain_hash AS ChainHash, state_version AS StateVersion,
               payload AS Payload, checksum AS Checksum
        FROM snapshot WHERE stream_id = @streamId
        """,
        new { streamId });

    /// <summary>Records, of either chain, that belong to no stream.</summary>
    public long Orphans() => connection.ExecuteScalar<long>(
        """
        SELECT (SELECT count(*) FROM record WHERE stream_id NOT IN (SELECT id FROM stream))
             + (SELECT count(*) FROM recovery WHERE stream_id NOT IN (SELECT id FROM stream))
        """);

    /// <summary>What SQLite itself finds wrong with the file; empty when nothing is.</summary>
    public IReadOnlyList<string> Damages(int limit) =>
        [.. connection.Query<string>($"PRAGMA quick_check({limit})")
            .Where(line => !string.Equals(line, "ok", StringComparison.Ordinal)),];

    /// <summary>
    /// By hand: an expression's column has no type in an empty answer, and Dapper asks for one.
    /// </summary>
    private List<StreamRow> ReadStreams(string rest, object? parameters)
    {
        using var reader = connection.ExecuteReader(Streams + rest, parameters);
        var rows = new List<StreamRow>();
        while (reader.Read())
        {
            rows.Add(new StreamRow(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), (byte[])reader.GetValue(3),
                reader.GetInt64(4), (byte[])reader.GetValue(5), reader.GetInt64(6), reader.GetInt64(7)));
        }

        return rows;
    }
}
