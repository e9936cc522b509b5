using System.Globalization;
using System.Text.RegularExpressions;

namespace Perpkeel.Testing;

/// <summary>
/// A document whose numbers come from code. A fenced block right after the comment
/// <c>&lt;!-- executed: name --&gt;</c> is made anew by a test and compared; a number of more than one digit
/// anywhere else must be one that stands in such a block.
/// </summary>
public sealed partial class ExecutedDocument
{
    private const int PatternTimeMs = 1_000;
    private const string Fence = "```";

    private readonly string _file;
    private readonly string _path;
    private readonly List<string> _lines;

    private ExecutedDocument(string path, string file, IEnumerable<string> lines)
    {
        _path = path;
        _file = file;
        _lines = [.. lines];
    }

    /// <summary>Whether the run is asked to write what code gives, instead of comparing.</summary>
    public static bool IsUpdate => Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1";

    /// <summary>Reads a document of the repository.</summary>
    /// <param name="path">From the root of the repository, e.g. <c>docs/math/margin.md</c>.</param>
    public static ExecutedDocument Read(string path)
    {
        var file = Path.Combine([RepositoryRoot.Find(), .. path.Split('/')]);
        return new ExecutedDocument(path, file, File.ReadAllText(file).Split('\n'));
    }

    /// <summary>A document from its text.</summary>
    /// <param name="text">With LF line ends.</param>
    public static ExecutedDocument From(string text) => new("text", string.Empty, text.Split('\n'));

    /// <summary>
    /// Compares all blocks with what code gives for them, and looks for numbers that nothing gives. When
    /// <see cref="IsUpdate"/>, writes the blocks first.
    /// </summary>
    /// <param name="blocks">The lines of every block by its name.</param>
    /// <returns>One line for each fault; none when the document is what code says.</returns>
    public IReadOnlyList<string> Check(IReadOnlyDictionary<string, IReadOnlyList<string>> blocks)
    {
        if (IsUpdate)
        {
            Fill(blocks);
            File.WriteAllText(_file, Text);
        }

        return [.. Faults(blocks)];
    }

    /// <summary>The text as it is now.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>Puts what code gives into the blocks of these names.</summary>
    /// <param name="blocks">The lines of every block by its name.</param>
    public void Fill(IReadOnlyDictionary<string, IReadOnlyList<string>> blocks)
    {
        foreach (var block in Blocks().Reverse())
        {
            if (!blocks.TryGetValue(block.Name, out var lines)) continue;
            _lines.RemoveRange(block.First, block.Count);
            _lines.InsertRange(block.First, lines);
        }
    }

    /// <summary>
    /// What is wrong: blocks that are not what code gives, that nothing gives, or that are missing; numbers
    /// that stand in none.
    /// </summary>
    /// <param name="blocks">The lines of every block by its name.</param>
    public IEnumerable<string> Faults(IReadOnlyDictionary<string, IReadOnlyList<string>> blocks)
    {
        var found = Blocks().ToList();
        foreach (var block in found)
        {
            var place = $"{_path}:{block.First + 1}: block {block.Name}";
            if (!blocks.TryGetValue(block.Name, out var lines)) yield return $"{place} is made by nothing";
            else if (Difference(block, lines) is { } difference) yield return $"{place}: {difference}";
        }

        foreach (var name in blocks.Keys.Except(found.Select(block => block.Name), StringComparer.Ordinal))
        {
            yield return $"{_path}: block {name} is missing";
        }

        foreach (var name in found.GroupBy(block => block.Name, StringComparer.Ordinal)
            .Where(alike => alike.Count() > 1))
        {
            yield return $"{_path}: block {name.Key} is there {name.Count()} times";
        }

        foreach (var fault in UncheckedNumbers(found)) yield return fault;
    }

    private static IEnumerable<string> Numbers(string line) =>
        Number().Matches(Unread().Replace(line, " "))
            .Select(match => match.Value.Replace(",", string.Empty, StringComparison.Ordinal))
            .Where(number => number.Count(char.IsAsciiDigit) > 1);

    private IEnumerable<string> UncheckedNumbers(List<Block> blocks)
    {
        var given = blocks.SelectMany(block => _lines.GetRange(block.First, block.Count)).SelectMany(Numbers)
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < _lines.Count; i++)
        {
            var index = i;
            if (blocks.Exists(block => index >= block.First && index < block.First + block.Count)) continue;
            foreach (var number in Numbers(_lines[i]).Where(number => !given.Contains(number)))
            {
                yield return $"{_path}:{i + 1}: {number} stands in no executed block";
            }
        }
    }

    private string? Difference(Block block, IReadOnlyList<string> lines)
    {
        var written = _lines.GetRange(block.First, block.Count);
        for (var i = 0; i < Math.Max(written.Count, lines.Count); i++)
        {
            var left = i < written.Count ? $"\"{written[i]}\"" : "nothing";
            var right = i < lines.Count ? $"\"{lines[i]}\"" : "nothing";
            if (left.Equals(right, StringComparison.Ordinal)) continue;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"line {i + 1} is {left}, code gives {right}; PERPKEEL_UPDATE_GOLDENS=1 writes it");
        }

        return null;
    }

    private IEnumerable<Block> Blocks()
    {
        for (var i = 0; i + 1 < _lines.Count; i++)
        {
            var mark = Mark().Match(_lines[i]);
            if (!mark.Success || !_lines[i + 1].StartsWith(Fence, StringComparison.Ordinal)) continue;
            var end = _lines.FindIndex(i + 2, line => line.StartsWith(Fence, StringComparison.Ordinal));
            if (end < 0) end = _lines.Count;
            yield return new Block(mark.Groups["name"].Value, i + 2, end - i - 2);
            i = end;
        }
    }

    [GeneratedRegex(
        @"^<!-- executed: (?<name>[\w\-]+) -->$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternTimeMs)]
    private static partial Regex Mark();

    /// <summary>Comments, targets of links and addresses: not for readers.</summary>
    [GeneratedRegex(
        @"<!--.*?-->|\]\([^)]*\)|https?://\S+", RegexOptions.CultureInvariant, PatternTimeMs)]
    private static partial Regex Unread();

    /// <summary>A number that is not part of a name, such as in MAR-12 or SHA-256.</summary>
    [GeneratedRegex(
        @"(?<![\p{L}_]-?|[\d.,])\d[\d,]*(?:\.\d+)?(?![\p{L}_\d])",
        RegexOptions.CultureInvariant, PatternTimeMs)]
    private static partial Regex Number();

    /// <summary>Where the lines between the fences of a block are.</summary>
    private readonly record struct Block(string Name, int First, int Count);
}
