using System.Text.Json;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Simulating;

/// <summary><c>perpkeel simulate</c> at the command line.</summary>
[Trait("Req", "QA-1")]
public sealed class SimulateTests
{
    private static readonly string[] Hour = ["simulate", "--hours", "1", "--markets", "1", "--accounts", "1"];

    [Fact]
    public async Task One_seed_is_lived_through_and_summed_up()
    {
        var told = await CommandLines.RunAsync([.. Hour, "--seed", "3"]);

        Assert.Equal(0, told.Code);
        Assert.Contains("seeds          1, 0 broken", told.Out, StringComparison.Ordinal);
        Assert.Contains("--hours 1 --markets 1 --accounts 1", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_seeds_come_out_as_json_and_in_a_file_and_the_same_again()
    {
        using var folder = new TempFolder();
        var page = Path.Combine(folder.Path, "page.md");
        var file = Path.Combine(folder.Path, "page.json");

        var first = await CommandLines.RunAsync([.. Hour, "--seeds", "1..2", "--json", "--report", page]);
        var second = await CommandLines.RunAsync(
            [.. Hour, "--seeds", "1..2", "--jobs", "2", "--report", file]);

        Assert.Equal(0, first.Code);
        Assert.Equal(0, second.Code);
        var report = JsonDocument.Parse(first.Out).RootElement;
        Assert.Equal(2, report.GetProperty("seeds").GetInt32());
        var again = JsonDocument.Parse(await File.ReadAllTextAsync(
            file, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(
            report.GetProperty("hash").GetString(), again.GetProperty("hash").GetString());
        Assert.Contains(
            "| fault | times |",
            await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_happens_can_be_told()
    {
        var told = await CommandLines.RunAsync([.. Hour, "--trace", "--faults", "kill=1"]);

        Assert.Equal(0, told.Code);
        Assert.Contains("fault   kill", told.Out, StringComparison.Ordinal);
        Assert.Contains("process begins on fact", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_finding_about_the_command_line_is_told_at_once()
    {
        var told = await CommandLines.RunAsync(
            "simulate", "--seeds", "9..1", "--hours", "0", "--faults", "meteor", "--trace", "--jobs", "many",
            "--crash", "1.5");

        Assert.Equal(2, told.Code);
        Assert.Contains("--seeds 9..1:", told.Error, StringComparison.Ordinal);
        Assert.Contains("--hours 0:", told.Error, StringComparison.Ordinal);
        Assert.Contains("meteor is no fault", told.Error, StringComparison.Ordinal);
        Assert.Contains("--jobs many:", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed 1 --seeds 1..2", "give one of them")]
    [InlineData("--seed -1", "a seed is a whole number")]
    [InlineData("--seeds 1..2 --trace", "--trace goes with one seed")]
    [InlineData("--alone 0 --apart", "leave out --alone")]
    [InlineData("--alone 2", "from 0 to 1")]
    [InlineData("--crash often", "--crash often")]
    public async Task What_makes_no_sense_is_refused(string flags, string words)
    {
        var told = await CommandLines.RunAsync(["simulate", .. flags.Split(' ')]);

        Assert.Equal(2, told.Code);
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told()
    {
        var told = await CommandLines.RunAsync([.. Hour, "--report", "/no/such/folder/page.md"]);

        Assert.Equal(1, told.Code);
        Assert.Contains("--report /no/such/folder/page.md", told.Error, StringComparison.Ordinal);
    }
}
