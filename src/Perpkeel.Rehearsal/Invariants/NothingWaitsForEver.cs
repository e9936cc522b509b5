using Perpkeel.Core.Orders;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>What is due is done.</summary>
internal sealed class NothingWaitsForEver : Invariant
{
    /// <summary>Steps wait for room in the placement budget, answers for the venue.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override string Name => "nothing-waits-for-ever";

    public override string Requirement => "EXE-6";

    public override string Words =>
        "a time stop closes in time, and an entry that was not sent is given up, also after a restart";

    public override void OnLook(Audit audit)
    {
        var state = audit.State;
        foreach (var (market, bracket) in state.Brackets)
        {
            var isOpen = !state.SizeIn(market).IsZero && bracket.CloseReason is null;
            audit.Demand(
                this, !(isOpen && bracket.TimeStopAt is { } end && IsOver(audit, end)),
                () => $"{state.SizeIn(market)} {market} was to be closed at {bracket.TimeStopAt:HH:mm:ss}");
            var due = BracketRules.EntryDueBy(bracket);
            audit.Demand(
                this, due is null || !IsOver(audit, due.Value) || !Waits(audit, bracket),
                () => $"the entry of bracket {bracket.Id} was due by {due:HH:mm:ss}");
        }
    }

    /// <summary>
    /// Whether nothing is done about an entry that was not sent: its stop is called back then.
    /// </summary>
    private static bool Waits(Audit audit, Bracket bracket) => bracket.PendingAdd is not null
        || bracket.Stop is not { } stop || audit.State.Orders[stop] is { IsLive: true, CancelAsked: false };

    private static bool IsOver(Audit audit, DateTimeOffset due)
    {
        var from = due > audit.BeganAt ? due : audit.BeganAt;
        return audit.Now - from > Patience;
    }
}
