namespace Perpkeel.Testing;

/// <summary>Where the repository lies, seen from a test's own folder.</summary>
public static class RepositoryRoot
{
    /// <summary>The nearest folder above that holds the solution.</summary>
    public static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Perpkeel.slnx"))) return folder.FullName;
            folder = folder.Parent;
        }

        throw new DirectoryNotFoundException($"Perpkeel.slnx is nowhere above {AppContext.BaseDirectory}.");
    }
}
