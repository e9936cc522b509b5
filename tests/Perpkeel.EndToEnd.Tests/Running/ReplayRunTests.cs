using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

[Trait("Req", "CLI-1")]
[Trait("Req", "PAP-2")]
public sealed class ReplayRunTests
{
    private const int Rows = 400;

    [Fact]
    public async Task A_recording_is_traded_to_its_end_and_every_row_counted()
    {
        using var folder = new TempFolder();
        Recording.Write(folder.File("candles"), Rows);
        foreach (var asset in (string[])["BTC", "ETH", "SOL"])
        {
            Recording.WriteFunding(folder.File("funding"), asset, hours: 7, rate: "0.0001");
        }

        var told = await SummaryAsync(
            folder.File("data"),
            [.. Eager, "--replay", folder.File("candles"), "--funding", folder.File("funding")]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(3 * Rows, told.Count("rows"));
        Assert.Equal("finished", told.Text("ended"));
        Assert.True(told.Count("fills") > 10, told.Out);
        Assert.NotEqual("0", told.Text("funding"), StringComparer.Ordinal);
        Assert.DoesNotContain(
            "assumed", told.Json.GetProperty("remarks").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_folder_a_finished_recording_begins_again()
    {
        using var folder = new TempFolder();
        Recording.Write(folder.File("candles"), Rows);
        string[] run = ["run", "--replay", "candles", "--speed", "max", "--json", .. Eager];

        var first = await ChildProcess.RunAsync(folder.Path, run);
        var second = await ChildProcess.RunAsync(folder.Path, run);
        var log = await ChildProcess.RunAsync(folder.Path, [.. run.Where(word => word is not "--json")]);

        Assert.Equal((ExitCode.Ok, ""), (first.Code, first.Error));
        Assert.Equal(first.Hashes, second.Hashes);
        Assert.Equal(first.Count("journalRecords"), second.Count("journalRecords"));
        Assert.Contains(" filled ", log.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("goes on", log.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_folder_a_finished_recording_stays_finished()
    {
        using var folder = new TempFolder();
        Recording.Write(folder.File("candles"), Rows);
        string[] run = [.. Eager, "--replay", folder.File("candles")];

        var first = await SummaryAsync(folder.File("data"), run);
        var second = await SummaryAsync(folder.File("data"), run);

        Assert.Equal(first.Hashes, second.Hashes);
        Assert.Equal(("finished", "finished"), (first.Text("ended"), second.Text("ended")));
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public async Task In_a_folder_a_recording_goes_on_piece_by_piece_to_the_same_end()
    {
        using var folder = new TempFolder();
        Recording.Write(folder.File("candles"), Rows);
        string[] run = [.. Eager, "--replay", folder.File("candles")];
        var whole = await SummaryAsync(folder.File("whole"), run);

        var pieces = new List<Told>();
        do
        {
            pieces.Add(await SummaryAsync(folder.File("pieces"), [.. run, "--duration", "97m"]));
        }
        while (pieces[^1].Text("ended") is not "finished" && pieces.Count < 10);

        Assert.Equal(5, pieces.Count);
        Assert.Equal(whole.Hashes, pieces[^1].Hashes);
    }

    [Fact]
    public async Task Gaps_and_assumptions_are_shown()
    {
        using var folder = new TempFolder();
        Recording.WriteFile(
            folder.File("BTC-USD.csv"), (0, "10,11,9,10,5"), (1, "10,11,9,10,5"), (5, "10,11,9,10,5"));

        var told = await RunAsync(
            "run", "--replay", folder.File("BTC-USD.csv"), "--speed", "max", "--data", folder.File("data"));

        Assert.Equal(ExitCode.Ok, told.Code);
        Assert.Contains(
            "note: BTC-USD: 1 gap from 2026-01-05 00:02 until 2026-01-05 00:05 UTC; "
            + "skipped, nothing is filled in",
            told.Lines, StringComparer.Ordinal);
        Assert.Contains(told.Lines, line => line.StartsWith("note: Fills: ", StringComparison.Ordinal)
            && line.Contains("10 % of a bar's volume", StringComparison.Ordinal));
        Assert.Contains("ended          the recording is over", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_in_use_does_not_begin_again()
    {
        using var folder = new TempFolder();
        Recording.Write(folder.File("candles"), 50);
        var first = await ChildProcess.RunAsync(
            folder.Path, "run", "--replay", "candles", "--speed", "max", "--json");
        var journal = RunFolder.JournalOf(folder.File(first.Text("data")));

        using (new FileStream(journal + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var second = await ChildProcess.RunAsync(
                folder.Path, "run", "--replay", "candles", "--speed", "max");

            Assert.Equal(ExitCode.Failed, second.Code);
            Assert.Contains(
                "or choose another with --data.", Assert.Single(second.Errors), StringComparison.Ordinal);
        }

        Assert.True(File.Exists(journal));
    }
}
