using System.Globalization;
using System.Text.Json;
using Perpkeel.Cli;
using Perpkeel.Cli.Running;
using Perpkeel.Storage.Journal;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

[Trait("Req", "CLI-1")]
[Trait("Req", "PAP-1")]
public sealed class SyntheticRunTests
{
    [Fact]
    public async Task The_last_line_is_one_object_with_money_as_text_and_counts_as_numbers()
    {
        using var folder = new TempFolder();

        var told = await SummaryAsync(folder.Path, [.. Eager, "--duration", "10m"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        foreach (var money in (string[])["realisedPnl", "fees", "funding", "maxDrawdown", "equity"])
        {
            Assert.True(decimal.TryParse(told.Text(money), CultureInfo.InvariantCulture, out _), money);
        }

        foreach (var count in (string[])
        [
            "rows", "events", "eventsPerSecond", "decisions", "orders", "fills", "secondsUnprotected",
            "unprotectedP99Ms", "liquidations", "peakMemoryBytes", "elapsedSeconds",
        ])
        {
            Assert.Equal(JsonValueKind.Number, told.Json.GetProperty(count).ValueKind);
        }

        Assert.Matches("^[0-9a-f]{64}$", told.Text("journalHash"));
        Assert.True(told.Count("fills") > 0);
        Assert.Equal(0, told.Count("secondsUnprotected"));
        Assert.Equal("time-is-up", told.Text("ended"));
    }

    [Fact]
    [Trait("Req", "QA-1")]
    public async Task The_same_seed_gives_the_same_journals_and_another_gives_others()
    {
        using var folder = new TempFolder();

        var first = await SummaryAsync(folder.File("a"), [.. Eager, "--duration", "10m"]);
        var second = await SummaryAsync(folder.File("b"), [.. Eager, "--duration", "10m"]);
        var other = await SummaryAsync(folder.File("c"), [.. Eager, "--duration", "10m", "--seed", "8"]);

        Assert.Equal(first.Hashes, second.Hashes);
        Assert.NotEqual(first.Hashes.Account, other.Hashes.Account, StringComparer.Ordinal);
        Assert.NotEqual(first.Hashes.Venue, other.Hashes.Venue, StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public async Task Two_halves_end_where_one_whole_ends()
    {
        using var folder = new TempFolder();

        var whole = await SummaryAsync(folder.File("whole"), "--duration", "40m");
        await SummaryAsync(folder.File("halves"), "--duration", "20m");
        var halves = await SummaryAsync(folder.File("halves"), "--duration", "20m");

        Assert.Equal(whole.Hashes, halves.Hashes);
        Assert.Equal(whole.Text("engineTime"), halves.Text("engineTime"));
        Assert.Equal(whole.Text("equity"), halves.Text("equity"));
        Assert.True(whole.Count("fills") > 0);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public async Task A_venue_s_past_is_not_continued_with_another_latency()
    {
        using var folder = new TempFolder();
        var before = await SummaryAsync(folder.Path, "--set", "venue.latencyMs=600", "--duration", "1m");

        var told = await SummaryAsync(folder.Path, "--duration", "1m");

        Assert.Equal((ExitCode.Ok, ExitCode.Failed), (before.Code, told.Code));
        Assert.Contains("latency ms 600 (now 50)", told.Error, StringComparison.Ordinal);
        Assert.Contains("--data", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public async Task A_folder_of_another_market_model_is_refused()
    {
        using var folder = new TempFolder();
        var storm = await SummaryAsync(folder.Path, "--duration", "1m", "--market-model", "storm");

        var told = await SummaryAsync(folder.Path, "--duration", "1m");

        Assert.Equal((ExitCode.Ok, ""), (storm.Code, storm.Error));
        Assert.Equal("synthetic market, seed 7, storm", storm.Text("source"));
        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.StartsWith(
            $"error: {folder.Path}: the folder holds the account paper/synthetic-storm-7/local, not "
            + "paper/synthetic-7/local.",
            Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_another_market_is_refused_and_stays_as_it_is()
    {
        using var folder = new TempFolder();
        var before = await SummaryAsync(folder.Path, "--duration", "1m");

        var told = await SummaryAsync(folder.Path, "--duration", "1m", "--seed", "8");

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Equal(
            $"error: {folder.Path}: the folder holds the account paper/synthetic-7/local, not "
            + "paper/synthetic-8/local. Choose another folder with --data, or run with that "
            + "account's market.",
            Assert.Single(told.Errors));
        var after = await RunAsync("status", "--json", "--data", folder.Path);
        Assert.Equal(before.Hashes.Account, after.Text("journalHash"));
    }

    [Fact]
    public async Task A_second_run_in_a_folder_is_refused()
    {
        using var folder = new TempFolder();
        using var held = SqliteRecordLog.Open(RunFolder.JournalOf(folder.Path));

        var told = await SummaryAsync(folder.Path, "--duration", "1m");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Equal(
            $"error: {RunFolder.JournalOf(folder.Path)}: Another process writes to it. "
            + "Another perpkeel runs with this folder: stop it, or choose another with --data.",
            Assert.Single(told.Errors));
    }

    [Fact]
    public async Task A_stopped_run_says_what_stands_open_and_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop, " filled ");
        var world = World() with { Out = output };

        var code = await CommandTree.RunAsync(
            ["run", "--speed", "max", "--data", folder.Path, .. Eager], world, stop.Token);
        var told = new Told(code, output.ToString(), world.Error.ToString()!);
        var again = await RunAsync("run", "--speed", "max", "--data", folder.Path, "--duration", "1s");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains(
            told.Lines, line => line.StartsWith("ended          stopped at ", StringComparison.Ordinal));
        Assert.Contains("Open; start again to continue:", told.Lines, StringComparer.Ordinal);
        Assert.Matches(
            "\n  [A-Z]+-USD (long|short) [0-9.]+ of [0-9.]+, stop [0-9.]+ at the venue, "
            + "no target at the venue yet\n", told.Out);
        Assert.Matches("as fast as possible, goes on at 2026-01-01 00:0[0-9]:[0-9]{2} UTC", again.Lines[0]);
    }

    [Fact]
    public async Task The_log_tells_the_trade_from_decision_to_end()
    {
        using var folder = new TempFolder();

        var told = await RunAsync(
            ["run", "--speed", "max", "--duration", "10m", "--data", folder.Path, .. Eager]);

        Assert.Equal("paper account on synthetic market, seed 7, as fast as possible", told.Lines[0]);
        Assert.Contains(" account opened on synthetic market, seed 7", told.Out, StringComparison.Ordinal);
        Assert.Matches("sniper: enter [A-Z]+-USD (long|short), ", told.Out);
        Assert.Matches("planned (buy|sell) [0-9.]+, sized by ", told.Out);
        Assert.Matches("filled (buy|sell) [0-9.]+ at [0-9.]+, fee ", told.Out);
        Assert.Matches("ended by [a-z-]+: [+-][0-9,.]+ ", told.Out);
        Assert.Matches("\nrealised P&L   [+-][0-9,]+\\.[0-9]{2} USD, fees and funding included\n", told.Out);
        Assert.Matches("\nmax drawdown   [0-9]+\\.[0-9]{2} %, marked hourly\n", told.Out);
    }

    [Fact]
    public async Task The_pace_is_said()
    {
        using var folder = new TempFolder();

        var told = await RunAsync("run", "--duration", "10s", "--speed", "100", "--data", folder.Path);

        Assert.Equal("paper account on synthetic market, seed 7, 100x", told.Lines[0]);
        Assert.Equal("Nothing is open.", told.Lines[^1]);
    }

    /// <summary>Asks for the end of the run as soon as a text was written.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop, string text)
        : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true) stop.Cancel();
        }
    }
}
