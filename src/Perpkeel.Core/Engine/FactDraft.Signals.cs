using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <content>When a signal that was accepted is over. Each of them ends once.</content>
internal sealed partial class FactDraft
{
    /// <summary>Ends the signals of a market whose orders have ended.</summary>
    private void EndSignals(MarketId market)
    {
        if (State.OpenSignals.IsEmpty || !State.Brackets.TryGetValue(market, out var bracket)) return;
        foreach (var id in State.OpenSignals)
        {
            var signal = State.Signals[id];
            if (signal.Phase != SignalPhase.Working || signal.Bracket != bracket.Id) continue;
            if (OrderOf(bracket, signal) is not { } order) continue;
            if (signal.Signal.Action == SignalAction.Amend) EndAmended(id, signal, order);
            else EndSignal(id, Word(signal, order), Refusal(order));
        }
    }

    /// <summary>Ends the signals of a bracket that is over; a flip goes on with its second half.</summary>
    private void EndSignalsOf(Bracket bracket, string reason, VenueRefusal? stopRefusal)
    {
        foreach (var id in State.OpenSignals)
        {
            var signal = State.Signals[id];
            if (signal.Phase != SignalPhase.Working || signal.Bracket != bracket.Id) continue;
            if (signal.Signal.Action == SignalAction.Flip && id == bracket.ExitSignal)
            {
                Add(new Fact.SignalReady { Signal = id });
            }
            else
            {
                var wasRefused = signal.Filled.IsZero && stopRefusal is not null && signal.Signal.IsNewRisk;
                EndSignal(id, reason, wasRefused ? ExecutionErrors.Of(stopRefusal!) : null);
            }
        }
    }

    /// <summary>Ends the signal whose further entry, or whose amendment, is given up.</summary>
    private void EndAbandoned(Bracket bracket, string reason)
    {
        if (bracket.PendingAdd is not null) EndSignal(bracket.Signal, reason, null);
        foreach (var id in State.OpenSignals)
        {
            var signal = State.Signals[id];
            if (signal.Bracket == bracket.Id && signal.Signal.Action == SignalAction.Amend)
            {
                EndSignal(id, reason, null);
            }
        }
    }

    private void EndSignal(SignalId? signal, string reason, TradeExecutionError? error)
    {
        if (signal is { } id && State.OpenSignals.Contains(id))
        {
            Add(new Fact.SignalEnded { Signal = id, Reason = reason, Error = error });
        }
    }

    /// <summary>The order whose end is the signal's; null while it goes on.</summary>
    private OrderState? OrderOf(Bracket bracket, SignalState signal)
    {
        var id = signal.Signal.Action switch
        {
            SignalAction.Open or SignalAction.Add or SignalAction.Flip or SignalAction.Amend => bracket.Entry,
            SignalAction.Reduce => bracket.Reduce,
            _ => null,
        };
        if (id is not { } known) return null;
        var order = State.Order(known);
        return signal.Signal.Action switch
        {
            SignalAction.Amend =>
                bracket.AmendTo is null && (order.IsWorking || !order.IsLive) ? order : null,
            _ => order.IsLive || order.Intent.Signal != signal.Signal.Id || bracket.AmendTo is not null
                ? null
                : order,
        };
    }

    /// <summary>
    /// Where all of the old entry was filled before its end, nothing was left to amend; where the venue
    /// refused the new one, nothing waits any more.
    /// </summary>
    private void EndAmended(SignalId id, SignalState signal, OrderState order)
    {
        var isNew = order.Intent.IntendedAt >= signal.ReceivedAt;
        if (!isNew) EndSignal(id, "too-late", null);
        else if (order is { IsLive: false, Refusal: not null }) EndSignal(id, "rejected", Refusal(order));
        else EndSignal(id, "amended", null);
    }

    private static string Word(SignalState signal, OrderState order) =>
        signal.Filled.IsZero ? order.Refusal is null ? "not-filled" : "rejected"
        : order.Filled < order.Intent.Size ? "partly-filled"
        : "filled";

    private static TradeExecutionError? Refusal(OrderState order) =>
        order is { Filled.IsZero: true, Refusal: { } refusal } ? ExecutionErrors.Of(refusal) : null;
}
