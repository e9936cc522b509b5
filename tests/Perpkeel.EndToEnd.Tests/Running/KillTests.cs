using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

[Trait("Req", "STA-3")]
[Trait("Req", "EXE-6")]
[Trait("Req", "QA-1")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 6;

    [Theory]
    [InlineData(1UL)]
    public async Task A_run_killed_again_and_again_ends_in_the_undisturbed_journals(ulong seed)
    {
        using var folder = new TempFolder();
        string[] run = [.. Eager, "--replay", Recording.Write(folder.File("candles"), rows: 1_500, seed)];
        var whole = await SummaryAsync(folder.File("whole"), run);
        var records = whole.Count("journalRecords");
        var chance = new Chance(seed);
        var moments = Enumerable.Range(0, Kills).Select(_ => 1L + chance.Below((int)(records * 9 / 10)))
            .Order().ToList();

        var killed = 0;
        foreach (var moment in moments)
        {
            var data = folder.File("killed");
            if (await Running.Kills.RunAndKillAsync(folder.Path, data, run, moment)) killed++;
        }

        var told = await SummaryAsync(folder.File("killed"), run);
        output.WriteLine($"{killed} kills at facts {string.Join(", ", moments)} of {records}");
        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(whole.Hashes, told.Hashes);
        Assert.Equal(whole.Count("orders"), told.Count("orders"));
        Assert.Equal(0, told.Count("secondsUnprotected"));
        Assert.Equal(Kills, killed);
        Assert.Equal(
            ExitCode.Ok, (await RunAsync("journal", "verify", "--data", folder.File("killed"))).Code);
    }
}
