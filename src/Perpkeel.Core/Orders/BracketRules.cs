using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>
/// The rules of protection as one function of the present state, so that it heals the same way after a fill,
/// a rejection, an expiry or a restart. The stop rests before the entry is sent; it is never placed again for
/// a partial fill, because reduce-only cuts it to the position; one that is moved or made larger rests before
/// the one before it goes; the target follows the first fill; a position without a stop gets one; what a stop
/// or target that has fired leaves over is closed at the market, behind a new stop beyond the price; when the
/// position is gone, stop and target are cancelled.
/// </summary>
public static class BracketRules
{
    /// <summary>
    /// Stops refused or dropped altogether after which the position is closed at the market.
    /// </summary>
    public const int MostFailures = 3;

    /// <summary>
    /// An entry that was not sent within this time of its plan is given up: its prices are of long ago.
    /// </summary>
    public static TimeSpan EntryWithin => TimeSpan.FromMinutes(5);

    /// <summary>Time between two attempts to close what could not be closed.</summary>
    public static TimeSpan CloseRetry => TimeSpan.FromSeconds(2);

    /// <summary>
    /// The next step at <paramref name="now"/>, or null when there is nothing to do but wait.
    /// </summary>
    /// <param name="bracket">The bracket.</param>
    /// <param name="position">The signed position in its market.</param>
    /// <param name="find">Finds an order of the bracket.</param>
    /// <param name="mayEnter">Whether new risk may be taken; protection never asks.</param>
    /// <param name="now">Engine time.</param>
    public static BracketStep? Next(
        Bracket bracket, Size position, Func<ClientOrderId, OrderState> find, bool mayEnter,
        DateTimeOffset now)
    {
        var orders = BracketOrders.Of(bracket, find);
        var isEnding = bracket.FiredBy is not null || bracket.CloseReason is not null;
        if (bracket.TimeStopAt <= now && bracket.CloseReason is null) return new BracketStep.TimeUp();
        if (orders.Entry is { IsLive: true, CancelAsked: false } entry
            && WhyNoEntry(bracket, orders, isEnding, mayEnter) is { } reason)
        {
            return new BracketStep.Cancel(entry.Intent.ClientId, reason);
        }

        var isLate = now > EntryDueBy(bracket);
        if (bracket.PendingAdd is not null
            && (WhyNoAdd(bracket, orders, isEnding || position.IsZero, mayEnter)
                ?? (isLate ? "too-late" : null)) is { } given)
        {
            return new BracketStep.AbandonAdd(given);
        }

        if (bracket.AmendTo is not null && !orders.EntryLives && (isEnding || !mayEnter))
        {
            return new BracketStep.AbandonAdd(isEnding ? "position-ending" : "stopped");
        }

        if (!position.IsZero) return WhileOpen(bracket, position, orders, mayEnter, now);
        if (orders.EntryLives) return null;
        var mayStillEnter =
            mayEnter && bracket.CloseReason is null && !isLate && bracket.StopFailures == 0;
        if (mayStillEnter && orders.Entry is null) return BeforeEntry(bracket, orders);
        return mayStillEnter && bracket.AmendTo is not null && orders.Covers(bracket.Size)
            ? new BracketStep.SendEntry()
            : Finish(bracket, orders);
    }

    /// <summary>Until when an entry that was not sent yet may be; null where none waits.</summary>
    public static DateTimeOffset? EntryDueBy(Bracket bracket)
    {
        if (bracket.PendingAdd is not null) return bracket.AddedAt + EntryWithin;
        return bracket.Entry is null && bracket.CloseReason is null ? bracket.PlannedAt + EntryWithin : null;
    }

    /// <summary>Whether an entry is too old to be sent again.</summary>
    public static bool IsTooLate(OrderIntent order, DateTimeOffset now) =>
        order.Role == OrderRole.Entry && now - order.IntendedAt > EntryWithin;

    /// <summary>
    /// When a closing order that ended without closing everything may be followed by the next.
    /// </summary>
    public static DateTimeOffset? CloseDueAt(Bracket bracket) => bracket.CloseEndedAt + CloseRetry;

    /// <summary>Whether a stop of ours stands at the venue.</summary>
    public static bool IsProtected(Bracket bracket, Func<ClientOrderId, OrderState> find) =>
        (bracket.Stop is { } stop && find(stop).IsWorking)
        || (bracket.OldStop is { } old && find(old).IsWorking);

    /// <summary>
    /// Whether the next stop only takes the place of one that stands: it may wait for room, where a position
    /// without one may not.
    /// </summary>
    public static bool IsReplacement(Bracket bracket, Func<ClientOrderId, OrderState> find) =>
        bracket.Stop is { } stop && find(stop).IsLive;

    /// <summary>
    /// Oracle price at which a stop wakes that is placed now: the planned one; beyond the last price by the
    /// planned distance where the planned one was passed, because it would fire at once and protect nothing.
    /// One that replaces a stop that stands goes where it is wanted, and fires there.
    /// </summary>
    public static decimal StopPrice(Bracket bracket, bool isReplacement)
    {
        var planned = bracket.MoveStopTo ?? bracket.StopTrigger;
        if (isReplacement) return planned.Value;
        var isPassed = bracket.Side == Side.Buy
            ? bracket.LastPrice <= planned
            : bracket.LastPrice >= planned;
        return isPassed
            ? bracket.LastPrice.Value * (1m - (bracket.Side.Sign() * bracket.StopDistance))
            : planned.Value;
    }

