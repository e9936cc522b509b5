using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests;

/// <summary>Texts that tests compare with, kept as files beside them.</summary>
internal static class Golden
{
    public static string Text(string name) => File.ReadAllText(
        Path.Combine(RepositoryRoot.Find(), "tests", "Perpkeel.Core.Tests", "Goldens", name));

    public static void Matches(string name, IEnumerable<string> lines) =>
        Assert.Equal(Text(name), string.Concat(lines.Select(line => line + "\n")));
}
