using Perpkeel.Core.Execution;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>What the user may ask at any time: stop, resume, flatten, switch.</summary>
internal static class UserRules
{
    /// <summary>Stable name of the reason for which a flattened position is closed.</summary>
    internal const string Flatten = "flatten";

    /// <summary>Adds the facts that follow; none when it is so already.</summary>
    public static void Decide(FactDraft draft, Request request)
    {
        switch (request)
        {
            case Request.Stop stop:
                Stop(draft, stop.By, stop.Reason);
                break;
            case Request.Resume resume:
                if (draft.State.Stopped is not null) draft.Add(new Fact.TradingResumed { By = resume.By });
                break;
            case Request.Flatten flatten:
                Stop(draft, flatten.By, flatten.Reason);
                CloseAll(draft);
                break;
            case Request.Switch turn:
                Switch(draft, turn);
                break;
            default:
                throw new ArgumentException(
                    $"{request.GetType().Name} is no known request.", nameof(request));
        }

        draft.Settle();
    }

    /// <summary>Why a strategy's plan is refused whatever it is; null where nothing is stopped.</summary>
    public static RiskRefusal? WhyNoPlan(AccountState state)
    {
        if (state.Stopped is { } stop) return RiskRefusal.Stopped(stop.By, stop.Reason);
        foreach (var component in (Component[])[Component.Strategies, Component.Execution])
        {
            if (state.SwitchedOff.Contains(component)) return RiskRefusal.SwitchedOff(component.ToString());
        }

        return null;
    }

    private static void Stop(FactDraft draft, string by, string reason)
    {
        if (draft.State.Stopped is null) draft.Add(new Fact.TradingStopped { By = by, Reason = reason });
    }

    private static void CloseAll(FactDraft draft)
    {
        foreach (var (market, bracket) in draft.State.Brackets)
        {
            if (bracket.CloseReason is not null) continue;
            draft.Add(new Fact.CloseWanted { Market = market, Reason = Flatten });
        }
    }

    private static void Switch(FactDraft draft, Request.Switch turn)
    {
        if (turn.Component == Component.None || draft.State.SwitchedOff.Contains(turn.Component) != turn.IsOn)
        {
            return;
        }

        draft.Add(new Fact.Switched { Component = turn.Component, IsOn = turn.IsOn, By = turn.By });
    }
}
