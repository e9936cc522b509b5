using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>
/// A stop that follows the best price. It only ever moves in its position's favour, so that the present
/// stop is all it needs to remember: where the price falls back, nothing moves.
/// </summary>
public static class Trailing
{
    /// <summary>A move smaller than this share of the distance waits: placements are scarce.</summary>
    public const decimal SmallestMove = 0.1m;

    /// <summary>Time between two moves of one stop.</summary>
    public static TimeSpan Pause => TimeSpan.FromSeconds(30);

    /// <summary>
    /// Where the stop belongs at an oracle price: null where it stands well, or does not follow.
    /// </summary>
    /// <remarks>Long: oracle * (1 - distance), short: oracle * (1 + distance), not rounded.</remarks>
    public static decimal? Next(Bracket bracket, Price oracle)
    {
        if (bracket.TrailBy is not { } distance || oracle.Value <= 0m) return null;
        var sign = bracket.Side.Sign();
        var wanted = oracle.Value * (1m - (sign * distance));
        var gain = (wanted - bracket.StopTrigger.Value) * sign;
        return gain >= oracle.Value * distance * SmallestMove ? wanted : null;
    }

    /// <summary>
    /// Whether a stop may be moved now: it rests alone, the new place is better than the old one, the last
    /// move is long enough ago, and moves have not been refused again and again.
    /// </summary>
    public static bool MayMove(
        Bracket bracket, Func<ClientOrderId, OrderState> find, Price trigger, DateTimeOffset now)
    {
        var gain = (trigger.Value - bracket.StopTrigger.Value) * bracket.Side.Sign();
        var isWaiting = bracket.MoveStopTo is not null || bracket.OldStop is not null
            || bracket.PendingAdd is not null;
        var isEnding = bracket.CloseReason is not null || bracket.FiredBy is not null;
        return gain > 0m && !isWaiting && !isEnding
            && bracket.Stop is { } stop && find(stop) is { Phase: OrderPhase.Open, CancelAsked: false }
            && bracket.MoveFailures < BracketRules.MostFailures
            && !(now < bracket.StopMovedAt + Pause);
    }
}
