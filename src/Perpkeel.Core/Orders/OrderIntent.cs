using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>What an order is for.</summary>
public enum OrderRole
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Opens a position; the only role that takes new risk.</summary>
    Entry,

    /// <summary>Closes the position where the loss ends.</summary>
    Stop,

    /// <summary>Closes the position where the gain is taken.</summary>
    Target,

    /// <summary>Closes the position now.</summary>
    Close,

    /// <summary>Closes a part of the position now.</summary>
    Reduce,
}

/// <summary>How an order executes.</summary>
public enum OrderKind
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Takes at once up to its limit, which bounds the slippage; the rest is dropped.</summary>
    Market,

    /// <summary>Takes what crosses and rests at its limit.</summary>
    Limit,

    /// <summary>
    /// Rests until the oracle price reaches the trigger against the position, then as a market order.
    /// </summary>
    StopMarket,

    /// <summary>
    /// Rests until the oracle price reaches the trigger in the position's favour, then as a market order.
    /// </summary>
    TakeProfitMarket,
}

/// <summary>An order as we mean it: everything the venue needs to know, fixed before it is sent.</summary>
public sealed record OrderIntent
{
    /// <summary>Its number.</summary>
    public required ClientOrderId ClientId { get; init; }

    /// <summary>The bracket it belongs to.</summary>
    public required long Bracket { get; init; }

    /// <summary>The signal that it carries out; null for what no signal asked for.</summary>
    public SignalId? Signal { get; init; }

    /// <summary>Its market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>What it is for.</summary>
    public required OrderRole Role { get; init; }

    /// <summary>How it executes.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>How much, a multiple of the market's step.</summary>
    public required Size Size { get; init; }

    /// <summary>The worst price it may fill at, a multiple of the market's tick.</summary>
    public required Price Limit { get; init; }

    /// <summary>Oracle price that wakes a stop or a target.</summary>
    public Price? Trigger { get; init; }

    /// <summary>Whether the venue cuts it to the position, so that it can only shrink one.</summary>
    public required bool ReduceOnly { get; init; }

    /// <summary>Engine time at which it was meant.</summary>
    public required DateTimeOffset IntendedAt { get; init; }

    /// <summary>
    /// How a limit order waits; null for the only way of the other kinds, and for a limit order that waits
    /// until its time is over.
    /// </summary>
    public OrderTime? Time { get; init; }

    /// <summary>
    /// When the venue is to drop a limit order that still rests; null for the venue's longest.
    /// </summary>
    public DateTimeOffset? GoodTil { get; init; }

    /// <summary>Whether it may rest in the book at its limit.</summary>
    public bool MayRest =>
        Kind == OrderKind.Limit && Time is null or OrderTime.GoodTilTime or OrderTime.PostOnly;

    /// <summary>
    /// Whether the venue keeps it in its state, so that it counts in the placement budget.
    /// </summary>
    public bool IsStateful => IsConditional || MayRest;

    /// <summary>Whether it rests at the venue until a trigger.</summary>
    public bool IsConditional => Kind is OrderKind.StopMarket or OrderKind.TakeProfitMarket;
}
