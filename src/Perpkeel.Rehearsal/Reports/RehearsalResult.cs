using System.Collections.Immutable;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>What became of one rehearsal.</summary>
public sealed record RehearsalResult
{
    /// <summary>What was asked for.</summary>
    public required RehearsalPlan Plan { get; init; }

    /// <summary>
    /// A number of everything that happened, sixty-four hexadecimal digits: the same for the same plan and
    /// program, in every process.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The command that lives through it again.</summary>
    public string Command => $"perpkeel simulate {Plan}{Breach?.Flag}";

    /// <summary>When it ended, in its own time.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The first thing that did not hold; null where everything did.</summary>
    public required Breach? Breach { get; init; }

    /// <summary>Facts of all accounts.</summary>
    public required long Facts { get; init; }

    /// <summary>Demands of the invariants that were looked at.</summary>
    public required long Checks { get; init; }

    /// <summary>Answers to callers.</summary>
    public required long Answers { get; init; }

    /// <summary>Processes that a fault ended.</summary>
    public required int Deaths { get; init; }

    /// <summary>Processes that were stopped for an upgrade.</summary>
    public required int Upgrades { get; init; }

    /// <summary>Starts that failed, for want of a disk.</summary>
    public required int FailedStarts { get; init; }

    /// <summary>The longest time for which a position stood at a venue without its stop.</summary>
    public required TimeSpan LongestBare { get; init; }

    /// <summary>The last fact's chain hash of each account.</summary>
    public required ImmutableArray<string> Heads { get; init; }

    /// <summary>How often each fault met an account at each step.</summary>
    public required ImmutableSortedDictionary<(string Fault, string Step), long> Steps { get; init; }

    /// <summary>How often each fault happened.</summary>
    public required ImmutableSortedDictionary<string, long> Faults { get; init; }

    /// <summary>How often orders of each role came to each phase.</summary>
    public required ImmutableSortedDictionary<string, long> States { get; init; }

    /// <summary>How often each refusal and each end was given.</summary>
    public required ImmutableSortedDictionary<string, long> Codes { get; init; }

    /// <summary>How often each kind of fact was recorded.</summary>
    public required ImmutableSortedDictionary<string, long> Kinds { get; init; }

    /// <summary>A rehearsal that came to nothing.</summary>
    internal static RehearsalResult Nothing(RehearsalPlan plan) =>
        Of(plan, new Tally(), string.Empty, [], RehearsalPlan.StartsAt);

    internal static RehearsalResult Of(
        RehearsalPlan plan, Tally tally, string hash, ImmutableArray<string> heads,
        DateTimeOffset endedAt) => new()
        {
            Plan = plan,
            EndedAt = endedAt,
            Hash = hash,
            Breach = tally.Breach,
            Facts = tally.Facts,
            Checks = tally.Checks,
            Answers = tally.Answers,
            Deaths = tally.Deaths,
            Upgrades = tally.Upgrades,
            FailedStarts = tally.FailedStarts,
            LongestBare = tally.LongestBare,
            Heads = heads,
            Steps = tally.Steps.ToImmutableSortedDictionary(),
            Faults = tally.Faults.ToImmutableSortedDictionary(StringComparer.Ordinal),
            States = tally.States.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Codes = tally.Codes.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Kinds = tally.Kinds.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
}
