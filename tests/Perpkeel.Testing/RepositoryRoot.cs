namespace Perpkeel.Testing;

/// <summary>Where the repository lies, seen from a test's own folder.</summary>
public static class RepositoryRoot
{
    /// <summary>The nearest folder above that holds the solution.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Perpkeel.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"Perpkeel.slnx is nowhere above {AppContext.BaseDirectory}.");
    }
}
