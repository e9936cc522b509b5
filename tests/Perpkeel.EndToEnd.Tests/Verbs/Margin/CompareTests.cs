using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-8")]
public sealed class CompareTests
{
    private const string Old =
        """
        venue: v
        asOf: 2026-01-01
        quote: USDT
        symbols:
          A:
            - { floor: 0, cap: 100k, rate: 0.01, leverage: 50 }
            - { floor: 100k, cap: 1000k, rate: 0.02, leverage: 20 }
          B: [ { floor: 0, cap: 10k, rate: 0.01, leverage: 50 } ]
          C: [ { floor: 0, cap: 10k, rate: 0.01, leverage: 50 } ]
        """;

    private const string New =
        """
        venue: v
        asOf: 2026-02-01
        quote: USDT
        symbols:
          A:
            - { floor: 0, cap: 50k, rate: 0.01, leverage: 50 }
            - { floor: 50k, cap: 500k, rate: 0.04, leverage: 10 }
          C: [ { floor: 0, cap: 10k, rate: 0.01, leverage: 50 } ]
          D: [ { floor: 0, cap: 10k, rate: 0.01, leverage: 50 } ]
        """;

    [Fact]
    public async Task Two_books_are_compared_symbol_by_symbol()
    {
        using var folder = new TempFolder();
        var (old, now) = Write(folder);

        var told = await RunAsync("margin", "compare", "--tiers", old, "--with", now);
        var json = await RunAsync("margin", "compare", "--tiers", old, "--with", now, "--json");
        var same = await RunAsync("margin", "compare", "--with", "binance");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches("margin-compare-books", told.Out);
        Assert.Equal(
            "A|D|B|C",
            string.Join('|', ((string[])["changed", "added", "removed", "unchanged"])
                .Select(name => Assert.Single(json.Json.GetProperty(name).EnumerateArray()).GetString())));
        Assert.Equal(
            "binance 2026-07-02 -> binance 2026-07-02: 0 changed, 0 added, 0 removed, 13 the same\n",
            same.Out);
    }

    [Fact]
    public async Task A_symbol_is_compared_range_by_range_with_what_it_does_to_a_position()
    {
        using var folder = new TempFolder();
        var (old, now) = Write(folder);
        string[] compare =
            ["margin", "compare", "A", "--tiers", old, "--with", now, "--position", "long 1500 @ 100 20x"];

        var told = await RunAsync(compare);
        var json = await RunAsync([.. compare, "--json"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches("margin-compare", told.Out);
        var position = json.Json.GetProperty("position");
        Assert.Equal("2500", position.GetProperty("maintenanceChange").GetString());
        Assert.Equal("2000", position.GetProperty("before").GetProperty("maintenance").GetString());
        Assert.Equal("4500", position.GetProperty("after").GetProperty("maintenance").GetString());
        Assert.Equal(4, json.Json.GetProperty("rows").GetArrayLength());
        Assert.False(position.GetProperty("becomesLiquidatable").GetBoolean());
    }

    [Theory]
    [InlineData("B", "error: B: v 2026-02-01 has no tiers for it.")]
    [InlineData("D", "error: D: v 2026-01-01 has no tiers for it.")]
    public async Task A_symbol_that_only_one_has_is_refused_with_the_one_that_has_it_not(
        string symbol, string message)
    {
        using var folder = new TempFolder();
        var (old, now) = Write(folder);

        var told = await RunAsync("margin", "compare", symbol, "--tiers", old, "--with", now);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.StartsWith(message, Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--position goes with a symbol.", "--position", "long 1 @ 5 2x")]
    [InlineData("--position long 1: it ends too early.", "BTCUSDT", "--position", "long 1")]
    [InlineData(
        "--position long x @ 5 2x: size x: this is no number.", "BTCUSDT", "--position", "long x @ 5 2x")]
    [InlineData("The size is 0.", "BTCUSDT", "--position", "long 0 @ 5 2x")]
    public async Task A_position_that_is_none_is_refused(string message, params string[] words)
    {
        var told = await RunAsync(["margin", "compare", "--with", "binance", .. words]);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {message}", told.Errors[0], StringComparison.Ordinal);
    }

    private static (string Old, string New) Write(TempFolder folder)
    {
        var (old, now) = (folder.File("old.yaml"), folder.File("new.yaml"));
        File.WriteAllText(old, Old.Replace("k", "000", StringComparison.Ordinal));
        File.WriteAllText(now, New.Replace("k", "000", StringComparison.Ordinal));
        return (old, now);
    }
}
