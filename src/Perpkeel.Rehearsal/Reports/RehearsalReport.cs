using System.Collections.Immutable;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>What came of many rehearsals together.</summary>
public sealed record RehearsalReport
{
    /// <summary>The flags that all of them had, the seed left out.</summary>
    public required string Flags { get; init; }

    /// <summary>Which build it was.</summary>
    public required string Build { get; init; }

    /// <summary>How many seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>The seeds that broke an invariant, with the first that each broke.</summary>
    public required ImmutableArray<BrokenSeed> Broken { get; init; }

    /// <summary>Hours lived through, in the rehearsals' own time, settling included.</summary>
    public required decimal VirtualHours { get; init; }

    /// <summary>Seconds of the wall clock.</summary>
    public required decimal ElapsedSeconds { get; init; }

    /// <summary>Facts of all accounts.</summary>
    public required long Facts { get; init; }

    /// <summary>Demands of the invariants that were looked at.</summary>
    public required long Checks { get; init; }

    /// <summary>Answers to callers.</summary>
    public required long Answers { get; init; }

    /// <summary>Processes that a fault ended; each was followed by the next.</summary>
    public required long Deaths { get; init; }

    /// <summary>Processes that were stopped for an upgrade.</summary>
    public required long Upgrades { get; init; }

    /// <summary>Starts that failed, for want of a disk, and were tried again.</summary>
    public required long FailedStarts { get; init; }

    /// <summary>
    /// The longest time for which a position stood at a venue without its stop, in seconds.
    /// </summary>
    public required decimal LongestBareSeconds { get; init; }

    /// <summary>A number of all rehearsals: the same for the same seeds and program.</summary>
    public required string Hash { get; init; }

    /// <summary>How often each fault happened.</summary>
    public required ImmutableSortedDictionary<string, long> Faults { get; init; }

    /// <summary>How often each fault met an account at each step.</summary>
    public required ImmutableArray<FaultAtStep> Steps { get; init; }

    /// <summary>How often orders of each role came to each phase.</summary>
    public required ImmutableSortedDictionary<string, long> States { get; init; }

    /// <summary>How often each refusal and each end was given.</summary>
    public required ImmutableSortedDictionary<string, long> Codes { get; init; }

    /// <summary>How often each kind of fact was recorded.</summary>
    public required ImmutableSortedDictionary<string, long> Kinds { get; init; }

    /// <summary>Virtual hours in a minute of the wall clock.</summary>
    public decimal HoursPerMinute => PerSecond(VirtualHours * 60m);

    /// <summary>Facts in a second of the wall clock.</summary>
    public decimal FactsPerSecond => PerSecond(Facts);

    /// <summary>Checks in a second of the wall clock.</summary>
    public decimal ChecksPerSecond => PerSecond(Checks);

    /// <summary>Sums results up.</summary>
    /// <param name="results">In the order of their seeds.</param>
    /// <param name="build">Which build it was.</param>
    /// <param name="elapsed">How long it took.</param>
    public static RehearsalReport Of(
        IReadOnlyList<RehearsalResult> results, string build, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new RehearsalReport
        {
            Flags = results.Count == 0 ? string.Empty : FlagsOf(results[0]),
            Build = build,
            Seeds = results.Count,
            Broken = [.. results.Where(result => result.Breach is not null).Select(BrokenSeed.Of)],
            VirtualHours = results.Sum(
                result => (decimal)(result.EndedAt - Plans.RehearsalPlan.StartsAt).TotalHours),
            ElapsedSeconds = decimal.Round((decimal)elapsed.TotalSeconds, 1),
            Facts = results.Sum(result => result.Facts),
            Checks = results.Sum(result => result.Checks),
            Answers = results.Sum(result => result.Answers),
            Deaths = results.Sum(result => (long)result.Deaths),
            Upgrades = results.Sum(result => (long)result.Upgrades),
            FailedStarts = results.Sum(result => (long)result.FailedStarts),
            LongestBareSeconds = results.Count == 0
                ? 0m
                : results.Max(result => decimal.Round((decimal)result.LongestBare.TotalSeconds, 1)),
            Hash = RehearsalHash.Of(results.Select(result => result.Hash)),
            Faults = Sum(results.SelectMany(result => result.Faults)),
            Steps =
            [
                .. results.SelectMany(result => result.Steps).GroupBy(pair => pair.Key)
                    .OrderBy(group => group.Key)
                    .Select(group => new FaultAtStep(
                        group.Key.Fault, group.Key.Step, group.Sum(pair => pair.Value))),
            ],
            States = Sum(results.SelectMany(result => result.States)),
            Codes = Sum(results.SelectMany(result => result.Codes)),
            Kinds = Sum(results.SelectMany(result => result.Kinds)),
        };
    }

    private static string FlagsOf(RehearsalResult result)
    {
        var flags = result.Plan.ToString();
        return flags[(flags.IndexOf(" --hours", StringComparison.Ordinal) + 1)..];
    }

    private static ImmutableSortedDictionary<string, long> Sum(
        IEnumerable<KeyValuePair<string, long>> counts) =>
        counts.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToImmutableSortedDictionary(
            group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal);

    private decimal PerSecond(decimal amount) =>
        ElapsedSeconds > 0m ? decimal.Round(amount / ElapsedSeconds, 1) : 0m;
}
