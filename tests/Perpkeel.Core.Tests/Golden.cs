using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests;

/// <summary>
/// Texts that tests compare with, kept as files beside them; PERPKEEL_UPDATE_GOLDENS=1 writes those anew that
/// tests write as a whole.
/// </summary>
internal static class Golden
{
    public static string Text(string name) => File.ReadAllText(PathOf(name));

    public static void Matches(string name, IEnumerable<string> lines)
    {
        var actual = string.Concat(lines.Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1")
            File.WriteAllText(PathOf(name), actual);

        Assert.Equal(Text(name), actual);
    }

    private static string PathOf(string name) => Path.Combine(
        RepositoryRoot.Find(), "tests", "Perpkeel.Core.Tests", "Goldens", name);
}
