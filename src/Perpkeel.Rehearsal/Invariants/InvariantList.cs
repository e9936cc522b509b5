namespace Perpkeel.Rehearsal.Invariants;

/// <summary>All that must always hold.</summary>
internal static class InvariantList
{
    /// <summary>A fresh set for one account.</summary>
    public static IReadOnlyList<Invariant> New() =>
    [
        new MoneyConserved(), new FillsWithinSize(), new FillsOnce(), new EntriesWithinPlan(),
        new OneLiveEntry(), new DeadIsDead(), new SentAsJournaled(), new IdsNeverReused(),
        new ReservationCovers(), new LimitsKept(), new CooldownKept(), new ReduceOnlyReduces(),
        new ProtectedOrAlarmed(), new StopBeforeEntry(), new NewStopBeforeOldGoes(), new BudgetKept(),
        new NoOrphans(), new NothingWaitsForEver(), new NothingNewWhileBlind(),
        new NothingNewWhileStopped(), new SignalsEndOnce(),
        new SameSignalSameAnswer(), new JournalIsState(), new EverythingComesToRest(), new FlatInTheEnd(),
        new OwnFaults(), new TimeGoesOn(), new AnsweredInTime(),
    ];
}
