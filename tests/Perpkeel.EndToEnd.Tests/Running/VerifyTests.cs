using Microsoft.Data.Sqlite;
using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

[Trait("Req", "STA-3")]
public sealed class VerifyTests
{
    [Fact]
    public async Task Sound_journals_are_told_record_by_record()
    {
        using var folder = new TempFolder();
        var run = await RunOnceAsync(folder);

        var told = await RunAsync("journal", "verify", "--data", folder.File("data"));

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal("Sound: every record is as it was written.", told.Lines[^1]);
        Assert.Contains(
            $": records 1..{run.Count("journalRecords")}: sound, head {run.Hashes.Account}\n", told.Out,
            StringComparison.Ordinal);
        Assert.Contains($": sound, head {run.Hashes.Venue}\n", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_was_altered_is_named_by_its_sequence()
    {
        using var folder = new TempFolder();
        await RunOnceAsync(folder);
        Alter(RunFolder.JournalOf(folder.File("data")), sequence: 7);

        var told = await RunAsync("journal", "verify", "--data", folder.File("data"));

        Assert.Equal(ExitCode.Unsound, told.Code);
        Assert.Contains(": records 7: ", told.Out, StringComparison.Ordinal);
        Assert.StartsWith("Not sound. ", told.Lines[^1], StringComparison.Ordinal);
    }

    private static async Task<Told> RunOnceAsync(TempFolder folder) => await SummaryAsync(
        folder.File("data"), [.. Eager, "--replay", Recording.Write(folder.File("candles"), rows: 200)]);

    private static void Alter(string file, int sequence)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE record SET payload = x'7b7d' WHERE sequence = $sequence";
        command.Parameters.AddWithValue("$sequence", sequence);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
