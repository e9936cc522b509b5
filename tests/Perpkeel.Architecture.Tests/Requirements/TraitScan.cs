using System.Text.RegularExpressions;

namespace Perpkeel.Architecture.Tests.Requirements;

/// <summary>A test that carries a requirement.</summary>
/// <param name="Requirement">The requirement's name.</param>
/// <param name="Class">The test's class.</param>
/// <param name="Method">The test.</param>
internal readonly record struct TracedTest(string Requirement, string Class, string Method);

/// <summary>Reads from sources which tests carry which requirements.</summary>
internal static partial class TraitScan
{
    /// <summary>The traced tests of a file; a class's traits count for all of its tests.</summary>
    public static IEnumerable<TracedTest> Of(TextFile file)
    {
        var onClass = new List<string>();
        var waiting = new List<string>();
        var name = string.Empty;
        var isTest = false;
        var isQuoted = false;
        foreach (var line in file.Lines)
        {
            if (RawQuote().Count(line) % 2 == 1) isQuoted = !isQuoted;
            if (isQuoted) continue;
            waiting.AddRange(Trait().Matches(line).Select(found => found.Groups["id"].Value));
            isTest |= TestMark().IsMatch(line);
            if (ClassName().Match(line) is { Success: true } opened)
            {
                name = opened.Groups["name"].Value;
                onClass = [.. waiting];
                waiting.Clear();
                isTest = false;
            }
            else if (MethodName().Match(line) is { Success: true } method)
            {
                if (isTest)
                {
                    foreach (var id in waiting.Concat(onClass).Distinct(StringComparer.Ordinal))
                    {
                        yield return new TracedTest(id, name, method.Groups["name"].Value);
                    }
                }

                waiting.Clear();
                isTest = false;
            }
        }
    }

    [GeneratedRegex(
        @"^[^""]*\bTrait\(\s*""Req""\s*,\s*""(?<id>[A-Z]+-\d+)""\s*\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Rule.PatternTimeMs)]
    private static partial Regex Trait();

    [GeneratedRegex(
        @"^\s*\[(?:\w+\(.*\),\s*)?(?:Fact|Theory)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Rule.PatternTimeMs)]
    private static partial Regex TestMark();

    [GeneratedRegex(
        @"^\s*(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial)\s+)*"
        + @"class\s+(?<name>\w+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Rule.PatternTimeMs)]
    private static partial Regex ClassName();

    [GeneratedRegex("\"{3,}", RegexOptions.CultureInvariant, Rule.PatternTimeMs)]
    private static partial Regex RawQuote();

    [GeneratedRegex(
        @"^\s*public\s+(?:(?:static|async|virtual|override|sealed)\s+)*[\w<>\[\]?]+\s+(?<name>\w+)\(",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Rule.PatternTimeMs)]
    private static partial Regex MethodName();
}
