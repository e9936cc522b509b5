using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.World;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>
/// Finds a smaller rehearsal that breaks the same invariant: fewer accounts, strategies, markets, hours and
/// faults.
/// </summary>
public static class Shrinker
{
    /// <summary>Shrinks what a breach was found with; gives the smallest that still breaks it.</summary>
    /// <param name="broken">A result with a breach.</param>
    /// <param name="tell">Takes a line for each smaller rehearsal that was found.</param>
    /// <param name="cancellation">Ends the search with what was found until then.</param>
    public static RehearsalResult Shrink(
        RehearsalResult broken, Action<string> tell, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(broken);
        ArgumentNullException.ThrowIfNull(tell);
        return Shrink(
            broken, plan => RehearsalRun.Of(plan, null, CancellationToken.None), tell, cancellation);
    }

    internal static RehearsalResult Shrink(
        RehearsalResult broken, Func<RehearsalPlan, RehearsalResult> live, Action<string> tell,
        CancellationToken cancellation)
    {
        var best = broken;
        var goesOn = broken.Breach is { Flag.Length: 0 };
        while (goesOn)
        {
            goesOn = false;
            foreach (var smaller in Smaller(best))
            {
                if (cancellation.IsCancellationRequested) return best;
                var tried = live(smaller);
                if (!string.Equals(
                    tried.Breach?.Invariant, broken.Breach!.Invariant, StringComparison.Ordinal))
                {
                    continue;
                }

                tell($"{tried.Facts} facts: {smaller}");
                best = tried;
                goesOn = true;
                break;
            }
        }

        return best;
    }

    private static IEnumerable<RehearsalPlan> Smaller(RehearsalResult result)
    {
        var (plan, breach) = (result.Plan, result.Breach!);
        if (plan.Alone is null && plan.Accounts > 1)
        {
            for (var each = 0; each < plan.Accounts; each++) yield return plan with { Alone = each };
        }

        for (var accounts = 1; plan.Alone is null && accounts < plan.Accounts; accounts++)
        {
            yield return plan with { Accounts = accounts };
        }

        var hours = (int)Math.Ceiling((breach.At - RehearsalPlan.StartsAt).TotalHours);
        if (hours < plan.Hours && hours > 0) yield return plan with { Hours = hours };
        if (plan.Hours > 1) yield return plan with { Hours = plan.Hours / 2 };
        if (plan.Hours > 1) yield return plan with { Hours = plan.Hours - 1 };
        for (var strategies = 1; strategies < plan.Strategies; strategies++)
        {
            yield return plan with { Strategies = strategies };
        }

        for (var markets = 1; markets < plan.Markets; markets++) yield return plan with { Markets = markets };
        var names = plan.Faults.Names;
        if (names.Length > 0) yield return plan with { Faults = RehearsalFaults.None };
        if (names.Length > 1)
        {
            yield return Without(plan, names[..(names.Length / 2)]);
            yield return Without(plan, names[(names.Length / 2)..]);
        }

        foreach (var name in names) yield return Without(plan, [name]);
    }

    private static RehearsalPlan Without(RehearsalPlan plan, IEnumerable<string> names) => plan with
    {
        Faults = names.Aggregate(plan.Faults, (faults, name) => faults.Without(name)),
    };
}
