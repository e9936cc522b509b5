using System.Globalization;
using System.Text.Json.Serialization;
using Perpkeel.Core.Orders;

namespace Perpkeel.Simulation.Paper.Post;

/// <summary>
/// A transaction that was given to the way to the node, whole: what it says never changes, however often it
/// is sent. A closed family.
/// </summary>
internal abstract record Posting
{
    private Posting()
    {
    }

    /// <summary>Its number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Its timestamp nonce, Unix milliseconds.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Last block of a short-term message; 0 for others.</summary>
    public required uint GoodTilBlock { get; init; }

    /// <summary>Unix seconds until which a stateful message holds; 0 for others.</summary>
    public required uint GoodTilBlockTime { get; init; }

    /// <summary>The order it is about.</summary>
    [JsonIgnore]
    public abstract ClientOrderId ClientId { get; }

    /// <summary>Place an order.</summary>
    public sealed record Place : Posting
    {
        /// <summary>The order.</summary>
        public required OrderIntent Order { get; init; }

        /// <inheritdoc/>
        public override ClientOrderId ClientId => Order.ClientId;
    }

    /// <summary>Take an order back.</summary>
    public sealed record Cancel : Posting
    {
        /// <summary>Which.</summary>
        public required ClientOrderId Target { get; init; }

        /// <inheritdoc/>
        public override ClientOrderId ClientId => Target;
    }
}

/// <summary>What a venue was made with, the first record of its way to the node.</summary>
internal sealed record VenueMade
{
    /// <summary>
    /// Version of the model: journals of another one cannot be continued, since the venue's state is what
    /// its seed and its messages make of it.
    /// </summary>
    public const int ModelVersion = 1;

    /// <summary>The model that made it.</summary>
    public int Model { get; init; } = ModelVersion;

    /// <summary>Seed of block times and latencies.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Taker fee.</summary>
    public required long TakerPpm { get; init; }

    /// <summary>Maker fee.</summary>
    public required long MakerPpm { get; init; }

    /// <summary>Usual latency.</summary>
    public required long LatencyMs { get; init; }

    /// <summary>Name of the latency model.</summary>
    public required string LatencyModel { get; init; }

    /// <summary>Usual lag of the Indexer.</summary>
    public required long IndexerLagMs { get; init; }

    /// <summary>Name of the fill model.</summary>
    public required string FillModel { get; init; }

    /// <summary>What the account was given.</summary>
    public required decimal Deposit { get; init; }

    /// <summary>What goes wrong, by name and chance.</summary>
    public required string Faults { get; init; }

    /// <summary>When nothing goes wrong any more; null for never.</summary>
    public DateTimeOffset? FaultsUntil { get; init; }

    /// <summary>What differs from what is asked for now, in words.</summary>
    public IEnumerable<string> DifferenceTo(VenueMade asked)
    {
        var (before, now) = (Words(), asked.Words());
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i].Value.Equals(now[i].Value)) continue;
            var asks = now[i].Value is "" ? "none" : now[i].Value;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{before[i].Name} {before[i].Value} (now {asks})");
        }
    }

    private (string Name, object Value)[] Words() =>
    [
        ("model version", Model), ("seed", Seed), ("taker fee ppm", TakerPpm), ("maker fee ppm", MakerPpm),
        ("latency ms", LatencyMs), ("latency model", LatencyModel), ("Indexer lag ms", IndexerLagMs),
        ("fill model", FillModel), ("starting balance", Deposit), ("faults", Faults),
        ("end of faults", FaultsUntil ?? (object)string.Empty),
    ];
}

/// <summary>The generated serializers of the way to the node.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(Core.Numbers.PlainDecimalJson)])]
[JsonSerializable(typeof(Posting.Place))]
[JsonSerializable(typeof(Posting.Cancel))]
[JsonSerializable(typeof(VenueMade))]
internal sealed partial class PostJson : JsonSerializerContext;
