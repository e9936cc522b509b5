namespace Perpkeel.Storage.Journal;

/// <summary>Which of a stream's two chains.</summary>
internal enum Chain
{
    /// <summary>What happened to the account.</summary>
    Records,

    /// <summary>What happened to the process.</summary>
    Recovery,
}

/// <summary>A record as the file holds it; nothing of it is believed before its hash was checked.</summary>
/// <param name="Sequence">Place in its chain.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="VersionOrAfter">The kind's version; of recovery, the sequence it stands after.</param>
/// <param name="AtTicks">Engine time, UTC ticks.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Hash">The hash that the file has for it.</param>
internal sealed record ChainRecord(
    long Sequence, string Kind, long VersionOrAfter, long AtTicks, byte[] Payload, byte[] Hash);

/// <summary>A snapshot as the file holds it.</summary>
internal sealed record SnapshotRow(
    long Sequence, byte[] ChainHash, long StateVersion, byte[] Payload, byte[] Checksum);

/// <summary>A stream as the file holds it, with the last sequence that its records really have.</summary>
internal sealed record StreamRow(
    long Id, string Name, long LastSequence, byte[] Head, long LastRecovery, byte[] RecoveryHead,
    long FoundSequence, long FoundRecovery)
{
    /// <summary>The end of a chain as the stream's own row has it, and as the records have it.</summary>
    public (long Last, byte[] Head, long Found) EndOf(Chain chain) => chain == Chain.Records
        ? (LastSequence, Head, FoundSequence)
        : (LastRecovery, RecoveryHead, FoundRecovery);
}
