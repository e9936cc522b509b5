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
    /// The whole size intended, of all entries. Stop and target are for this size from the start and never
    /// for less.
    /// </summary>
    public required Size Size { get; init; }

    /// <summary>Who owns the market as long as the bracket lives: a strategy's name.</summary>
    public string? Owner { get; init; }

    /// <summary>The signal behind the present entry; null for a strategy's plan.</summary>
    public SignalId? Signal { get; init; }

    /// <summary>How the entry waits for a price; null for a market order.</summary>
    public EntryTerms? Terms { get; init; }

    /// <summary>How far the stop follows the best price, as a fraction of it; null when it stands.</summary>
    public decimal? TrailBy { get; init; }

    /// <summary>When the position is closed at the latest, by the account itself; null for never.</summary>
    public DateTimeOffset? TimeStopAt { get; init; }

    /// <summary>How much the present entry is for; null: for all of it.</summary>
    public Size? EntrySize { get; init; }

    /// <summary>A further entry that waits until a stop for the whole size rests; null for none.</summary>
    public Size? PendingAdd { get; init; }

    /// <summary>When the last further entry was planned; null for none.</summary>
    public DateTimeOffset? AddedAt { get; init; }

    /// <summary>What the entry is to be replaced by once its end is known; null for none.</summary>
    public EntryTerms? AmendTo { get; init; }

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

    /// <summary>The current stop.</summary>
    public ClientOrderId? Stop { get; init; }

    /// <summary>The stop before, which stays until the current one rests; null for none.</summary>
    public ClientOrderId? OldStop { get; init; }

    /// <summary>Where the stop is to be moved, as soon as there is room for it; null for nowhere.</summary>
    public Price? MoveStopTo { get; init; }

    /// <summary>The entry.</summary>
    public ClientOrderId? Entry { get; init; }

    /// <summary>The current target.</summary>
    public ClientOrderId? Target { get; init; }

    /// <summary>The last order that closed a part of the position.</summary>
    public ClientOrderId? Reduce { get; init; }

    /// <summary>How much of the position is to be closed now; null for nothing.</summary>
    public Size? ReduceBy { get; init; }

    /// <summary>The signal that asked for a part to be closed; null for none.</summary>
    public SignalId? ReduceSignal { get; init; }

    /// <summary>The signal that asked for all to be closed; null for none.</summary>
    public SignalId? ExitSignal { get; init; }

    /// <summary>When its stop was last moved; null while it was not.</summary>
    public DateTimeOffset? StopMovedAt { get; init; }

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

    /// <summary>Stops in a row that were to replace one and did not come to rest.</summary>
    public int MoveFailures { get; init; }

    /// <summary>How much the present entry is for.</summary>
    public Size EntryFor => EntrySize ?? Size;

    /// <summary>Whether the alarm for the present unprotected stretch was raised.</summary>
    public bool AlarmRaised { get; init; }

    /// <summary>Milliseconds unprotected beyond the deadline, the present stretch included.</summary>
    public long UnprotectedLateMsAt(DateTimeOffset now) =>
        UnprotectedLateMs + (UnprotectedSince is { } since ? LateMs(since, now) : 0);

    /// <summary>How much of a stretch without a stop lies beyond the deadline, in milliseconds.</summary>
    public long LateMs(DateTimeOffset since, DateTimeOffset until) =>
        Math.Max(0, (long)(until - since - ProtectionDeadline).TotalMilliseconds);
}
