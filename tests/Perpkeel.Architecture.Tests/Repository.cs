using System.Collections.Immutable;

namespace Perpkeel.Architecture.Tests;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed record TextFile(string Path, string Text)
{
    /// <summary>The lines without their ends; a last, empty one is left out.</summary>
    public ImmutableArray<string> Lines { get; } =
        [.. (Text.EndsWith('\n') ? Text[..^1] : Text).Split('\n')];

    /// <summary>Whether it is C# that people wrote.</summary>
    public bool IsSource =>
        Path.EndsWith(".cs", StringComparison.Ordinal) && !Path.EndsWith(".g.cs", StringComparison.Ordinal);
}

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly ImmutableArray<string> Left =
    [
        ".git", "bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "StrykerOutput",
        ".perpkeel", ".vs", ".idea",
    ];

    private static readonly ImmutableArray<string> TextEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".yaml", ".yml", ".md", ".sh", ".txt",
        ".awk", ".editorconfig", ".gitignore", ".runsettings", "/run", "/perpkeel", ".sql", ".tsv",
    ];

    /// <summary>The folder with the solution in it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path of the repository on this disk.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>
    /// Text files under a folder, in order of their paths; what is built or ignored is left out.
    /// </summary>
    public static IEnumerable<TextFile> TextFiles(string folder = "") =>
        Walk(new DirectoryInfo(At(folder)))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Where(path => TextEndings.Any(ending => $"/{path}".EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => new TextFile(path, File.ReadAllText(At(path))));

    /// <summary>The C# of product and tests.</summary>
    public static IEnumerable<TextFile> Sources() =>
        TextFiles("src").Concat(TextFiles("tests")).Where(file => file.IsSource);

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories()
                .Where(inner => !Left.Contains(inner.Name, StringComparer.Ordinal)
                    && inner.LinkTarget is null)
                .SelectMany(Walk));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Perpkeel.slnx"))) return at.FullName;
        }

        throw new InvalidOperationException("These tests run from a folder inside the repository.");
    }
}
