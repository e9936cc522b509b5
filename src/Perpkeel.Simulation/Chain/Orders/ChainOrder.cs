using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>What kind of order an id names; the numbers are the chain's.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The chain's own word for it.")]
[SuppressMessage("Design", "CA1027", Justification = "An order is of one kind; they are never combined.")]
public enum OrderFlags
{
    /// <summary>Kept by nodes in memory until its good-til block; matches at once.</summary>
    ShortTerm = 0,

    /// <summary>Kept by the chain until a trigger; enters the book in the block after it.</summary>
    Conditional = 32,

    /// <summary>Kept by the chain; enters the book in the block after the one that includes it.</summary>
    LongTerm = 64,

    /// <summary>A parent that the chain cuts into legs.</summary>
    Twap = 128,

    /// <summary>A leg of a TWAP; only the chain makes it.</summary>
    TwapSuborder = 256,
}

/// <summary>How long an order may wait; the numbers are the chain's.</summary>
public enum TimeInForce
{
    /// <summary>Takes what crosses and rests with the remainder.</summary>
    Unspecified = 0,

    /// <summary>Takes what crosses and drops the remainder.</summary>
    ImmediateOrCancel = 1,

    /// <summary>Never takes.</summary>
    PostOnly = 2,

    /// <summary>No longer accepted by the chain.</summary>
    FillOrKill = 3,
}

/// <summary>What a conditional order waits for; the numbers are the chain's.</summary>
public enum ConditionType
{
    /// <summary>Nothing: the order is not conditional.</summary>
    Unspecified = 0,

    /// <summary>A price moving against the position that it closes.</summary>
    StopLoss = 1,

    /// <summary>A price moving in favour of the position that it closes.</summary>
    TakeProfit = 2,
}

/// <summary>A subaccount: its owner's place among the owners of the chain, and its number.</summary>
/// <param name="Owner">Index of the owner's address.</param>
/// <param name="Number">0 to 128,000; children of parent p are p + 128 k.</param>
public readonly record struct SubaccountKey(int Owner, int Number) : IComparable<SubaccountKey>
{
    /// <inheritdoc/>
    public int CompareTo(SubaccountKey other) =>
        Owner != other.Owner ? Owner.CompareTo(other.Owner) : Number.CompareTo(other.Number);

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(SubaccountKey left, SubaccountKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(SubaccountKey left, SubaccountKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not come last.</summary>
    public static bool operator <=(SubaccountKey left, SubaccountKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not come first.</summary>
    public static bool operator >=(SubaccountKey left, SubaccountKey right) => left.CompareTo(right) >= 0;
}

/// <summary>By what the chain knows an order for ever.</summary>
/// <param name="Subaccount">Whose it is.</param>
/// <param name="ClientId">The number its sender chose.</param>
/// <param name="Flags">Its kind.</param>
/// <param name="ClobPair">Its market's order book.</param>
public readonly record struct ChainOrderId(
    SubaccountKey Subaccount, uint ClientId, OrderFlags Flags, int ClobPair)
{
    /// <summary>Whether the chain keeps it in its state: everything but short-term orders.</summary>
    public bool IsStateful => Flags != OrderFlags.ShortTerm;
}

/// <summary>How a TWAP is cut.</summary>
/// <param name="DurationSeconds">From the first leg to the last, 300 to 86,400.</param>
/// <param name="IntervalSeconds">Between legs, 30 to 3,600.</param>
/// <param name="PriceTolerancePpm">How far from the oracle a leg may trade, 0 to 999,999.</param>
public readonly record struct TwapParameters(
    uint DurationSeconds, uint IntervalSeconds, uint PriceTolerancePpm);

/// <summary>A fee for the program that sent the order.</summary>
/// <param name="Owner">Index of the address that is paid.</param>
/// <param name="FeePpm">Share of each fill's worth, 1 to 10,000.</param>
public readonly record struct BuilderCode(int Owner, uint FeePpm);

/// <summary>An order as it travels, in the chain's fields and integers.</summary>
/// <remarks>Field by field as the chain's <c>Order</c> message; section 4 and 7 of the protocol.</remarks>
public sealed record ChainOrder
{
    /// <summary>By what it is known.</summary>
    public required ChainOrderId Id { get; init; }

    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>How much, in base quantums.</summary>
    public required long Quantums { get; init; }

    /// <summary>The worst price, in subticks; 0 only for a TWAP that follows the oracle.</summary>
    public required long Subticks { get; init; }

    /// <summary>Last block in which a short-term order may match; 0 for others.</summary>
    public uint GoodTilBlock { get; init; }

    /// <summary>Unix seconds at which a stateful order expires; 0 for short-term ones.</summary>
    public uint GoodTilBlockTime { get; init; }

    /// <summary>How long it waits.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>Whether it may only shrink a position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Passed through.</summary>
    public uint ClientMetadata { get; init; }

    /// <summary>What it waits for.</summary>
    public ConditionType Condition { get; init; }

    /// <summary>The price it waits for, in subticks.</summary>
    public long TriggerSubticks { get; init; }

    /// <summary>How a TWAP is cut; null for others.</summary>
    public TwapParameters? Twap { get; init; }

    /// <summary>A builder's fee; null without.</summary>
    public BuilderCode? Builder { get; init; }
}
