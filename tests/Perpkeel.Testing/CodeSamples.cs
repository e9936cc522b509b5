namespace Perpkeel.Testing;

/// <summary>
/// Code of a test that a document shows word for word: what stands between <c>// sample: name</c> and
/// <c>// end</c>.
/// </summary>
public static class CodeSamples
{
    private const string Mark = "// sample: ";
    private const string End = "// end";

    /// <summary>The lines of each sample by its name, moved to the left edge.</summary>
    /// <param name="path">From the root of the repository.</param>
    public static IDictionary<string, IReadOnlyList<string>> Read(string path) =>
        Of(File.ReadAllText(Path.Combine([RepositoryRoot.Find(), .. path.Split('/')])));

    /// <summary>The same from text with LF line ends.</summary>
    public static IDictionary<string, IReadOnlyList<string>> Of(string text)
    {
        var samples = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        List<string>? lines = null;
        var (name, left) = (string.Empty, 0);
        foreach (var line in text.Split('\n'))
        {
            var word = line.TrimStart();
            if (word.StartsWith(Mark, StringComparison.Ordinal))
            {
                (name, left, lines) = (word[Mark.Length..], line.Length - word.Length, []);
            }
            else if (lines is not null && word.Equals(End, StringComparison.Ordinal))
            {
                samples.Add(name, lines);
                lines = null;
            }
            else
            {
                lines?.Add(line.Length > left ? line[left..] : string.Empty);
            }
        }

        return lines is null ? samples : throw new ArgumentException($"{name} has no end.", nameof(text));
    }
}
