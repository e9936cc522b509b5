using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

/// <summary>A run without its journals does not trade, says why, and loses nothing.</summary>
[Trait("Req", "STA-3")]
public sealed class JournalFaultTests
{
    private const int Rows = 600;

    [Theory]
    [InlineData("journal.db")]
    [InlineData("venue.db")]
    public async Task A_damaged_journal_is_refused_and_told_by_verify(string name)
    {
        using var folder = new TempFolder();
        var run = Run(folder);
        await SummaryAsync(folder.File("data"), [.. run, "--duration", "5h"]);
        var file = Path.Combine(folder.File("data"), name);
        Damage(file);

        var told = await SummaryAsync(folder.File("data"), run);
        var verified = await RunAsync("journal", "verify", "--data", folder.File("data"));

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        var line = Assert.Single(told.Errors);
        Assert.StartsWith($"error: {file}: ", line, StringComparison.Ordinal);
        Assert.Contains("go on from a backup", line, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unsound, verified.Code);
        Assert.Contains(name, verified.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("venue.db")]
    public async Task A_folder_with_one_of_its_two_journals_is_refused(string lost)
    {
        using var folder = new TempFolder();
        var run = Run(folder);
        await SummaryAsync(folder.File("data"), [.. run, "--duration", "5h"]);
        File.Delete(Path.Combine(folder.File("data"), lost));

        var verified = await RunAsync("journal", "verify", "--data", folder.File("data"));
        var told = await SummaryAsync(folder.File("data"), run);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        var line = Assert.Single(told.Errors);
        Assert.Contains("the two are not of one run", line, StringComparison.Ordinal);
        Assert.Contains("from one backup", line, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Ok, verified.Code);
    }

    [Fact]
    public async Task A_file_where_the_folder_should_be_is_named()
    {
        using var folder = new TempFolder();
        var file = Recording.WriteFile(folder.File("data"), (0, "1,1,1,1,1"));

        var told = await SummaryAsync(file, "--duration", "1s");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        var line = Assert.Single(told.Errors);
        Assert.StartsWith($"error: {file}: the folder cannot be made: ", line, StringComparison.Ordinal);
        Assert.EndsWith("Choose another with --data.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("journal.db"), "This is my diary. " + new string('.', 200),
            TestContext.Current.CancellationToken);

        var told = await SummaryAsync(folder.Path, "--duration", "1s");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("It is not a journal", Assert.Single(told.Errors), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(
            folder.File("journal.db"), TestContext.Current.CancellationToken);
        Assert.StartsWith("This is my diary.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_last_record_is_left_out_and_lived_again()
    {
        using var folder = new TempFolder();
        var run = Run(folder);
        var whole = await SummaryAsync(folder.File("whole"), run);
        var killed = folder.File("killed");
        await Kills.RunAndKillAsync(folder.Path, killed, run, whole.Count("journalRecords") / 2);
        foreach (var name in (string[])["journal.db-wal", "venue.db-wal"])
        {
            using var torn = new FileStream(Path.Combine(killed, name), FileMode.Open);
            torn.SetLength(Math.Max(0, torn.Length - 17));
            if (name is "journal.db-wal") Assert.True(torn.Length > 0, "nothing was left to tear");
        }

        var told = await SummaryAsync(killed, run);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(whole.Hashes, told.Hashes);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(400)]
    [InlineData(800)]
    public async Task Without_room_a_run_ends_and_with_room_it_goes_on(int kibibytes)
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        var run = Run(folder);
        var whole = await SummaryAsync(folder.File("whole"), run);

        // A limit on the size of files stands for a full disk: the same write fails, and needs no rights.
        var full = await ChildProcess.EndAsync(ChildProcess.Start(
            "bash", folder.Path,
            [
                "-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec dotnet \"$@\"", "bash",
                ChildProcess.Program, "run", "--speed", "max", "--json", "--data", folder.File("data"),
                .. run,
            ],
            ("DOTNET_EnableWriteXorExecute", "0")));
        var told = await SummaryAsync(folder.File("data"), run);

        Assert.Equal((ExitCode.Failed, ""), (full.Code, full.Out));
        var line = Assert.Single(full.Errors);
        Assert.StartsWith($"error: {folder.File("data")}", line, StringComparison.Ordinal);
        Assert.Contains("Make room on the disk and start again", line, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(whole.Hashes, told.Hashes);
    }

    private static string[] Run(TempFolder folder) =>
        [.. Eager, "--replay", Recording.Write(folder.File("candles"), Rows)];

    private static void Damage(string file)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = stream.Length / 2;
        var bytes = new byte[4_096];
        stream.ReadExactly(bytes);
        stream.Position -= bytes.Length;
        stream.Write([.. bytes.Select(value => (byte)(value ^ 0x5A))]);
    }
}
