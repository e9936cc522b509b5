namespace Perpkeel.Storage.Journal;

/// <summary>Something wrong in a chain.</summary>
/// <param name="Sequence">At which record.</param>
/// <param name="What">What is wrong, as a sentence.</param>
public sealed record ChainFault(long Sequence, string What);

/// <summary>What was found in one chain of a stream.</summary>
public sealed record ChainVerification
{
    /// <summary>How many records it has.</summary>
    public required long Records { get; init; }

    /// <summary>The first record's sequence; 0 for an empty chain.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The last record's sequence; 0 for an empty chain.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The last record's hash in hexadecimal; 64 zeros for an empty chain.</summary>
    public required string Head { get; init; }

    /// <summary>What is wrong, in the order of sequences: at most the first hundred.</summary>
    public required IReadOnlyList<ChainFault> Faults { get; init; }

    /// <summary>How many faults there are, those beyond the first hundred included.</summary>
    public required long FaultCount { get; init; }
}

/// <summary>What was found in one stream.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Records">The chain of what happened to the account.</param>
/// <param name="Recovery">The chain of what happened to the process.</param>
/// <param name="SnapshotSequence">
/// The record that the snapshot contains last; null without a snapshot.
/// </param>
/// <param name="SnapshotFault">
/// What is wrong with the snapshot; null when nothing is. Such a snapshot is passed over: nothing is lost by
/// it.
/// </param>
public sealed record StreamVerification(
    string Stream, ChainVerification Records, ChainVerification Recovery,
    long? SnapshotSequence, string? SnapshotFault);

/// <summary>What was found in a journal.</summary>
/// <param name="File">Which file.</param>
/// <param name="Streams">Its streams, by name.</param>
/// <param name="Faults">What is wrong with the file itself, as sentences.</param>
public sealed record JournalVerification(
    string File, IReadOnlyList<StreamVerification> Streams, IReadOnlyList<string> Faults)
{
    /// <summary>Whether all of it is as it was written.</summary>
    public bool IsSound => Faults.Count == 0 && Streams.All(stream =>
        stream.Records.FaultCount == 0 && stream.Recovery.FaultCount == 0 && stream.SnapshotFault is null);
}
