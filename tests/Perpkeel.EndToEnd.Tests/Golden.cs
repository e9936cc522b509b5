using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>
/// What commands tell, kept as files beside the tests; PERPKEEL_UPDATE_GOLDENS=1 writes them anew.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        var path = Path.Combine(
            RepositoryRoot.Find(), "tests", "Perpkeel.EndToEnd.Tests", "Goldens", name + ".txt");
        if (ExecutedDocument.IsUpdate) File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
