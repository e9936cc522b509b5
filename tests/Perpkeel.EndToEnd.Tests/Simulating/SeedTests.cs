using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Simulating;

/// <summary>
/// The seeds that once broke an invariant. A file of tests/seeds has the flags of <c>perpkeel simulate</c> on
/// its last line, and above it what was wrong.
/// </summary>
[Trait("Req", "QA-1")]
public sealed class SeedTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Find(), "tests", "seeds");

    /// <summary>The files' names.</summary>
    public static TheoryData<string> Files =>
        new(Directory.GetFiles(Folder, "*.seed").Select(file => Path.GetFileName(file)).Order(
            StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_was_mended_stays_mended(string file)
    {
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(Folder, file), TestContext.Current.CancellationToken);
        var flags = lines.Last(line => line.Length > 0);
        Assert.True(lines.Length > 1 && lines[0].StartsWith('#'), "what was wrong is not told");

        var told = await CommandLines.RunAsync(["simulate", .. flags.Split(' ')]);

        Assert.True(told.Code == 0, told.Error);
    }
}
