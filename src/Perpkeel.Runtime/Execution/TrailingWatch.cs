using Perpkeel.Core.Engine;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Runtime.Execution;

/// <summary>
/// Beside the session: looks at the prices and asks for a stop to be moved where it should follow. The engine
/// reads no live price; only the wish to move enters, with the price that caused it.
/// </summary>
public sealed class TrailingWatch(AccountSession session, MarketBoard board)
{
    /// <summary>A moment has come to look.</summary>
    public void OnEvaluation(DateTimeOffset now)
    {
        var state = session.State;
        foreach (var (id, bracket) in state.Brackets)
        {
            if (bracket.TrailBy is null || state.SizeIn(id).IsZero) continue;
            var facts = board.Facts(session.Engine.Markets[id], now, session.Engine.Limits.StaleAfter);
            if (facts.Quality != QualityGrade.Good || Trailing.Next(bracket, facts.Oracle) is not { } wanted)
            {
                continue;
            }

            var trigger = new Price(wanted);
            if (!Trailing.MayMove(bracket, state.Order, trigger, now)) continue;
            if (state.Placements.FreeFrom(now) > now) continue;
            session.Post(new Request.MoveStop(id, bracket.Id, trigger, facts));
        }
    }
}
