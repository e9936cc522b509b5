using System.Diagnostics.CodeAnalysis;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.World;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>Many rehearsals, one seed after the other on each of some threads.</summary>
public sealed class RehearsalSweep
{
    /// <summary>The plan of every seed.</summary>
    public required RehearsalPlan Plan { get; init; }

    /// <summary>The first seed.</summary>
    public required ulong First { get; init; }

    /// <summary>The last seed.</summary>
    public required ulong Last { get; init; }

    /// <summary>Threads; each lives through whole rehearsals of its own.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether each seed is lived through twice and has to come out the same.</summary>
    public bool IsTwice { get; init; }

    /// <summary>
    /// Whether each user is rehearsed alone as well, with the faults that hit all of them at the same time,
    /// and has to have the same facts.
    /// </summary>
    public bool IsApart { get; init; }

    /// <summary>Whether no further seed is begun after one that broke an invariant.</summary>
    public bool EndsWhenBroken { get; init; }

    /// <summary>Lives through all of them; in the order of their seeds.</summary>
    /// <param name="done">Called with each result, one at a time.</param>
    /// <param name="cancellation">Ends the sweep after the seeds that are under way.</param>
    public IReadOnlyList<RehearsalResult> Run(
        Action<RehearsalResult> done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(done);
        var results = new SortedDictionary<ulong, RehearsalResult>();
        var next = (Seed: First, IsOver: false);
        var threads = Enumerable.Range(0, Math.Max(1, Jobs))
            .Select(_ => new Thread(() => Work(Next, Done, cancellation))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return [.. results.Values];

        ulong? Next()
        {
            lock (results)
            {
                if (next.IsOver || cancellation.IsCancellationRequested) return null;
                var seed = next.Seed;
                next = (unchecked(seed + 1), seed == Last);
                return seed;
            }
        }

        void Done(RehearsalResult result)
        {
            lock (results)
            {
                results.Add(result.Plan.Seed, result);
                if (EndsWhenBroken && result.Breach is not null) next.IsOver = true;
                done(result);
            }
        }
    }

    private void Work(
        Func<ulong?> next, Action<RehearsalResult> done, CancellationToken cancellation)
    {
        while (next() is { } seed)
        {
            if (Try(Plan with { Seed = seed }, cancellation) is { } result) done(result);
        }
    }

    /// <summary>What fails of itself is a finding, with its seed; null where the user broke it off.</summary>
    [SuppressMessage("Design", "CA1031", Justification =
        "The supervisor of a seed: whatever ends it must be told with the seed, and not end the others.")]
    private RehearsalResult? Try(RehearsalPlan plan, CancellationToken cancellation)
    {
        try
        {
            return Live(plan, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
        {
            return Broken(
                RehearsalResult.Nothing(plan), "simulation-stands", "QA-1", error.ToString(), string.Empty);
        }
    }

    private RehearsalResult Live(RehearsalPlan plan, CancellationToken cancellation)
    {
        var result = RehearsalRun.Of(plan, null, cancellation);
        if (result.Breach is null && IsTwice)
        {
            var again = RehearsalRun.Of(plan, null, cancellation);
            if (!string.Equals(again.Hash, result.Hash, StringComparison.Ordinal))
            {
                return Broken(result, "same-seed-same-hash", "QA-1",
                    $"the first time {result.Hash}, the second time {again.Hash}", " --twice");
            }
        }

        return result.Breach is null && IsApart ? Apart(result, cancellation) : result;
    }

    private static RehearsalResult Apart(RehearsalResult result, CancellationToken cancellation)
    {
        var plan = result.Plan with { Faults = result.Plan.Faults.ThatHitAllAlike() };
        var together = RehearsalRun.Of(plan, null, cancellation);
        if (together.Breach is not null) return together;
        for (var user = 0; user < plan.Accounts; user++)
        {
            var alone = RehearsalRun.Of(plan with { Alone = user }, null, cancellation);
            if (alone.Breach is not null) return alone;
            if (!string.Equals(alone.Heads[0], together.Heads[user], StringComparison.Ordinal))
            {
                return Broken(together, "users-apart", "USR-1",
                    $"user-{user + 1} ends with {together.Heads[user]}, and alone with {alone.Heads[0]}",
                    " --apart");
            }
        }

        return result;
    }

    private static RehearsalResult Broken(
        RehearsalResult result, string name, string requirement, string message, string flag) => result with
        {
            Breach = new Breach
            {
                Invariant = name,
                Requirement = requirement,
                Account = "all",
                At = result.Plan.EndsAt,
                Fact = 0,
                Message = message,
                Flag = flag,
                Before = [],
            },
        };
}
