using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>The journal is the truth.</summary>
internal sealed class JournalIsState : Invariant
{
    public override string Name => "journal-is-state";

    public override string Requirement => "STA-3";

    public override string Words =>
        "no durable fact is lost, and the state that the journal gives is the state that was";

    /// <summary>
    /// A process begins on what the journal gives: the facts that nobody has heard of yet, and the state.
    /// </summary>
    public void OnBegin(Audit audit, AccountSession session, IRecordLog log)
    {
        var stream = audit.Seat.Account.ToString();
        var (heard, found) = (audit.State.Sequence, session.State.Sequence);
        audit.Demand(this, found >= heard, () => $"fact {heard} was durable, the journal ends with {found}");
        if (found < heard) return;
        foreach (var record in log.Read(stream, heard))
        {
            audit.OnRecovered(FactCodec.Decode(record)!);
        }

        Compare(audit, session.State, "what the journal gives");
        Compare(audit, new FactLog(new WithoutSnapshot(log), audit.Seat.Account).Recover(session.Engine),
            "what all facts give");
    }

    public override void OnRest(Audit audit)
    {
        if (audit.Seat.Run is { } run) Compare(audit, run.Session.State, "the session's own");
    }

    private void Compare(Audit audit, AccountState state, string name)
    {
        var difference = Difference.Between(audit.State, state);
        audit.Demand(
            this, difference is null,
            () => $"after fact {audit.State.Sequence} the state is another than {name}: {difference}");
    }

    /// <summary>The journal as if no snapshot had ever been taken.</summary>
    private sealed class WithoutSnapshot(IRecordLog log) : IRecordLog
    {
        public IEnumerable<LogRecord> Read(string stream, long afterSequence) =>
            log.Read(stream, afterSequence);

        public long LastSequence(string stream) => log.LastSequence(stream);

        public string Head(string stream) => log.Head(stream);

        public LogSnapshot? LatestSnapshot(string stream) => null;

        public void Append(string stream, LogRecord record) => throw ReadOnly();

        public void AppendRecovery(
            string stream, string kind, DateTimeOffset at, ReadOnlyMemory<byte> payload) => throw ReadOnly();

        public void SaveSnapshot(string stream, LogSnapshot snapshot) => throw ReadOnly();

        public void Commit() => throw ReadOnly();

        private static InvalidOperationException ReadOnly() => new("It is only read.");
    }
}

/// <summary>The process ends only of what is done to it.</summary>
internal sealed class OwnFaults : Invariant
{
    public override string Name => "no-fault-of-our-own";

    public override string Requirement => "QA-1";

    public override string Words => "the process never ends of itself";
}

/// <summary>Nobody turns in a circle.</summary>
internal sealed class TimeGoesOn : Invariant
{
    public override string Name => "time-goes-on";

    public override string Requirement => "EXE-7";

    public override string Words => "no account has thousands of facts and messages at one instant";
}

/// <summary>When nothing goes wrong any more, both parties agree.</summary>
internal sealed class EverythingComesToRest : Invariant
{
    public override string Name => "everything-comes-to-rest";

    public override string Requirement => "REC-1";

    public override string Words =>
        "half an hour after the last fault we and the venue have the same positions and orders, and nothing "
        + "is unknown";

    public override void OnRest(Audit audit)
    {
        var state = audit.State;
        audit.Demand(
            this, audit.Seat.Run is not null, () => "no process lives");
        var open = state.Orders.Values.Where(
            order => order.Phase is OrderPhase.OutcomeUnknown or OrderPhase.Intended).ToList();
        audit.Demand(
            this, open.Count == 0,
            () => $"nobody knows of {string.Join(", ", open.Select(order => order.Intent.ClientId))}");
        var theirs = string.Join(", ", audit.VenuePositions
            .Select(position => $"{position.Market} {position.Size}").Order(StringComparer.Ordinal));
        var ours = string.Join(", ", state.Positions
            .Where(position => !position.Value.Size.IsZero)
            .Select(position => $"{position.Key} {position.Value.Size}").Order(StringComparer.Ordinal));
        audit.Demand(
            this, string.Equals(ours, theirs, StringComparison.Ordinal),
            () => $"we have [{ours}], the venue has [{theirs}]");
        var standing = string.Join(", ", audit.VenueOrders.Select(order => order.ClientId));
        var known = string.Join(
            ", ", state.Orders.Values.Where(order => order.IsWorking).Select(order => order.Intent.ClientId)
                .Order());
        audit.Demand(
            this, string.Equals(standing, known, StringComparison.Ordinal),
            () => $"we know the orders [{known}], the venue has [{standing}]");
    }
}

/// <summary>Flat means flat, with nothing left.</summary>
internal sealed class FlatInTheEnd : Invariant
{
    public override string Name => "flat-in-the-end";

    public override string Requirement => "EXE-3";

    public override string Words =>
        "ten minutes after everything was to be closed nothing is open, or left at the venue";

    /// <summary>The rehearsal is over.</summary>
    public void OnEnd(Audit audit)
    {
        var state = audit.State;
        audit.Demand(
            this, state.Brackets.IsEmpty,
            () => "brackets are left: " + string.Join(", ", state.Brackets.Values.Select(each =>
                $"{each.Id} in {each.Market} at '{StepOf.Bracket(each, state)}' with "
                + string.Join(", ", state.Orders.Values
                    .Where(order => order.Intent.Bracket == each.Id && order.IsLive)
                    .Select(order => $"{order.Intent.Role} {order.Intent.ClientId} {order.Phase}")))));
        audit.Demand(
            this, audit.VenueOrders.Count == 0,
            () => $"the venue still has {string.Join(", ", audit.VenueOrders)}");
        audit.Demand(
            this, state.OpenSignals.IsEmpty,
            () => $"signals without an end: {string.Join(", ", state.OpenSignals)}");
        var positions = audit.VenuePositions;
        audit.Demand(
            this, positions.Count == 0, () => $"the venue still has {string.Join(", ", positions)}");
    }
}
