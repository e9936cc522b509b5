using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>How long an order with a limit waits, and whether it may take.</summary>
public enum OrderTime
{
    /// <summary>
    /// Takes what crosses and rests until its time is over (GTT). The default of a limit order.
    /// </summary>
    GoodTilTime = 0,

    /// <summary>Rests, and is refused where it would take.</summary>
    PostOnly,

    /// <summary>Takes at once what crosses; the rest is dropped. The only way of a market order.</summary>
    ImmediateOrCancel,

    /// <summary>Takes all of it at once, or nothing. Not every venue has it: dYdX refuses it.</summary>
    FillOrKill,
}

/// <summary>An entry that waits for a price instead of taking at the market.</summary>
public sealed record EntryTerms
{
    /// <summary>Longest life of a resting entry.</summary>
    public static TimeSpan LongestLife => TimeSpan.FromDays(90);

    /// <summary>The worst price at which it may fill.</summary>
    public required Price Limit { get; init; }

    /// <summary>How long it waits, and whether it may take.</summary>
    public required OrderTime Time { get; init; }

    /// <summary>
    /// For how long it rests at the venue; null for <see cref="LongestLife"/>. Only where it rests at all.
    /// </summary>
    public TimeSpan? GoodFor { get; init; }
}
