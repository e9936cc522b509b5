using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// Reads streams out of a journal as a log needs them: what is on disk and what is only gathered as one, and
/// nothing whose end does not agree with its chain. Throws JournalException where it does not, and
/// SqliteException.
/// </summary>
internal sealed class CheckedReader(JournalReader reader, string file)
{
    private const int BatchRecords = 512;

    /// <summary>The names of all streams on disk.</summary>
    public IReadOnlyList<string> Streams() => [.. reader.AllStreams().Select(stream => stream.Name)];

    /// <summary>The snapshot that is on disk, unchecked.</summary>
    public SnapshotRow? Snapshot(long streamId) => reader.Snapshot(streamId);

    /// <summary>A stream as it is on disk; an empty one when it was never written to.</summary>
    /// <exception cref="JournalException">
    /// The end of one of its chains was altered, cut or taken away.
    /// </exception>
    public StreamState Load(string stream)
    {
        if (reader.Stream(stream) is not { } row) return StreamState.Empty(stream);
        foreach (var chain in (ReadOnlySpan<Chain>)[Chain.Records, Chain.Recovery]) CheckEnd(chain, row);
        return new StreamState(
            row.Name, row.Id, new ChainEnd(row.LastSequence, row.Head),
            new ChainEnd(row.LastRecovery, row.RecoveryHead));
    }

    /// <summary>The next records behind a sequence, up to <paramref name="last"/>, unchecked.</summary>
    public IReadOnlyList<ChainRecord> Batch(Chain chain, StreamState state, long after, long last)
    {
        var end = state.EndOf(chain);
        return after >= end.Committed
            ? [.. end.Gathered.Skip((int)(after - end.Committed)).Take(BatchRecords)]
            : reader.Batch(chain, state.Id, after, Math.Min(last, end.Committed), BatchRecords);
    }

    /// <summary>The hash of a record, unchecked; null when the chain has no such record.</summary>
    public byte[]? HashAt(Chain chain, StreamState state, long sequence)
    {
        var end = state.EndOf(chain);
        if (sequence == 0) return ChainHash.Start;
        if (sequence < 0 || sequence > end.Last) return null;
        return sequence > end.Committed
            ? end.Gathered[(int)(sequence - end.Committed - 1)].Hash
            : reader.HashAt(chain, state.Id, sequence);
    }

    /// <summary>Throws what a check has found, if it has found anything.</summary>
    public void Check(string? fault)
    {
        if (fault is not null) throw SqliteFaults.Corrupt(file, fault);
    }

    /// <summary>
    /// The last record is where a torn write would show; it is checked before anything follows it.
    /// </summary>
    private void CheckEnd(Chain chain, StreamRow row)
    {
        var (last, _, found) = row.EndOf(chain);
        if (found != last || last == 0)
        {
            Check(ChainCheck.FaultOfEnd(chain, row, found, ChainHash.Start));
            return;
        }

        var record = reader.Batch(chain, row.Id, last - 1, last, limit: 1)[0];
        var before = last == 1 ? ChainHash.Start : reader.HashAt(chain, row.Id, last - 1);
        Check(before is null
            ? $"{ChainCheck.Name(chain, row.Name, last - 1)} is missing."
            : ChainCheck.FaultOf(chain, row.Name, last - 1, before, record));
        Check(ChainCheck.FaultOfEnd(chain, row, last, record.Hash));
    }
}
