using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Venues.Journal;

/// <summary>
/// Venue reports as journal payloads: canonical UTF-8 JSON (fixed order of properties, decimals as strings,
/// no nulls), each kind under a stable name.
/// </summary>
public static class ReportCodec
{
    /// <summary>Version of all payloads.</summary>
    public const int Version = 1;

    private static readonly ImmutableArray<(string Kind, Type Type)> Kinds =
    [
        ("deposited", typeof(VenueReport.Deposited)),
        ("opened", typeof(VenueReport.Opened)),
        ("rejected", typeof(VenueReport.Rejected)),
        ("triggered", typeof(VenueReport.Triggered)),
        ("filled", typeof(VenueReport.Filled)),
        ("ended", typeof(VenueReport.Ended)),
        ("cancel-refused", typeof(VenueReport.CancelRefused)),
        ("funding-paid", typeof(VenueReport.FundingPaid)),
        ("liquidated", typeof(VenueReport.Liquidated)),
    ];

    /// <summary>The stable name of a report's kind.</summary>
    /// <exception cref="ArgumentException">The report is of no known kind.</exception>
    public static string KindOf(VenueReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var (kind, type) in Kinds)
        {
            if (type == report.GetType()) return kind;
        }

        throw new ArgumentException($"{report.GetType().Name} has no name.", nameof(report));
    }

    /// <summary>All kinds, in the order of their definition.</summary>
    public static IEnumerable<string> AllKinds => Kinds.Select(known => known.Kind);

    /// <summary>A report's payload.</summary>
    public static byte[] Encode(VenueReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.SerializeToUtf8Bytes(report, TypeInfo(report.GetType()));
    }

    /// <summary>The report of a payload; null for an unknown kind.</summary>
    /// <exception cref="JsonException">The payload is not of that kind.</exception>
    public static VenueReport? Decode(string kind, ReadOnlySpan<byte> payload)
    {
        foreach (var (known, type) in Kinds)
        {
            if (string.Equals(known, kind, StringComparison.Ordinal))
            {
                return (VenueReport?)JsonSerializer.Deserialize(payload, TypeInfo(type));
            }
        }

        return null;
    }

    private static JsonTypeInfo TypeInfo(Type type) =>
        ReportJson.Default.GetTypeInfo(type)
        ?? throw new ArgumentException($"{type.Name} has no serializer.", nameof(type));
}

/// <summary>The generated serializers of <see cref="ReportCodec"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(PlainDecimalJson)])]
[JsonSerializable(typeof(VenueReport.Deposited))]
[JsonSerializable(typeof(VenueReport.Opened))]
[JsonSerializable(typeof(VenueReport.Rejected))]
[JsonSerializable(typeof(VenueReport.Triggered))]
[JsonSerializable(typeof(VenueReport.Filled))]
[JsonSerializable(typeof(VenueReport.Ended))]
[JsonSerializable(typeof(VenueReport.CancelRefused))]
[JsonSerializable(typeof(VenueReport.FundingPaid))]
[JsonSerializable(typeof(VenueReport.Liquidated))]
internal sealed partial class ReportJson : JsonSerializerContext;
