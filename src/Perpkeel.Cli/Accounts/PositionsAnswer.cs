using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Accounts;

/// <summary>One position, or an entry that may become one. Amounts are exact texts.</summary>
internal sealed record PositionRow
{
    /// <summary>Its market.</summary>
    public required string Market { get; init; }

    /// <summary>Its bracket's number; null where no intent of ours explains the position.</summary>
    public required long? Bracket { get; init; }

    /// <summary>Who decided on it; null where nobody here did.</summary>
    public required string? Owner { get; init; }

    /// <summary>long or short.</summary>
    public required string Side { get; init; }

    /// <summary>planned, open or closing.</summary>
    public required string Status { get; init; }

    /// <summary>How much is held, without a sign.</summary>
    public required string Size { get; init; }

    /// <summary>How much was planned; null without a plan.</summary>
    public required string? Planned { get; init; }

    /// <summary>Average entry price; null while nothing is held.</summary>
    public required string? Entry { get; init; }

    /// <summary>Price of the last trade in the market; null where it is not known.</summary>
    public required string? Last { get; init; }

    /// <summary>Oracle price, which marks the position; null where it is not known.</summary>
    public required string? Oracle { get; init; }

    /// <summary>
    /// When these prices were looked at; null where the last price that its orders saw is used.
    /// </summary>
    public required DateTimeOffset? PricedAt { get; init; }

    /// <summary>Worth at the oracle price over what it cost, fees and funding left out.</summary>
    public required string Unrealised { get; init; }

    /// <summary>What reductions, fees and funding have brought in so far.</summary>
    public required string Realised { get; init; }

    /// <summary>What its fills cost in fees.</summary>
    public required string Fees { get; init; }

    /// <summary>What funding brought in; negative was paid.</summary>
    public required string Funding { get; init; }

    /// <summary>Trigger of the stop that stands at the venue; null while none does.</summary>
    public required string? Stop { get; init; }

    /// <summary>The same for the target.</summary>
    public required string? Target { get; init; }

    /// <summary>Seconds in which the position had no stop at the venue.</summary>
    public required decimal SecondsUnprotected { get; init; }

    /// <summary>Those of them beyond the deadline.</summary>
    public required decimal SecondsUnprotectedLate { get; init; }
}

/// <summary>What <c>perpkeel positions</c> tells.</summary>
internal sealed record PositionsAnswer(AnswerHead Head, IReadOnlyList<PositionRow> Positions)
{
    private const int PricePlaces = 8;

    /// <summary>Positions and planned entries, by market.</summary>
    public static PositionsAnswer Of(AccountView view)
    {
        var markets = view.State.Brackets.Keys
            .Concat(view.State.Positions.Where(held => !held.Value.Size.IsZero).Select(held => held.Key))
            .Distinct().Order();
        return new PositionsAnswer(view.Head, [.. markets.Select(market => Row(view, market))]);
    }

    private static PositionRow Row(AccountView view, MarketId market)
    {
        var bracket = view.State.Brackets.GetValueOrDefault(market);
        var position = view.State.Positions.GetValueOrDefault(market);
        var isHeld = position is { Size.IsZero: false };
        var seen = view.Seen(market);
        var mark = view.Mark(market);
        return new PositionRow
        {
            Market = market.Value,
            Bracket = bracket?.Id,
            Owner = bracket is null ? null : bracket.Owner ?? view.Strategy,
            Side = Words.PositionOf(isHeld ? position!.Side : bracket?.Side ?? Side.None),
            Status = StatusOf(bracket, position),
            Size = (position?.Size.Abs() ?? Size.Zero).ToString(),
            Planned = bracket?.Size.ToString(),
            Entry = isHeld ? Decimals.Text(decimal.Round(position!.EntryPrice.Value, PricePlaces)) : null,
            Last = seen?.Last?.ToString(),
            Oracle = mark.Value > 0m ? mark.ToString() : null,
            PricedAt = seen?.At,
            Unrealised = Words.Exact(isHeld ? position!.UnrealisedAt(mark) : Usd.Zero),
            Realised = Words.Exact(position is null ? Usd.Zero : RealisedOf(position)),
            Fees = Words.Exact(position?.Fees ?? Usd.Zero),
            Funding = Words.Exact(position?.Funding ?? Usd.Zero),
            Stop = view.AtVenue(bracket?.Stop)?.Trigger?.ToString(),
            Target = view.AtVenue(bracket?.Target)?.Trigger?.ToString(),
            SecondsUnprotected = (bracket is null ? 0 : UnprotectedMs(bracket, view.Now)) / 1_000m,
            SecondsUnprotectedLate = (bracket?.UnprotectedLateMsAt(view.Now) ?? 0) / 1_000m,
        };
    }

    /// <summary>
    /// What all fills brought in, less what the part that is still held is worth at its entry price: with the
    /// unrealised profit it adds up to all that the position has made.
    /// </summary>
    private static Usd RealisedOf(Position position) =>
        position.Realised + (position.EntryPrice * position.Size);

    private static long UnprotectedMs(Bracket bracket, DateTimeOffset now) =>
        bracket.UnprotectedMs
        + (bracket.UnprotectedSince is { } since ? Math.Max(0, (long)(now - since).TotalMilliseconds) : 0);

    private static string StatusOf(Bracket? bracket, Position? position)
    {
        if (bracket is null) return "open";
        var isEnding = bracket.CloseReason is not null || bracket.FiredBy is not null;
        if (position is null) return isEnding ? "closing" : "planned";
        return isEnding || position.Size.IsZero ? "closing" : "open";
    }
}
