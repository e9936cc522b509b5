namespace Perpkeel.Storage.Journal;

/// <summary>
/// What happened to the process: a start, a look-up, a stop. Not part of the account's history.
/// </summary>
/// <param name="Sequence">Place in the stream's chain of recovery, from 1, without holes.</param>
/// <param name="AfterSequence">The stream's record after which it stands; 0 before the first.</param>
/// <param name="Kind">What it tells, a stable name.</param>
/// <param name="At">Engine time.</param>
/// <param name="Payload">Canonical UTF-8 JSON.</param>
public sealed record RecoveryRecord(
    long Sequence, long AfterSequence, string Kind, DateTimeOffset At, ReadOnlyMemory<byte> Payload);
