using System.Collections.Immutable;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.Reports;

namespace Perpkeel.Rehearsal.Tests.Reports;

/// <summary>Results that nobody lived through.</summary>
internal static class Samples
{
    public static RehearsalResult Result(RehearsalPlan plan) => new()
    {
        Plan = plan,
        EndedAt = plan.EndsAt,
        Hash = new string('a', 64),
        Breach = null,
        Facts = 10,
        Checks = 100,
        Answers = 3,
        Deaths = 2,
        Upgrades = 1,
        FailedStarts = 3,
        LongestBare = TimeSpan.FromSeconds(1.5),
        Heads = ["a", "b"],
        Steps = ImmutableSortedDictionary<(string Fault, string Step), long>.Empty.Add(("kill", "idle"), 4),
        Faults = Count("kill", 4),
        States = Count("Stop Open", 5),
        Codes = Count("plan stopped", 6),
        Kinds = Count("Decided", 7),
    };

    public static Breach Breach(string name) => new()
    {
        Invariant = name,
        Requirement = "EXE-9",
        Account = "paper/rehearsal/user-1",
        At = RehearsalPlan.StartsAt + TimeSpan.FromHours(20),
        Fact = 8,
        Message = "1 is not 2",
        Before = ["a line"],
    };

    private static ImmutableSortedDictionary<string, long> Count(string name, long count) =>
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal).Add(name, count);
}
