using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-4")]
public sealed class ValidateTests
{
    private const string Bad =
        "venue: v\nasOf: 2026-01-01\nsymbols:\n  A: [ { floor: 0, cap: 9, rate: 2, leverage: 0 } ]\n";

    [Fact]
    public async Task A_sound_file_is_told_with_its_counts()
    {
        var file = Path.Combine(RepositoryRoot.Find(), "config", "tiers", "classic.yaml");

        var told = await RunAsync("margin", "validate", file);
        var json = await RunAsync("margin", "validate", file, "--json");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal($"{file}: ok, classic 2021-01-01: 1 symbol, 10 tiers, 1 different table\n", told.Out);
        Assert.True(json.Json.GetProperty("isSound").GetBoolean());
        Assert.Equal(10, json.Json.GetProperty("files")[0].GetProperty("tiers").GetInt32());
    }

    [Fact]
    public async Task All_findings_of_all_files_are_told()
    {
        using var folder = new TempFolder();
        var (bad, missing) = (folder.File("bad.yaml"), folder.File("missing.json"));
        await File.WriteAllTextAsync(bad, Bad, TestContext.Current.CancellationToken);

        var told = await RunAsync("margin", "validate", bad, missing);
        var json = await RunAsync("margin", "validate", bad, missing, "--json");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Collection(
            told.Errors,
            line => Assert.Equal(
                $"error: {bad}:4:8: A tier 1: Its rate 2 is not between 0 and 1. Write a fraction: 0.02 if "
                + "2 % is meant. [tier-rate-range]", line),
            line => Assert.EndsWith("[tier-leverage-range]", line, StringComparison.Ordinal),
            line => Assert.StartsWith(
                $"error: {missing}: The file cannot be read: ", line, StringComparison.Ordinal));
        Assert.Equal((ExitCode.Failed, ""), (json.Code, json.Error));
        var findings = json.Json.GetProperty("files")[0].GetProperty("findings");
        Assert.Equal(
            (4, "A", "tier-rate-range"),
            (findings[0].GetProperty("line").GetInt32(), findings[0].GetProperty("symbol").GetString(),
                findings[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Without_a_file_the_command_line_is_wrong()
    {
        var told = await RunAsync("margin", "validate");

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
    }
}
