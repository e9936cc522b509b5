using System.Text.Json.Serialization;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Executing;

/// <summary>A signal as a person writes it.</summary>
internal sealed record ExecuteQuestion
{
    /// <summary>The caller's own name for it.</summary>
    public required string Id { get; init; }

    /// <summary>Which market.</summary>
    public required string Market { get; init; }

    /// <summary>What is wanted.</summary>
    public required SignalAction Action { get; init; }

    /// <summary>Which way; none where the position says it.</summary>
    public Side Side { get; init; }

    /// <summary>How much; null: as much as the limits allow.</summary>
    public decimal? Size { get; init; }

    /// <summary>Oracle price of the stop; null where a distance or the position says it.</summary>
    public decimal? Stop { get; init; }

    /// <summary>Distance of the stop, as a fraction of the entry.</summary>
    public decimal? StopDistance { get; init; }

    /// <summary>Oracle price of the target; null: by the ratio of reward to risk.</summary>
    public decimal? Target { get; init; }

    /// <summary>How far the stop follows, as a fraction; null: it stands.</summary>
    public decimal? TrailBy { get; init; }

    /// <summary>Minutes that the position is held at most; null: as long as it lasts.</summary>
    public int? HoldMinutes { get; init; }

    /// <summary>Price at which the entry waits; null: it takes at the market.</summary>
    public decimal? Limit { get; init; }

    /// <summary>How the entry waits.</summary>
    public OrderTime Time { get; init; }

    /// <summary>Minutes that the entry rests at most; null: as long as the venue lets it.</summary>
    public int? GoodForMinutes { get; init; }

    /// <summary>Whether only to say what would happen.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The signal.</summary>
    /// <param name="now">Engine time, at which it is made.</param>
    public TradeSignal ToSignal(DateTimeOffset now) => new()
    {
        Id = new SignalId(Id),
        Strategy = "manual",
        Source = SignalSource.Person,
        IssuedAt = now,
        Market = new MarketId(Market),
        Action = Action,
        Side = Side,
        Size = Size is { } size ? new Size(size) : null,
        Stop = Stop is { } stop ? new Price(stop) : null,
        StopDistance = StopDistance,
        Target = Target is { } target ? new Price(target) : null,
        TrailBy = TrailBy,
        HoldFor = HoldMinutes is { } hold ? TimeSpan.FromMinutes(hold) : null,
        Entry = Limit is { } limit
            ? new EntryTerms
            {
                Limit = new Price(limit),
                Time = Time,
                GoodFor = GoodForMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            }
            : null,
    };
}

/// <summary>The generated serializers of what goes in and out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExecuteQuestion))]
[JsonSerializable(typeof(ExecuteAnswer))]
[JsonSerializable(typeof(UserQuestion))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(BalanceAnswer))]
[JsonSerializable(typeof(LeverageAnswer))]
internal sealed partial class ExecutingJson : JsonSerializerContext;
