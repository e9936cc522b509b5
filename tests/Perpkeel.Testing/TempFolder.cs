using System.Runtime.CompilerServices;

namespace Perpkeel.Testing;

/// <summary>A folder of its own for one test, named after it and removed at its end.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    public TempFolder([CallerMemberName] string test = "") =>
        _folder = Directory.CreateTempSubdirectory($"perpkeel-{test}-");

    /// <summary>The folder's path.</summary>
    public string Path => _folder.FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
