namespace Perpkeel.Cli.Margin;

/// <summary>Figures under each other, each behind its name.</summary>
internal static class NamedRows
{
    private const int Width = 18;

    /// <summary>Writes them.</summary>
    public static void Write(TextWriter output, IEnumerable<(string Name, string Value)> rows)
    {
        foreach (var (name, value) in rows) output.WriteLine($"{name.PadRight(Width)} {value}".TrimEnd());
    }
}
