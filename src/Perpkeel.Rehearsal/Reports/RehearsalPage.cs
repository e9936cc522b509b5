using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Perpkeel.Rehearsal.Invariants;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>A report as a page to read.</summary>
public static class RehearsalPage
{
    /// <summary>The page, in Markdown.</summary>
    public static string Of(RehearsalReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder();
        page.Append("# Rehearsals\n\n");
        page.Append("| | |\n|---|---|\n");
        foreach (var (name, value) in Rows(report)) page.Append(Invariant($"| {name} | {value} |\n"));
        if (report.Broken.Length > 0) page.Append("\n## Broken\n\n");
        foreach (var broken in report.Broken)
        {
            page.Append(Invariant(
                $"- `{broken.Command}`: {broken.Invariant} ({broken.Requirement}), {broken.Account}, "));
            page.Append(Invariant($"{broken.At:MM-dd HH:mm:ss}: {broken.Message}\n"));
        }

        page.Append("\n## Faults and the steps at which they met an account\n\n");
        AddSteps(page, report);
        AddCounts(page, "Orders by role and phase", report.States);
        AddCounts(page, "Refusals and ends", report.Codes);
        AddCounts(page, "Facts", report.Kinds);
        return page.ToString();
    }

    /// <summary>The report's figures as names and values.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(RehearsalReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        yield return ("asked for", report.Flags);
        yield return ("build", report.Build);
        yield return ("seeds", Invariant($"{report.Seeds:#,0}, {report.Broken.Length:#,0} broken"));
        var hours = Invariant($"{report.VirtualHours:#,0.0} h in {report.ElapsedSeconds:#,0.0} s");
        yield return ("virtual time", Invariant($"{hours}: {report.HoursPerMinute:#,0.0} h a minute"));
        yield return ("facts", Invariant($"{report.Facts:#,0} ({report.FactsPerSecond:#,0}/s)"));
        yield return ("checks", Invariant($"{report.Checks:#,0} ({report.ChecksPerSecond:#,0}/s)"));
        yield return ("answers", Invariant($"{report.Answers:#,0} to callers"));
        var ended = Invariant($"{report.Deaths:#,0} ended by a fault, {report.Upgrades:#,0} by an upgrade");
        yield return ("processes", Invariant($"{ended}; {report.FailedStarts:#,0} starts failed"));
        yield return ("longest bare", Invariant(
            $"{report.LongestBareSeconds:#,0.0} s at a venue without a stop"));
        yield return ("faults", Invariant(
            $"{report.Faults.Values.Sum():#,0} of {report.Faults.Count} kinds"));
        yield return ("hash", report.Hash);
    }

    private static void AddSteps(StringBuilder page, RehearsalReport report)
    {
        var steps = StepOf.All.Where(step => report.Steps.Any(each => Is(each.Step, step))).ToList();
        page.Append(Invariant($"| fault | times | {string.Join(" | ", steps)} |\n|---|--:|"));
        page.Insert(page.Length, "--:|", steps.Count).Append('\n');
        foreach (var fault in report.Faults)
        {
            var cells = steps.Select(step => report.Steps
                .FirstOrDefault(each => Is(each.Fault, fault.Key) && Is(each.Step, step))?.Count ?? 0);
            page.Append(Invariant(
                $"| {fault.Key} | {fault.Value} | {string.Join(" | ", cells.Select(Cell))} |\n"));
        }
    }

    private static string Cell(long count) =>
        count == 0 ? string.Empty : count.ToString(CultureInfo.InvariantCulture);

    private static void AddCounts(
        StringBuilder page, string title, ImmutableSortedDictionary<string, long> counts)
    {
        page.Append(Invariant($"\n## {title}\n\n| | times |\n|---|--:|\n"));
        foreach (var (name, count) in counts) page.Append(Invariant($"| {name} | {count} |\n"));
    }

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
