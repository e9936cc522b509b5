using System.Security.Cryptography;
using System.Text;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Testing;

/// <summary>A record of recovery as a log in memory keeps it.</summary>
/// <param name="Kind">What happened to the process.</param>
/// <param name="At">Engine time.</param>
/// <param name="Text">Its payload.</param>
public sealed record MemoryRecovery(string Kind, DateTimeOffset At, string Text);

/// <summary>
/// A log in memory that keeps the promises of <see cref="IRecordLog"/> and shows what is durable: a process
/// that dies leaves <see cref="Survivor"/> behind.
/// </summary>
public sealed class MemoryRecordLog(CommitFault? fault = null) : IRecordLog
{
    private static readonly string Nothing = new('0', 64);

    private readonly SortedDictionary<string, Chain> _chains = new(StringComparer.Ordinal);
    private bool _isWaiting;

    /// <summary>Called after each commit that is durable.</summary>
    public event EventHandler? Committed;

    /// <summary>What is durable, as the next process finds it.</summary>
    public MemoryRecordLog Survivor(CommitFault? next = null)
    {
        var survivor = new MemoryRecordLog(next);
        foreach (var (name, chain) in _chains) survivor._chains.Add(name, chain.Survivor());
        return survivor;
    }

    /// <summary>The durable records of a stream.</summary>
    public IReadOnlyList<LogRecord> Durable(string stream)
    {
        var chain = ChainOf(stream);
        return chain.Records.GetRange(0, chain.DurableRecords);
    }

    /// <summary>The durable records of recovery beside a stream.</summary>
    public IReadOnlyList<MemoryRecovery> Recovery(string stream)
    {
        var chain = ChainOf(stream);
        return chain.Recovery.GetRange(0, chain.DurableRecovery);
    }

    /// <inheritdoc/>
    public IEnumerable<LogRecord> Read(string stream, long afterSequence) =>
        ChainOf(stream).Records.Skip((int)afterSequence).ToList();

    /// <inheritdoc/>
    public long LastSequence(string stream) => ChainOf(stream).Records.Count;

    /// <inheritdoc/>
    public string Head(string stream) => ChainOf(stream).Hashes is [.., var last] ? last : Nothing;

    /// <inheritdoc/>
    public void Append(string stream, LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var chain = Waiting(stream);
        if (record.Sequence != chain.Records.Count + 1)
        {
            throw new ArgumentException($"Record {record.Sequence} is not the next one.", nameof(record));
        }

        chain.Hashes.Add(Hash(Head(stream), record));
        chain.Records.Add(record with { Payload = record.Payload.ToArray() });
    }

    /// <inheritdoc/>
    public void AppendRecovery(string stream, string kind, DateTimeOffset at, ReadOnlyMemory<byte> payload) =>
        Waiting(stream).Recovery.Add(new MemoryRecovery(kind, at, Encoding.UTF8.GetString(payload.Span)));

    /// <inheritdoc/>
    public void SaveSnapshot(string stream, LogSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var chain = Waiting(stream);
        if (!string.Equals(chain.Hashes[(int)snapshot.Sequence - 1], snapshot.Hash, StringComparison.Ordinal))
        {
            throw new ArgumentException("The snapshot is of another chain.", nameof(snapshot));
        }

        chain.Snapshot = snapshot;
    }

    /// <inheritdoc/>
    public LogSnapshot? LatestSnapshot(string stream) => ChainOf(stream).Snapshot;

    /// <inheritdoc/>
    public void Commit()
    {
        if (!_isWaiting) return;
        if (fault is null) Settle();
        else fault.Run(this, Settle);
        Committed?.Invoke(this, EventArgs.Empty);
    }

    private static string Hash(string previous, LogRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{previous}|{record.Sequence}|{record.Kind}|{record.Version}|{record.At.UtcTicks}|"));
        hash.AppendData(record.Payload.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Settle()
    {
        foreach (var chain in _chains.Values) chain.Settle();
        _isWaiting = false;
    }

    private Chain Waiting(string stream)
    {
        fault?.ThrowIfBroken();
        _isWaiting = true;
        return ChainOf(stream);
    }

    private Chain ChainOf(string stream)
    {
        if (_chains.TryGetValue(stream, out var known)) return known;
        var chain = new Chain();
        _chains.Add(stream, chain);
        return chain;
    }

    private sealed class Chain
    {
        public List<LogRecord> Records { get; } = [];

        public List<string> Hashes { get; } = [];

        public List<MemoryRecovery> Recovery { get; } = [];

        public LogSnapshot? Snapshot { get; set; }

        public int DurableRecords { get; private set; }

        public int DurableRecovery { get; private set; }

        private LogSnapshot? DurableSnapshot { get; set; }

        public void Settle()
        {
            DurableRecords = Records.Count;
            DurableRecovery = Recovery.Count;
            DurableSnapshot = Snapshot;
        }

        public Chain Survivor()
        {
            var survivor = new Chain { Snapshot = DurableSnapshot };
            survivor.Records.AddRange(Records.Take(DurableRecords));
            survivor.Hashes.AddRange(Hashes.Take(DurableRecords));
            survivor.Recovery.AddRange(Recovery.Take(DurableRecovery));
            survivor.Settle();
            return survivor;
        }
    }
}
