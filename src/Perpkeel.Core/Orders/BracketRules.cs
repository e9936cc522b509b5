using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>
/// The rules of protection as one function of the present state, so that it heals the same way after a fill,
/// a rejection, an expiry or a restart. The stop rests before the entry is sent; it is never placed again for
/// a partial fill, because reduce-only cuts it to the position; the target follows the first fill; a position
/// without a stop gets one; what a stop or target that has fired leaves over is closed at the market,
/// behind a new stop beyond the price; when the position is gone, stop and target are cancelled.
/// </summary>
public static class BracketRules
{
    /// <summary>
    /// Stops refused or dropped altogether after which the position is closed at the market.
    /// </summary>
    public const int MostFailures = 3;

    /// <summary>Time between two attempts to close what could not be closed.</summary>
    public static TimeSpan CloseRetry => TimeSpan.FromSeconds(2);

    /// <summary>
    /// The next step at <paramref name="now"/>, or null when there is nothing to do but wait.
    /// </summary>
    /// <param name="bracket">The bracket.</param>
    /// <param name="position">The signed position in its market.</param>
    /// <param name="find">Finds an order of the bracket.</param>
    /// <param name="now">Engine time.</param>
    public static BracketStep? Next(
        Bracket bracket, Size position, Func<ClientOrderId, OrderState> find, DateTimeOffset now)
    {
        var orders = BracketOrders.Of(bracket, find);
        if (orders.Entry is { IsLive: true, CancelAsked: false } entry
            && (!MayFill(orders.Stop) || bracket.FiredBy is not null || bracket.CloseReason is not null))
        {
            return new BracketStep.Cancel(entry.Intent.ClientId, "entry-unprotected");
        }

        if (!position.IsZero) return WhileOpen(bracket, orders, now);
        if (orders.Entry is null && MayStillEnter(bracket)) return BeforeEntry(orders.Stop);
        return orders.Entry is { IsLive: true } ? null : Finish(bracket, orders);
    }

    /// <summary>
    /// When a closing order that ended without closing everything may be followed by the next.
    /// </summary>
    public static DateTimeOffset? CloseDueAt(Bracket bracket) => bracket.CloseEndedAt + CloseRetry;

    /// <summary>Whether a stop of ours stands at the venue.</summary>
    public static bool IsProtected(Bracket bracket, Func<ClientOrderId, OrderState> find) =>
        bracket.Stop is { } stop && find(stop).IsWorking;

    /// <summary>
    /// Oracle price at which a stop wakes that is placed now: the planned one; beyond the last price by the
    /// planned distance where the planned one was passed, because it would fire at once and protect nothing.
    /// </summary>
    public static decimal StopPrice(Bracket bracket)
    {
        var isPassed = bracket.Side == Side.Buy
            ? bracket.LastPrice <= bracket.StopTrigger
            : bracket.LastPrice >= bracket.StopTrigger;
        return isPassed
            ? bracket.LastPrice.Value * (1m - (bracket.Side.Sign() * bracket.StopDistance))
            : bracket.StopTrigger.Value;
    }

    private static bool MayStillEnter(Bracket bracket) =>
        bracket.CloseReason is null && bracket.StopFailures == 0;

    /// <summary>The entry may fill only while its stop rests untriggered at the venue.</summary>
    private static bool MayFill(OrderState? stop) => stop is { Phase: OrderPhase.Open, CancelAsked: false };

    private static BracketStep? BeforeEntry(OrderState? stop)
    {
        if (stop is null) return new BracketStep.PlaceStop();
        if (MayFill(stop)) return new BracketStep.SendEntry();
        return stop.IsLive ? null : new BracketStep.End("stop-gone");
    }

    private static BracketStep? WhileOpen(Bracket bracket, in BracketOrders orders, DateTimeOffset now)
    {
        var stopLives = orders.Stop is { IsLive: true };
        var lost = !stopLives && bracket.StopFailures >= MostFailures;
        var isClosing = bracket.FiredBy is not null || lost || bracket.CloseReason is not null;
        var isMatching = orders.Stop is { Phase: OrderPhase.Triggered }
            || (stopLives && orders.Target is { Phase: OrderPhase.Triggered });
        var mustWait = isMatching || orders.Close is { IsLive: true } || CloseDueAt(bracket) > now;

        // Closing goes before healing: it needs no room in the placement budget. It is for the whole size, as
        // stop and target are: reduce-only cuts it to whatever the position is when it arrives.
        if (isClosing && !mustWait) return new BracketStep.CloseNow(bracket.Size);
        if (!stopLives && !lost) return new BracketStep.PlaceStop();
        if (isClosing || orders.Stop is not { Phase: OrderPhase.Open or OrderPhase.Intended }) return null;

        var wantsTarget = orders.Target is not { IsLive: true } && bracket.TargetFailures < MostFailures;
        return wantsTarget ? new BracketStep.PlaceTarget() : null;
    }

    private static BracketStep? Finish(Bracket bracket, in BracketOrders orders)
    {
        var anyLive = false;
        foreach (var order in (ReadOnlySpan<OrderState?>)[orders.Stop, orders.Target, orders.Close])
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
        if (bracket.CloseReason is { } reason && orders.Close is not null) return reason;
        if (orders.Close is not null) return "protection-lost";
        if (orders.Entry is { Filled.IsZero: false }) return "closed-by-venue";
        return bracket.StopFailures > 0 ? "stop-refused" : "not-filled";
    }
}

/// <summary>A bracket's orders as they stand.</summary>
internal readonly record struct BracketOrders(
    OrderState? Stop, OrderState? Entry, OrderState? Target, OrderState? Close)
{
    /// <summary>Finds all four.</summary>
    public static BracketOrders Of(Bracket bracket, Func<ClientOrderId, OrderState> find) =>
        new(Find(bracket.Stop, find), Find(bracket.Entry, find), Find(bracket.Target, find),
            Find(bracket.Close, find));

    private static OrderState? Find(ClientOrderId? id, Func<ClientOrderId, OrderState> find) =>
        id is { } known ? find(known) : null;
}
