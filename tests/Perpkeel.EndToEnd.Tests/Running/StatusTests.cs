using System.Globalization;
using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

[Trait("Req", "CLI-1")]
public sealed class StatusTests
{
    [Fact]
    public async Task It_tells_what_the_run_told_also_while_another_writes()
    {
        using var folder = new TempFolder();
        var run = await ReplayAsync(folder, "data");
        using var held = SqliteRecordLog.Open(RunFolder.JournalOf(folder.File("data")));

        var text = await RunAsync("status", "--data", folder.File("data"));
        var json = await RunAsync("status", "--data", folder.File("data"), "--json");

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (text.Code, json.Code));
        Assert.Equal(run.Text("journalHash"), json.Text("journalHash"));
        Assert.Equal(run.Count("journalRecords"), json.Count("facts"));
        Assert.Equal(run.Text("realisedPnl"), json.Text("realised"));
        Assert.Equal(run.Count("openPositions"), json.Json.GetProperty("positions").GetArrayLength());
        Assert.Equal(JsonValueKind.String, json.Json.GetProperty("equity").ValueKind);
        Assert.Contains($"\njournal   {run.Text("journalHash")}\n", text.Out, StringComparison.Ordinal);
        Assert.Matches("\nequity    [0-9,]+\\.[0-9]{2} USD as marked at 2026-01-05 04:00 UTC ", text.Out);
        Assert.Matches(
            "\n  [A-Z]+-USD (long|short) [0-9.]+ (planned|of [0-9.]+), (stop [0-9.]+|no stop) at the venue",
            text.Out);
    }

    [Fact]
    public async Task Numbers_do_not_depend_on_the_culture()
    {
        using var folder = new TempFolder();
        await ReplayAsync(folder, "data");
        var here = await RunAsync("status", "--data", folder.File("data"));
        var before = CultureInfo.CurrentCulture;
        try
        {
            var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (strange.NumberFormat.NumberDecimalSeparator, strange.NumberFormat.NegativeSign) = (";", "~");
            strange.DateTimeFormat.TimeSeparator = "_";
            CultureInfo.CurrentCulture = strange;

            var there = await RunAsync("status", "--data", folder.File("data"));
            var summary = await ReplayAsync(folder, "other");
            var log = await RunAsync(["run", "--speed", "max", "--data", folder.File("log"), .. Run(folder)]);

            Assert.Equal(here.Out, there.Out);
            Assert.DoesNotMatch("[0-9][;_][0-9]|~[0-9]", summary.Out + log.Out);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Without_a_name_the_only_folder_is_meant_and_several_are_listed()
    {
        using var folder = new TempFolder();
        var none = await ChildProcess.RunAsync(folder.Path, "status");
        await ReplayAsync(folder, ".perpkeel/one");
        var one = await ChildProcess.RunAsync(folder.Path, "status");
        await ReplayAsync(folder, ".perpkeel/two");
        var two = await ChildProcess.RunAsync(folder.Path, "journal", "verify");

        Assert.Equal((ExitCode.Failed, ExitCode.Ok, ExitCode.Failed), (none.Code, one.Code, two.Code));
        Assert.Equal(
            "error: .perpkeel: no journal is there. Start with perpkeel run, or name a folder with --data.",
            Assert.Single(none.Errors));
        Assert.Contains("\nfolder    .perpkeel/one\n", one.Out, StringComparison.Ordinal);
        Assert.Equal(
            "error: Several folders have journals: .perpkeel/one, .perpkeel/two. Name one with --data.",
            Assert.Single(two.Errors));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("journal", "verify")]
    public async Task A_folder_without_a_journal_is_named(params string[] verb)
    {
        using var folder = new TempFolder();

        var told = await RunAsync([.. verb, "--data", folder.Path]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.StartsWith(
            $"error: {folder.Path}: no journal is there.", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_mark_the_deposit_is_shown()
    {
        using var folder = new TempFolder();
        await SummaryAsync(
            folder.File("data"),
            ["--duration", "10s", "--set", "venue.latencyMs=1950", .. Candles(folder)]);

        var told = await RunAsync("status", "--data", folder.File("data"));

        Assert.Contains(
            "\nequity    10,000.00 USD deposited; not marked yet", told.Out, StringComparison.Ordinal);
    }

    private static string[] Run(TempFolder folder) =>
        [.. Eager, "--duration", "5h", .. Candles(folder)];

    private static string[] Candles(TempFolder folder) =>
        ["--replay", Recording.Write(folder.File("candles"), rows: 400)];

    private static Task<Told> ReplayAsync(TempFolder folder, string data) =>
        SummaryAsync(folder.File(data), Run(folder));
}
