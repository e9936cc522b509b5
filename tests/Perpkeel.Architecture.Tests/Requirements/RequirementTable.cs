using System.Globalization;
using System.Text;

namespace Perpkeel.Architecture.Tests.Requirements;

/// <summary>Writes <c>docs/requirements.md</c>.</summary>
internal static class RequirementTable
{
    /// <summary>Tests that are named for one requirement; of more, the number is told.</summary>
    private const int Shown = 3;

    /// <summary>The document.</summary>
    public static string Write(IEnumerable<Requirement> requirements, IEnumerable<TracedTest> tests)
    {
        var known = requirements.ToList();
        var byId = tests.ToLookup(test => test.Requirement, StringComparer.Ordinal);
        var done = known.Where(requirement => byId[requirement.Id].Any()).ToList();
        var text = new StringBuilder();
        text.Append(
            """
            # Requirements and their tests

            Generated from the traits of the tests; do not edit. After a change of tests:
            `PERPKEEL_UPDATE_GOLDENS=1 dotnet test tests/Perpkeel.Architecture.Tests`. A requirement is
            touched by the tests that are named here; that it is met in full is said by its issue, not here.


            """);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{done.Count} of {known.Count} requirements have tests.\n\n");
        text.Append("| ID | About | Tests | Which |\n|---|---|--:|---|\n");
        foreach (var requirement in done)
        {
            var rows = byId[requirement.Id]
                .Select(test => $"`{test.Class}.{test.Method}`")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToList();
            var more = rows.Count > Shown ? ", …" : string.Empty;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {requirement.Id} | {requirement.Title} | {rows.Count} | ");
            text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", rows.Take(Shown))}{more} |\n");
        }

        text.Append("\n## Open\n\n| ID | About |\n|---|---|\n");
        foreach (var requirement in known.Except(done))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {requirement.Id} | {requirement.Title} |\n");
        }

        return text.ToString();
    }
}
