using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Rehearsal.World;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>
/// What a rehearsal has met: how much, which faults at which steps, which states and codes.
/// </summary>
internal sealed class Tally
{
    /// <summary>
    /// Takes a line for each fact, message and fault; null where nobody reads them.
    /// </summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Facts of all accounts.</summary>
    public long Facts { get; private set; }

    /// <summary>Demands that were looked at.</summary>
    public long Checks { get; set; }

    /// <summary>Answers to callers.</summary>
    public long Answers { get; set; }

    /// <summary>Processes that a fault ended.</summary>
    public int Deaths { get; set; }

    /// <summary>Processes that were stopped for an upgrade.</summary>
    public int Upgrades { get; set; }

    /// <summary>Starts that failed, for want of a disk.</summary>
    public int FailedStarts { get; set; }

    /// <summary>The longest time for which a position stood at a venue without its stop.</summary>
    public TimeSpan LongestBare { get; private set; }

    /// <summary>The first thing that did not hold; null while everything does.</summary>
    public Breach? Breach { get; private set; }

    /// <summary>How often each fault met an account at each step.</summary>
    public SortedDictionary<(string Fault, string Step), long> Steps { get; } = [];

    /// <summary>How often each fault happened.</summary>
    public SortedDictionary<string, long> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>How often orders of each role came to each phase.</summary>
    public SortedDictionary<string, long> States { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each refusal was given, ours and the venue's.</summary>
    public SortedDictionary<string, long> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each kind of fact was recorded.</summary>
    public SortedDictionary<string, long> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Something did not hold; what comes after it does not count.</summary>
    public void Break(Breach breach) => Breach ??= breach;

    /// <summary>A position stood without a stop for a while.</summary>
    public void Bare(TimeSpan time)
    {
        if (time > LongestBare) LongestBare = time;
    }

    /// <summary>A fault has happened to some accounts.</summary>
    public void Fault(string name, IReadOnlyList<Seat> seats)
    {
        Add(Faults, name);
        foreach (var seat in seats)
        {
            seat.Audit.OnFault(name);
            var state = seat.Audit.State;
            if (state.Brackets.IsEmpty) Add(Steps, (name, "idle"));
            foreach (var bracket in state.Brackets.Values) Add(Steps, (name, StepOf.Bracket(bracket, state)));
        }
    }

    /// <summary>A fact was recorded.</summary>
    public void Take(in FactStep step)
    {
        Facts++;
        var fact = step.Fact;
        Add(Kinds, fact is Fact.Reported { Report: var report }
            ? $"venue.{report.GetType().Name}"
            : fact.GetType().Name);
        if (CodeOf(fact) is { } code) Add(Codes, code);
        foreach (var (id, order) in step.After.Orders)
        {
            var before = step.Before.Orders.GetValueOrDefault(id);
            if (ReferenceEquals(before, order) || before?.Phase == order.Phase) continue;
            var ending = order.Phase == OrderPhase.Ended ? $" {order.Ending}" : string.Empty;
            Add(States, $"{order.Intent.Role} {order.Phase}{ending}");
        }
    }

    private static string? CodeOf(Fact fact) => fact switch
    {
        Fact.PlanRefused refused => $"plan {refused.Refusal.Code}",
        Fact.SignalRefused refused => $"signal {refused.Error.Code}",
        Fact.SignalEnded ended => $"end {ended.Reason}",
        Fact.CallRejected rejected => $"venue {rejected.Code}",
        Fact.Reported { Report: VenueReport.Rejected rejected } => $"venue {rejected.Code}",
        Fact.BracketEnded ended => $"bracket {ended.Reason}",
        _ => null,
    };

    private static void Add<TKey>(SortedDictionary<TKey, long> counts, TKey key)
        where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;
}
