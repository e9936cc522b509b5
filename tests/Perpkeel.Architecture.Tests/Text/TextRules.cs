using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Perpkeel.Architecture.Tests.Text;

/// <summary>
/// Rules that a file's text shows. Each gives one line for each offence, with file and line.
/// </summary>
internal static partial class TextRules
{
    /// <summary>Lines that a file may have.</summary>
    public const int MostLines = 400;

    /// <summary>Columns that a line may have.</summary>
    public const int MostColumns = 110;

    /// <summary>Words that say nothing about what a type is for.</summary>
    private static readonly ImmutableArray<string> EmptyWords =
        ["Util", "Utils", "Helper", "Helpers", "Common", "Impl", "Base"];

    /// <summary>Names on these words that are the field's own.</summary>
    private static readonly FrozenSet<string> FieldWords =
        FrozenSet.Create(StringComparer.Ordinal, "BalanceManager");

    /// <summary>Files that are too long.</summary>
    public static IEnumerable<string> TooLong(TextFile file) =>
        file.Lines.Length > MostLines ? [$"{file.Path}: {file.Lines.Length} lines"] : [];

    /// <summary>Lines that are too wide.</summary>
    public static IEnumerable<string> TooWide(TextFile file) =>
        Where(file, line => line.Length > MostColumns, line => $"{line.Length} columns");

    /// <summary>Spaces and tabs at the end of a line, and foreign line ends.</summary>
    public static IEnumerable<string> TrailingSpace(TextFile file) =>
        Where(file, line => line.Length > 0 && char.IsWhiteSpace(line[^1]), _ => "ends in white space");

    /// <summary>Regions.</summary>
    public static IEnumerable<string> Regions(TextFile file) =>
        Where(file, line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal), Trimmed);

    /// <summary>Work left for later in a comment.</summary>
    public static IEnumerable<string> LeftForLater(TextFile file) =>
        Where(file, line => LaterWord().IsMatch(line), Trimmed);

    /// <summary>Places that exist on one machine only.</summary>
    public static IEnumerable<string> MachinePaths(TextFile file) =>
        Where(file, line => MachinePath().IsMatch(line), Trimmed);

    /// <summary>Files, folders and types whose names say nothing.</summary>
    public static IEnumerable<string> EmptyNames(TextFile file)
    {
        var parts = file.Path.Split('/');
        var names = parts[..^1].Append(parts[^1].Split('.')[0]);
        foreach (var name in names.Where(IsEmpty)) yield return $"{file.Path}: {name}";
        foreach (Match type in TypeName().Matches(file.Text))
        {
            var name = type.Groups["name"].Value;
            if (IsEmpty(name)) yield return $"{file.Path}: type {name}";
        }
    }

    /// <summary>Names on Manager and Service that the requirements do not give.</summary>
    public static IEnumerable<string> VagueNames(TextFile file) =>
        from type in TypeName().Matches(file.Text)
        let name = type.Groups["name"].Value
        where !FieldWords.Contains(name)
            && (EndsInWord(name, "Manager") || EndsInWord(name, "Service"))
        select $"{file.Path}: type {name}";

    private static bool IsEmpty(string name) => EmptyWords.Any(word => EndsInWord(name, word));

    /// <summary>Whether the last word of a name in capitals and small letters is this one.</summary>
    private static bool EndsInWord(string name, string word) => name.EndsWith(word, StringComparison.Ordinal);

    private static IEnumerable<string> Where(
        TextFile file, Func<string, bool> offends, Func<string, string> what) =>
        file.Lines
            .Select((line, index) => (line, Number: index + 1))
            .Where(row => offends(row.line))
            .Select(row => $"{file.Path}:{row.Number}: {what(row.line)}");

    private static string Trimmed(string line) => line.Trim();

    [GeneratedRegex(@"\bTO(?:DO)\b", RegexOptions.CultureInvariant, Rule.PatternTimeMs)]
    private static partial Regex LaterWord();

    [GeneratedRegex(
        @"(?<![\w.\-/<})*~])/(?:work|home|tmp|root)(?![\w\-])", RegexOptions.CultureInvariant,
        Rule.PatternTimeMs)]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"^\s*(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|ref|partial)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Rule.PatternTimeMs)]
    private static partial Regex TypeName();
}
