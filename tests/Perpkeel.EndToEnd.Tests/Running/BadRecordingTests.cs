using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

/// <summary>Bad data is refused as a whole before anything is traded.</summary>
[Trait("Req", "PAP-2")]
public sealed class BadRecordingTests
{
    private const string Good = "10,11,9,10,5";

    public static TheoryData<string, string[]> BadRows => new()
    {
        { "0,10,11,9,10,5|0,10,11,9,10,5", ["line 3", "Remove one of the two."] },
        { "1,10,11,9,10,5|0,10,11,9,10,5", ["line 3", "Sort the file by ts_ms, oldest first."] },
        { "0,10,11,9,10,5|1,10,NaN,9,10,5", ["line 3", "high is 'NaN'", "Mend the number or"] },
        { "0,10,11,-9,10,5|1,10,11,9,10,5", ["line 2", "low is -9", "Mend or remove the line."] },
        { "0,10,11,9,10,-5|1,10,11,9,10,5", ["line 2", "volume is -5", "Mend or remove the line."] },
        { "0,10,11,9,10,5|1,10,11,9", ["line 3", "has 4 fields", "Mend or remove the line."] },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task A_bad_row_is_named_with_file_line_and_mend(string rows, string[] words)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("candles"));
        Recording.WriteFile(
            folder.File("candles/BTC-USD.csv"),
            [.. rows.Split('|').Select(row => (row[0] - '0', row[2..]))]);

        await RefusedAsync(folder, folder.File("candles"), ["BTC-USD.csv", .. words]);
    }

    [Fact]
    public async Task A_torn_file_is_refused()
    {
        using var folder = new TempFolder();
        var file = Recording.WriteFile(folder.File("BTC-USD.csv"), (0, Good), (1, Good), (2, Good));
        using (var torn = new FileStream(file, FileMode.Open)) torn.SetLength(torn.Length - 4);


        await RefusedAsync(folder, file, "BTC-USD.csv, line 4", "Copy the file again");
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        using var folder = new TempFolder();

        await RefusedAsync(folder, folder.File("nothing"), folder.File("nothing"), "Name a CSV file");
    }

    [Fact]
    public async Task Two_files_that_tell_different_things_of_one_market_are_both_named()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("candles"));
        Recording.WriteFile(folder.File("candles/a_BTC-USD.csv"), (0, Good), (1, Good));
        Recording.WriteFile(folder.File("candles/b_BTC-USD.csv"), (0, Good), (1, "10,11,9,11,5"));

        await RefusedAsync(
            folder, folder.File("candles"), "a_BTC-USD.csv and b_BTC-USD.csv", "Keep one of them");
    }

    [Fact]
    public async Task A_file_of_no_known_market_is_refused()
    {
        using var folder = new TempFolder();
        var file = Recording.WriteFile(folder.File("prices.csv"), (0, Good), (1, Good));

        await RefusedAsync(folder, file, "prices.csv", "such as BTCUSDT");
    }

    [Fact]
    public async Task Bad_funding_is_refused()
    {
        using var folder = new TempFolder();
        var file = Recording.WriteFile(folder.File("BTC-USD.csv"), (0, Good), (1, Good));
        Recording.WriteFunding(folder.File("funding"), "BTC", hours: 2, rate: "much");

        var told = await SummaryAsync(
            folder.File("data"), "--replay", file, "--funding", folder.File("funding"));

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Equal(2, told.Errors.Length);
        Assert.All(told.Errors, line => Assert.StartsWith(
            "error: replay.not-a-number: BTC.csv, line ", line, StringComparison.Ordinal));
    }

    private static async Task RefusedAsync(TempFolder folder, string path, params string[] words)
    {
        var told = await SummaryAsync(folder.File("data"), "--replay", path);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        var line = Assert.Single(told.Errors);
        Assert.StartsWith("error: replay.", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder.File("data")), "a journal was made");
    }
}
