using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Runtime.Sessions;

/// <summary>
/// Facts as journal payloads: canonical UTF-8 JSON, each kind under a stable name. What the venue reported
/// keeps the venue's form under the prefix <c>venue.</c>.
/// </summary>
public static class FactCodec
{
    /// <summary>Version of all payloads.</summary>
    public const int Version = 1;

    private const string VenuePrefix = "venue.";

    private static readonly ImmutableArray<(string Kind, Type Type)> Kinds =
    [
        ("account-opened", typeof(Fact.AccountOpened)),
        ("decided", typeof(Fact.Decided)),
        ("plan-refused", typeof(Fact.PlanRefused)),
        ("entry-planned", typeof(Fact.EntryPlanned)),
        ("close-wanted", typeof(Fact.CloseWanted)),
        ("order-intended", typeof(Fact.OrderIntended)),
        ("cancel-intended", typeof(Fact.CancelIntended)),
        ("call-rejected", typeof(Fact.CallRejected)),
        ("outcome-unknown", typeof(Fact.OutcomeUnknown)),
        ("order-sent-again", typeof(Fact.OrderSentAgain)),
        ("protection-alarm", typeof(Fact.ProtectionAlarm)),
        ("bracket-ended", typeof(Fact.BracketEnded)),
        ("equity-marked", typeof(Fact.EquityMarked)),
        ("signal-received", typeof(Fact.SignalReceived)),
        ("signal-refused", typeof(Fact.SignalRefused)),
        ("signal-ready", typeof(Fact.SignalReady)),
        ("signal-ended", typeof(Fact.SignalEnded)),
        ("add-planned", typeof(Fact.AddPlanned)),
        ("add-abandoned", typeof(Fact.AddAbandoned)),
        ("amend-wanted", typeof(Fact.AmendWanted)),
        ("reduce-wanted", typeof(Fact.ReduceWanted)),
        ("stop-moved", typeof(Fact.StopMoved)),
        ("orphan-found", typeof(Fact.OrphanFound)),
        ("price-seen", typeof(Fact.PriceSeen)),
        ("trading-stopped", typeof(Fact.TradingStopped)),
        ("trading-resumed", typeof(Fact.TradingResumed)),
        ("switched", typeof(Fact.Switched)),
    ];

    /// <summary>All kinds, those of the venue included.</summary>
    public static IEnumerable<string> AllKinds =>
        Kinds.Select(known => known.Kind).Concat(ReportCodec.AllKinds.Select(kind => VenuePrefix + kind));

    /// <summary>A fact as a record of the journal.</summary>
    /// <exception cref="ArgumentException">The fact is of no known kind.</exception>
    public static LogRecord Encode(JournaledFact journaled)
    {
        ArgumentNullException.ThrowIfNull(journaled);
        var (kind, payload) = journaled.Fact is Fact.Reported reported
            ? (VenuePrefix + ReportCodec.KindOf(reported.Report), ReportCodec.Encode(reported.Report))
            : (KindOf(journaled.Fact),
                JsonSerializer.SerializeToUtf8Bytes(journaled.Fact, TypeInfo(journaled.Fact.GetType())));
        return new LogRecord(journaled.Sequence, kind, Version, journaled.At, payload);
    }

    /// <summary>The fact of a record; null for an unknown kind or version.</summary>
    /// <exception cref="JsonException">The payload is not of its kind.</exception>
    public static JournaledFact? Decode(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Version == Version && DecodeFact(record) is { } fact
            ? new JournaledFact(record.Sequence, record.At, fact)
            : null;
    }

    /// <summary>A state as a snapshot's payload.</summary>
    public static byte[] EncodeState(AccountState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, FactJson.Default.AccountState);

    /// <summary>The state of a snapshot's payload.</summary>
    /// <exception cref="JsonException">The payload is no state.</exception>
    public static AccountState DecodeState(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, FactJson.Default.AccountState)
        ?? throw new JsonException("The snapshot is empty.");

    private static Fact? DecodeFact(LogRecord record)
    {
        var payload = record.Payload.Span;
        if (record.Kind.StartsWith(VenuePrefix, StringComparison.Ordinal))
        {
            return ReportCodec.Decode(record.Kind[VenuePrefix.Length..], payload) is { } report
                ? new Fact.Reported { Report = report }
                : null;
        }

        foreach (var (kind, type) in Kinds)
        {
            if (string.Equals(kind, record.Kind, StringComparison.Ordinal))
            {
                return (Fact?)JsonSerializer.Deserialize(payload, TypeInfo(type));
            }
        }

        return null;
    }

    private static string KindOf(Fact fact)
    {
        foreach (var (kind, type) in Kinds)
        {
            if (type == fact.GetType()) return kind;
        }

        throw new ArgumentException($"{fact.GetType().Name} has no name.", nameof(fact));
    }

    private static JsonTypeInfo TypeInfo(Type type) =>
        FactJson.Default.GetTypeInfo(type)
        ?? throw new ArgumentException($"{type.Name} has no serializer.", nameof(type));
}

/// <summary>The generated serializers of <see cref="FactCodec"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(PlainDecimalJson)])]
[JsonSerializable(typeof(Fact.AccountOpened))]
[JsonSerializable(typeof(Fact.Decided))]
[JsonSerializable(typeof(Fact.PlanRefused))]
[JsonSerializable(typeof(Fact.EntryPlanned))]
[JsonSerializable(typeof(Fact.CloseWanted))]
[JsonSerializable(typeof(Fact.OrderIntended))]
[JsonSerializable(typeof(Fact.CancelIntended))]
[JsonSerializable(typeof(Fact.CallRejected))]
[JsonSerializable(typeof(Fact.OutcomeUnknown))]
[JsonSerializable(typeof(Fact.OrderSentAgain))]
[JsonSerializable(typeof(Fact.ProtectionAlarm))]
[JsonSerializable(typeof(Fact.BracketEnded))]
[JsonSerializable(typeof(Fact.EquityMarked))]
[JsonSerializable(
    typeof(TradeExecutionError.OutcomeUnknown), TypeInfoPropertyName = "OutcomeUnknownError")]
[JsonSerializable(typeof(Fact.SignalReceived))]
[JsonSerializable(typeof(Fact.SignalRefused))]
[JsonSerializable(typeof(Fact.SignalReady))]
[JsonSerializable(typeof(Fact.SignalEnded))]
[JsonSerializable(typeof(Fact.AddPlanned))]
[JsonSerializable(typeof(Fact.AddAbandoned))]
[JsonSerializable(typeof(Fact.AmendWanted))]
[JsonSerializable(typeof(Fact.ReduceWanted))]
[JsonSerializable(typeof(Fact.StopMoved))]
[JsonSerializable(typeof(Fact.OrphanFound))]
[JsonSerializable(typeof(Fact.PriceSeen))]
[JsonSerializable(typeof(Fact.TradingStopped))]
[JsonSerializable(typeof(Fact.TradingResumed))]
[JsonSerializable(typeof(Fact.Switched))]
[JsonSerializable(typeof(AccountState))]
internal sealed partial class FactJson : JsonSerializerContext;
