using System.Runtime.CompilerServices;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Terminal;

/// <summary>Committed pictures; PERPKEEL_UPDATE_GOLDENS=1 draws them anew.</summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        var path = Path.Combine(Folder(), "..", "Goldens", name + ".txt");
        if (Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1")
            File.WriteAllText(path, actual);

        Assert.True(File.Exists(path), $"{path} is missing; PERPKEEL_UPDATE_GOLDENS=1 writes it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
