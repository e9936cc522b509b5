using System.Text.Json;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Runtime.Sessions;

/// <summary>One account's facts in the journal.</summary>
public sealed class FactLog(IRecordLog log, AccountId account)
{
    /// <summary>Facts between two snapshots.</summary>
    public const int SnapshotEvery = 1_000;

    private readonly string _stream = account.ToString();
    private long _lastSnapshot;

    /// <summary>The account.</summary>
    public AccountId Account => account;

    /// <summary>Chain hash of the last fact, in hexadecimal.</summary>
    public string Head => log.Head(_stream);

    /// <summary>The account's state: the latest snapshot of this version and the facts after it.</summary>
    /// <exception cref="JournalException">
    /// The journal cannot be read, or was written by a newer version.
    /// </exception>
    public AccountState Recover(AccountEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var state = FromSnapshot();
        foreach (var fact in Read(state.Sequence)) state = engine.Evolve(state, fact);
        return state;
    }

    /// <summary>The facts after a sequence, in order.</summary>
    /// <exception cref="JournalException">
    /// The journal cannot be read, or was written by a newer version.
    /// </exception>
    public IEnumerable<JournaledFact> Read(long afterSequence) =>
        log.Read(_stream, afterSequence).Select(Decode);

    /// <summary>Gathers a fact.</summary>
    public void Append(JournaledFact fact) => log.Append(_stream, FactCodec.Encode(fact));

    /// <summary>Gathers a record of what happened to the process, beside the facts.</summary>
    public void AppendRecovery(string kind, DateTimeOffset at, RecoveryNote note) =>
        log.AppendRecovery(
            _stream, kind, at, JsonSerializer.SerializeToUtf8Bytes(note, RecoveryJson.Default.RecoveryNote));

    /// <summary>Makes what was gathered durable, now and then with a snapshot of the state.</summary>
    public void Commit(AccountState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Sequence - _lastSnapshot >= SnapshotEvery)
        {
            log.SaveSnapshot(_stream, new LogSnapshot(
                state.Sequence, Head, AccountState.Version, FactCodec.EncodeState(state)));
            _lastSnapshot = state.Sequence;
        }

        log.Commit();
    }

    private AccountState FromSnapshot()
    {
        if (log.LatestSnapshot(_stream) is not { StateVersion: AccountState.Version } snapshot)
        {
            return AccountState.Empty;
        }

        try
        {
            var state = FactCodec.DecodeState(snapshot.Payload.Span);
            _lastSnapshot = snapshot.Sequence;
            return state;
        }
        catch (JsonException)
        {
            // The facts are the truth; a snapshot only saves time.
            return AccountState.Empty;
        }
    }

    private JournaledFact Decode(LogRecord record)
    {
        try
        {
            return FactCodec.Decode(record)
                ?? throw new JournalException(
                    JournalFault.UnknownVersion, _stream,
                    $"Fact {record.Sequence} is of the unknown kind {record.Kind}, version {record.Version}.",
                    "Use the version of perpkeel that wrote it, or a newer one.");
        }
        catch (JsonException error)
        {
            throw new JournalException(
                JournalFault.Corrupt, _stream, $"Fact {record.Sequence} cannot be read: {error.Message}",
                "Restore the folder from a backup.", error);
        }
    }
}
