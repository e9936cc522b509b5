using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <content>How long positions stand without a stop.</content>
internal sealed partial class Evolution
{
    /// <summary>
    /// Measures how long each position stands without a stop at the venue.
    /// </summary>
    private static AccountState WatchProtection(AccountState state, DateTimeOffset at)
    {
        foreach (var (market, bracket) in state.Brackets)
        {
            var isProtected = state.SizeIn(market).IsZero || BracketRules.IsProtected(bracket, state.Order);
            if (isProtected == bracket.UnprotectedSince is null) continue;
            state = state with { Brackets = state.Brackets.SetItem(market, Watched(bracket, at)) };
        }

        return state;
    }

    private static Bracket Watched(Bracket bracket, DateTimeOffset at)
    {
        if (bracket.UnprotectedSince is not { } since) return bracket with { UnprotectedSince = at };
        var lasted = (long)(at - since).TotalMilliseconds;
        return bracket with
        {
            UnprotectedSince = null,
            AlarmRaised = false,
            UnprotectedMs = bracket.UnprotectedMs + lasted,
            UnprotectedLateMs = bracket.UnprotectedLateMs + bracket.LateMs(since, at),
        };
    }
}
