using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Executing;

/// <summary>The guides' commands are run, and their settings read.</summary>
[Trait("Req", "DOC-1")]
public sealed class GuidePagesTests : IDisposable
{
    private const string Program = "./perpkeel ";

    private readonly TempFolder _folder = new();

    [Fact]
    [Trait("Req", "CLI-2")]
    public async Task Every_command_of_the_guide_to_signals_does_what_it_says()
    {
        var data = _folder.File("data");
        await using var run = await LiveRun.TradingAsync(data);
        foreach (var line in Lines("executing.md"))
        {
            if (!line.StartsWith(Program, StringComparison.Ordinal)) continue;
            var told = await RunAsync([.. line[Program.Length..].Split(' '), "--data", data]);

            Assert.True(told.Code == ExitCode.Ok, $"{line}\n{told.Out}\n{told.Error}");
        }
    }

    [Fact]
    [Trait("Req", "OPS-4")]
    public void Every_block_of_the_guide_to_configuration_is_taken_or_refused_as_it_says()
    {
        var blocks = string.Join('\n', Lines("configuration.md")).Split("```yaml")[1..]
            .Select(block => (IsRefused: block.StartsWith(" refused", StringComparison.Ordinal),
                Yaml: block.Split("```")[0].Split('\n', 2)[1]))
            .ToList();

        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block =>
        {
            var file = _folder.File("settings.yaml");
            File.WriteAllText(file, block.Yaml);
            var isTaken = ConfigLoader.Load(
                file, new Dictionary<string, string>(StringComparer.Ordinal), []).TryGet(out _, out _);
            Assert.Equal(!block.IsRefused, isTaken);
        });
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(string guide) =>
        File.ReadAllLines(Path.Combine(RepositoryRoot.Find(), "docs", "guides", guide));
}
