using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>
/// One entry with the stop and the target that stand behind it, from the plan to the last order's end. The
/// orders are named by their ids; what became of them is in the account's state.
/// </summary>
public sealed record Bracket
{
    /// <summary>Its number within the account.</summary>
    public required long Id { get; init; }

    /// <summary>Its market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>The entry's side.</summary>
    public required Side Side { get; init; }

    /// <summary>
    /// The whole size intended. Stop and target are for this size from the start and never for less.
    /// </summary>
    public required Size Size { get; init; }

    /// <summary>Worst price of the entry.</summary>
    public required Price EntryLimit { get; init; }

    /// <summary>Oracle price at which the stop wakes.</summary>
    public required Price StopTrigger { get; init; }

    /// <summary>Oracle price at which the target wakes.</summary>
    public required Price TargetTrigger { get; init; }

    /// <summary>Worst price of the target.</summary>
    public required Price TargetLimit { get; init; }

    /// <summary>Distance of the stop from the price, as a fraction of it.</summary>
    public required decimal StopDistance { get; init; }

    /// <summary>How long the position may be without a stop at the venue before the alarm.</summary>
    public required TimeSpan ProtectionDeadline { get; init; }

    /// <summary>Collateral set aside for each base unit that the entry may still fill.</summary>
    public required Usd ReservePerUnit { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>When the strategy wants out at the latest.</summary>
    public required DateTimeOffset HoldUntil { get; init; }

    /// <summary>The current stop; replaced only by healing.</summary>
    public ClientOrderId? Stop { get; init; }

    /// <summary>The entry.</summary>
    public ClientOrderId? Entry { get; init; }

    /// <summary>The current target.</summary>
    public ClientOrderId? Target { get; init; }

    /// <summary>The order that closes the position now, if one does.</summary>
    public ClientOrderId? Close { get; init; }

    /// <summary>Whether the position is to be closed now, and why.</summary>
    public string? CloseReason { get; init; }

    /// <summary>What was reached first, <c>stop</c> or <c>target</c>; the position is to end then.</summary>
    public string? FiredBy { get; init; }

    /// <summary>Last price at which the venue was seen to trade or mark this market for us.</summary>
    public required Price LastPrice { get; init; }

    /// <summary>Stops that the venue refused or dropped before their trigger, altogether.</summary>
    public int StopFailures { get; init; }

    /// <summary>
    /// Targets that the venue refused or dropped before their trigger, altogether.
    /// </summary>
    public int TargetFailures { get; init; }

    /// <summary>Closing orders that ended and left some of the position, one after the other.</summary>
    public int CloseFailures { get; init; }

    /// <summary>When the last closing order ended.</summary>
    public DateTimeOffset? CloseEndedAt { get; init; }

    /// <summary>
    /// Since when no stop of ours has stood at the venue; null while one does, and while there is no
    /// position.
    /// </summary>
    public DateTimeOffset? UnprotectedSince { get; init; }

    /// <summary>Milliseconds unprotected, summed over the bracket's life.</summary>
    public long UnprotectedMs { get; init; }

    /// <summary>Milliseconds unprotected beyond the deadline, summed.</summary>
    public long UnprotectedLateMs { get; init; }

    /// <summary>Whether the alarm for the present unprotected stretch was raised.</summary>
    public bool AlarmRaised { get; init; }

    /// <summary>Milliseconds unprotected beyond the deadline, the present stretch included.</summary>
    public long UnprotectedLateMsAt(DateTimeOffset now) =>
        UnprotectedLateMs + (UnprotectedSince is { } since ? LateMs(since, now) : 0);

    /// <summary>How much of a stretch without a stop lies beyond the deadline, in milliseconds.</summary>
    public long LateMs(DateTimeOffset since, DateTimeOffset until) =>
        Math.Max(0, (long)(until - since - ProtectionDeadline).TotalMilliseconds);
}
