using System.Text.Json.Serialization;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Accounts;

/// <summary>One order.</summary>
internal sealed record OrderRow
{
    /// <summary>Its client order id.</summary>
    public required uint Id { get; init; }

    /// <summary>Its bracket's number.</summary>
    public required long Bracket { get; init; }

    /// <summary>Its market.</summary>
    public required string Market { get; init; }

    /// <summary>What it is for.</summary>
    public required string Role { get; init; }

    /// <summary>How it executes.</summary>
    public required string Kind { get; init; }

    /// <summary>Which way.</summary>
    public required string Side { get; init; }

    /// <summary>How much.</summary>
    public required string Size { get; init; }

    /// <summary>How much of it was filled.</summary>
    public required string Filled { get; init; }

    /// <summary>The worst price it may fill at.</summary>
    public required string Limit { get; init; }

    /// <summary>Oracle price that wakes it; null without one.</summary>
    public required string? Trigger { get; init; }

    /// <summary>intended, outcome-unknown, open, triggered or ended.</summary>
    public required string Phase { get; init; }

    /// <summary>Why it is over; null while it is not.</summary>
    public required string? Ending { get; init; }

    /// <summary>Whether it was asked back and has not ended yet.</summary>
    public required bool IsCancelling { get; init; }

    /// <summary>When it was meant, market time.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ended; null while it has not, or where that is not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>An order as the account knows it.</summary>
    public static OrderRow Of(OrderState order) => new()
    {
        Id = order.Intent.ClientId.Value,
        Bracket = order.Intent.Bracket,
        Market = order.Intent.Market.Value,
        Role = Words.Of(order.Intent.Role),
        Kind = Words.Of(order.Intent.Kind),
        Side = Words.Of(order.Intent.Side),
        Size = order.Intent.Size.ToString(),
        Filled = order.Filled.ToString(),
        Limit = order.Intent.Limit.ToString(),
        Trigger = order.Intent.Trigger?.ToString(),
        Phase = Words.Of(order.Phase),
        Ending = order.IsLive ? null : Words.Of(order.Ending),
        IsCancelling = order is { IsLive: true, CancelAsked: true },
        Since = order.Intent.IntendedAt,
    };
}

/// <summary>What <c>perpkeel orders</c> tells.</summary>
internal sealed record OrdersAnswer(AnswerHead Head, IReadOnlyList<OrderRow> Orders)
{
    /// <summary>The orders that live.</summary>
    public static OrdersAnswer Of(AccountView view) => new(
        view.Head, [.. view.State.Orders.Values.Where(order => order.IsLive).Select(OrderRow.Of)]);

    /// <summary>The same, and behind them those that have ended.</summary>
    public OrdersAnswer With(IEnumerable<OrderRow> ended) => this with
    {
        Orders =
        [
            .. Orders,
            .. ended.Where(row => !Orders.Any(order => order.Id == row.Id)).OrderBy(row => row.Id),
        ],
    };
}

/// <summary>The generated serializers of what the verbs about an account tell.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrdersAnswer))]
[JsonSerializable(typeof(PositionsAnswer))]
internal sealed partial class AccountJson : JsonSerializerContext;
