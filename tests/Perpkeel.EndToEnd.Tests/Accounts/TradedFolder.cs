using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Accounts;

/// <summary>
/// The folder of a run that traded for a while and stopped with something open; the same for all tests, which
/// only look at it or take a copy.
/// </summary>
public sealed class TradedFolder : IAsyncLifetime, IDisposable
{
    /// <summary>What runs in it have to be given.</summary>
    internal static readonly string[] Run = [.. Eager, "--set", "strategy.maxHoldMinutes=3"];

    private readonly TempFolder _folder = new();

    /// <summary>The folder.</summary>
    public string Path => _folder.File("data");

    public async ValueTask InitializeAsync()
    {
        var told = await SummaryAsync(Path, [.. Run, "--duration", "9m"]);
        Assert.Equal((0, ""), (told.Code, told.Error));
    }

    /// <summary>A copy that a test may go on with.</summary>
    public string Copy(string name)
    {
        var copy = Directory.CreateDirectory(_folder.File(name)).FullName;
        foreach (var file in Directory.GetFiles(Path))
        {
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)), overwrite: true);
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();
}
