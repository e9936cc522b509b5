using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Execution;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>A signal has one end.</summary>
internal sealed class SignalsEndOnce : Invariant
{
    private readonly HashSet<SignalId> _received = [];
    private readonly HashSet<SignalId> _ended = [];

    public override string Name => "signals-end-once";

    public override string Requirement => "EXE-4";

    public override string Words => "a signal is received once and ends once";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is Fact.SignalReceived received)
        {
            audit.Demand(
                this, _received.Add(received.Signal.Id),
                () => $"signal {received.Signal.Id} was received twice");
        }

        SignalId? ended = step.Fact switch
        {
            Fact.SignalEnded over => over.Signal,
            Fact.SignalRefused refused => refused.Signal,
            _ => null,
        };
        if (ended is { } id)
        {
            audit.Demand(this, _ended.Add(id), () => $"signal {id} has ended twice");
        }
    }
}

/// <summary>Nobody waits for ever.</summary>
internal sealed class AnsweredInTime : Invariant
{
    public override string Name => "answered-in-time";

    public override string Requirement => "EXE-1";

    public override string Words =>
        "who sends a signal to a process that lives on is answered within minutes";
}

/// <summary>The same signal again gets the same answer.</summary>
internal sealed class SameSignalSameAnswer : Invariant
{
    private readonly Dictionary<SignalId, ExecutionReport> _told = [];

    public override string Name => "same-signal-same-answer";

    public override string Requirement => "EXE-4";

    public override string Words => "who asks again under the same id is told what became of the first";

    /// <summary>A caller was answered.</summary>
    public void OnAnswer(Audit audit, TradeSignal signal, ExecutionReport answer)
    {
        var isOver = answer.Phase is SignalPhase.Ended or SignalPhase.Refused;
        if (!isOver || answer.Error is TradeExecutionError.SignalReused or TradeExecutionError.Busy
            or TradeExecutionError.OutcomeUnknown)
        {
            return;
        }

        // What was refused at the door, before anything was recorded, may be asked for again.
        if (!audit.State.Signals.ContainsKey(signal.Id)) return;
        if (!_told.TryGetValue(signal.Id, out var first))
        {
            _told.Add(signal.Id, answer);
            return;
        }

        audit.Demand(
            this, first.Phase == answer.Phase && first.Filled == answer.Filled
                && string.Equals(first.Reason, answer.Reason, StringComparison.Ordinal),
            () => $"signal {signal.Id}: first {first}, then {answer}");
    }
}
