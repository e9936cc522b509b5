using System.Text.RegularExpressions;

namespace Perpkeel.Architecture.Tests.Text;

/// <summary>
/// The order of a file's imports, as the formatter has it: namespaces, then types, then aliases, in each of
/// them System first and the rest by the alphabet. The formatter itself looks at it only together with
/// everything that the build has already found.
/// </summary>
internal static partial class ImportRules
{
    /// <summary>Imports that stand behind one that they should stand before.</summary>
    public static IEnumerable<string> OutOfOrder(TextFile file)
    {
        Match? last = null;
        foreach (var (line, number) in file.Lines.Select((line, index) => (line, index + 1)))
        {
            if (line.StartsWith("namespace ", StringComparison.Ordinal)) yield break;
            var import = Import().Match(line);
            if (!import.Success) continue;
            if (last is not null && Compare(last, import) > 0) yield return $"{file.Path}:{number}: {line}";
            last = import;
        }
    }

    private static int Compare(Match first, Match second)
    {
        var byKind = Kind(first).CompareTo(Kind(second));
        return byKind != 0 ? byKind : Names(first).CompareTo(Names(second), StringComparer.OrdinalIgnoreCase);
    }

    private static int Kind(Match import) =>
        import.Groups["alias"].Success ? 4
        : (import.Groups["static"].Success ? 2 : 0) + (IsSystem(import.Groups["name"].Value) ? 0 : 1);

    private static bool IsSystem(string name) =>
        name.Equals("System", StringComparison.Ordinal)
        || name.StartsWith("System.", StringComparison.Ordinal);

    private static int CompareTo(this string[] first, string[] second, StringComparer comparer)
    {
        for (var i = 0; i < Math.Min(first.Length, second.Length); i++)
        {
            var byName = comparer.Compare(first[i], second[i]);
            if (byName != 0) return byName;
        }

        return first.Length.CompareTo(second.Length);
    }

    private static string[] Names(Match import) =>
        (import.Groups["alias"] is { Success: true } alias ? alias : import.Groups["name"]).Value.Split('.');

    [GeneratedRegex(
        @"^using (?<static>static )?(?:(?<alias>\w+) = )?(?<name>[\w.]+)[^()]*;$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Rule.PatternTimeMs)]
    private static partial Regex Import();
}