    /// <summary>
    /// The entry may fill only while a stop for all of it rests untriggered at the venue.
    /// </summary>
    private static string? WhyNoEntry(
        Bracket bracket, in BracketOrders orders, bool isEnding, bool mayEnter)
    {
        if (isEnding || !orders.Covers(bracket.Size)) return "entry-unprotected";
        if (!mayEnter) return "stopped";
        return bracket.AmendTo is null ? null : "amended";
    }

    private static string? WhyNoAdd(Bracket bracket, in BracketOrders orders, bool isOver, bool mayEnter)
    {
        if (isOver || !orders.StopLives) return "position-ending";
        if (!mayEnter) return "stopped";
        return bracket.MoveFailures > 0 ? "stop-refused" : null;
    }

    private static BracketStep? BeforeEntry(Bracket bracket, in BracketOrders orders)
    {
        if (orders.Stop is not { } stop) return new BracketStep.PlaceStop();
        if (orders.Covers(bracket.Size)) return new BracketStep.SendEntry();
        return stop.IsLive ? null : new BracketStep.End("stop-gone");
    }

    private static BracketStep? WhileOpen(
        Bracket bracket, Size position, in BracketOrders orders, bool mayEnter, DateTimeOffset now)
    {
        var lost = !orders.StopLives && bracket.StopFailures >= MostFailures;
        var isClosing = bracket.FiredBy is not null || lost || bracket.CloseReason is not null;
        var isMatching = orders.StopMatches
            || (orders.StopLives && orders.Target is { Phase: OrderPhase.Triggered });
        var mustWait = isMatching || orders.Close is { IsLive: true } || CloseDueAt(bracket) > now;

        // Closing goes before healing: it needs no room in the placement budget. It is for the whole size, as
        // stop and target are: reduce-only cuts it to whatever the position is when it arrives.
        if (isClosing && !mustWait) return new BracketStep.CloseNow(bracket.Size);
        if (!isClosing && bracket.ReduceBy is { } by && orders.Reduce is not { IsLive: true })
        {
            return new BracketStep.ReduceNow(by);
        }

        if (!orders.StopLives && !lost) return new BracketStep.PlaceStop();
        if (isClosing || orders.Stop is not { Phase: OrderPhase.Open or OrderPhase.Intended } stop)
        {
            return null;
        }

        return WhileProtected(bracket, orders, stop, mayEnter) ?? TargetStep(bracket, position, orders);
    }

    /// <summary>What a position with a stop may do about that stop, and behind it.</summary>
    private static BracketStep? WhileProtected(
        Bracket bracket, in BracketOrders orders, OrderState stop, bool mayEnter)
    {
        if (stop.Phase != OrderPhase.Open) return null;
        if (orders.OldStop is { IsLive: true } old)
        {
            return old.CancelAsked ? null : new BracketStep.Cancel(old.Intent.ClientId, "replaced");
        }

        if (!stop.CancelAsked && (bracket.MoveStopTo is not null || stop.Intent.Size < bracket.Size))
        {
            return new BracketStep.PlaceStop();
        }

        var isWaiting = bracket.PendingAdd is not null || bracket.AmendTo is not null;
        return isWaiting && mayEnter && !orders.EntryLives && orders.Covers(bracket.Size)
            ? new BracketStep.SendEntry()
            : null;
    }

    private static BracketStep? TargetStep(Bracket bracket, Size position, in BracketOrders orders)
    {
        if (orders.Target is not { IsLive: true } target)
        {
            return bracket.TargetFailures < MostFailures ? new BracketStep.PlaceTarget() : null;
        }

        // After a further entry the target takes too little: it goes, and one for all of it follows.
        return target is { Phase: OrderPhase.Open, CancelAsked: false } && target.Intent.Size < position.Abs()
            ? new BracketStep.Cancel(target.Intent.ClientId, "target-too-small")
            : null;
    }

    private static BracketStep? Finish(Bracket bracket, in BracketOrders orders)
    {
        var anyLive = false;
        var all = (ReadOnlySpan<OrderState?>)
            [orders.Stop, orders.OldStop, orders.Target, orders.Reduce, orders.Close];
        foreach (var order in all)
        {
            if (order is not { IsLive: true }) continue;
            anyLive = true;
            if (order.CancelAsked || order.Unfilled.IsZero) continue;
            return new BracketStep.Cancel(order.Intent.ClientId, "position-closed");
        }

        return anyLive ? null : new BracketStep.End(Reason(bracket, orders));
    }

    private static string Reason(Bracket bracket, in BracketOrders orders)
    {
        if (bracket.FiredBy is { } fired) return fired;
        if (bracket.CloseReason is { } reason && (orders.Close is not null || orders.Entry is null))
        {
            return reason;
        }

        if (orders.Close is not null) return "protection-lost";
        if (orders.Reduce is { Filled.IsZero: false }) return "reduced";
        if (orders.Entry is { Filled.IsZero: false }) return "closed-by-venue";
        return bracket.StopFailures > 0 ? "stop-refused" : "not-filled";
    }
}
