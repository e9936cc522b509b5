using Microsoft.Data.Sqlite;
using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// Checks all that a journal holds, reading only, also while a run writes to it: it sees the file as it was
/// when it began. It does not stop at the first fault.
/// </summary>
public static class JournalVerifier
{
    private const int MaxFaults = 100;
    private const int BatchRecords = 512;

    /// <summary>Checks every chain, snapshot and page of a journal.</summary>
    /// <param name="file">The journal.</param>
    /// <param name="vfs">Where it is; see <see cref="RecordLogOptions.Vfs"/>.</param>
    /// <exception cref="JournalException">The file is not there, of another version, or not a
    /// journal.</exception>
    public static JournalVerification Verify(string file, string? vfs = null)
    {
        var path = vfs is null ? JournalFile.Resolve(file) : file;
        using var connection = JournalFile.OpenForReading(path, vfs);
        var faults = new List<string>();
        var streams = new List<StreamVerification>();
        try
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            var reader = new JournalReader(connection);
            faults.AddRange(reader.Damages(MaxFaults).Select(damage => $"The file is damaged: {damage}."));
            foreach (var stream in reader.AllStreams()) streams.Add(VerifyStream(reader, stream));
            if (reader.Orphans() is var orphans and > 0)
            {
                faults.Add($"{orphans} records belong to no stream.");
            }
        }
        catch (SqliteException error)
        {
            faults.Add(SqliteFaults.From(error, path).Message);
        }

        return new JournalVerification(path, streams, faults);
    }

    private static StreamVerification VerifyStream(JournalReader reader, StreamRow stream)
    {
        var records = VerifyChain(reader, stream, Chain.Records);
        var recovery = VerifyChain(reader, stream, Chain.Recovery);
        var snapshot = reader.Snapshot(stream.Id);
        return new StreamVerification(
            stream.Name, records, recovery, snapshot?.Sequence,
            snapshot is null ? null : FaultOf(reader, stream, snapshot));
    }

    private static string? FaultOf(JournalReader reader, StreamRow stream, SnapshotRow snapshot)
    {
        if (!snapshot.Checksum.AsSpan().SequenceEqual(ChainHash.OfSnapshot(stream.Name, snapshot)))
        {
            return $"Stream '{stream.Name}', snapshot at {snapshot.Sequence} was altered or cut.";
        }

        var hash = snapshot.Sequence == 0
            ? ChainHash.Start
            : reader.HashAt(Chain.Records, stream.Id, snapshot.Sequence);
        return hash is not null && hash.AsSpan().SequenceEqual(snapshot.ChainHash)
            ? null
            : $"Stream '{stream.Name}', snapshot at {snapshot.Sequence} does not agree with the chain.";
    }

    private static ChainVerification VerifyChain(JournalReader reader, StreamRow stream, Chain chain)
    {
        var faults = new List<ChainFault>();
        long count = 0, faultCount = 0, first = 0, last = 0;
        var hash = ChainHash.Start;
        while (true)
        {
            var batch = reader.Batch(chain, stream.Id, last, long.MaxValue, BatchRecords);
            foreach (var record in batch)
            {
                Note(record.Sequence, ChainCheck.FaultOf(chain, stream.Name, last, hash, record));
                if (count == 0) first = record.Sequence;
                count++;
                last = record.Sequence;
                hash = record.Hash;
            }

            if (batch.Count < BatchRecords) break;
        }

        Note(last, ChainCheck.FaultOfEnd(chain, stream, last, hash));
        return new ChainVerification
        {
            Records = count,
            FirstSequence = first,
            LastSequence = last,
            Head = Convert.ToHexStringLower(hash),
            Faults = faults,
            FaultCount = faultCount,
        };

        void Note(long sequence, string? what)
        {
            if (what is null) return;
            faultCount++;
            if (faults.Count < MaxFaults) faults.Add(new ChainFault(sequence, what));
        }
    }
}
