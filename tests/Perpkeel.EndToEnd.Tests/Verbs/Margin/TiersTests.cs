using Perpkeel.Cli.Running;
using Spectre.Console;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-8")]
public sealed class TiersTests
{
    [Fact]
    public async Task The_tiers_of_a_symbol_are_shown_with_the_way_to_the_next()
    {
        var told = await RunAsync("margin", "tiers", "BTCUSDT", "--at", "5M", "--price", "50000");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches("margin-tiers", told.Out);
    }

    [Fact]
    public async Task The_symbols_are_listed()
    {
        var told = await RunAsync("margin", "tiers");

        Golden.Matches("margin-tiers-list", told.Out);
    }

    [Fact]
    public async Task As_json_a_cap_is_exact_and_belongs_to_its_tier()
    {
        var at = await RunAsync("margin", "tiers", "BTCUSDT", "--at", "3M", "--price", "60000", "--json");
        var above = await RunAsync("margin", "tiers", "BTCUSDT", "--at", "3000000.01", "--json");
        var list = await RunAsync("margin", "tiers", "--tiers", "classic", "--json");
        var listed = Assert.Single(list.Json.GetProperty("symbols").EnumerateArray());

        var marked = at.Json.GetProperty("at");
        Assert.Equal(3, marked.GetProperty("tier").GetInt32());
        Assert.Equal("0", marked.GetProperty("above").GetProperty("notional").GetString());
        Assert.Equal(4, marked.GetProperty("above").GetProperty("tier").GetInt32());
        Assert.Equal("2200000", marked.GetProperty("below").GetProperty("notional").GetString());
        Assert.Equal(4, above.Json.GetProperty("at").GetProperty("tier").GetInt32());
        Assert.Equal("2026-07-02", above.Text("asOf"));
        Assert.Equal(12, above.Json.GetProperty("tiers").GetArrayLength());
        Assert.Equal("CLASSIC-BTC-2021", listed.GetProperty("symbol").GetString());
    }

    [Theory]
    [InlineData("--at", "1", "tier               1, up to 25x\n")]
    [InlineData("--at", "9223372036854775807", "tier above|end of table")]
    [InlineData("--at", "9223372036854775808", ", beyond the last cap: orders that add to it are refused\n")]
    public async Task A_cap_as_large_as_a_whole_number_gets_is_a_cap_as_any(
        string option, string at, string text)
    {
        var told = await RunAsync("margin", "tiers", "BTCSTUSDT", option, at, "--price", "0.000001");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Matches(text, told.Out);
    }

    [Theory]
    [InlineData("--at goes with a symbol.", "--at", "5M")]
    [InlineData("--price goes with --at.", "BTCUSDT", "--price", "5")]
    [InlineData("--at -5: give one above zero.", "BTCUSDT", "--at=-5")]
    [InlineData("--at 0: give one above zero.", "BTCUSDT", "--at", "0")]
    [InlineData("--at lots: this is no number.", "BTCUSDT", "--at", "lots")]
    [InlineData("The notional is 1000000000000000000000. ", "BTCUSDT", "--at", "1e21")]
    [InlineData("The mark price is 10000000000000. ", "BTCUSDT", "--at", "1", "--price", "1e13")]
    public async Task What_does_not_go_together_is_told(string message, params string[] words)
    {
        var told = await RunAsync(["margin", "tiers", .. words]);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {message}", told.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_symbol_is_refused()
    {
        var told = await RunAsync("margin", "tiers", "BTCUSD");

        Assert.Equal(ExitCode.Failed, told.Code);
    }

    [Fact]
    public async Task In_a_terminal_the_table_has_a_frame()
    {
        var screen = new StringWriter();
        var world = World() with
        {
            HasTerminal = true,
            Terminal = () => AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(screen),
                Ansi = AnsiSupport.No,
            }),
        };

        var told = await RunAsync(world, "margin", "tiers", "币安人生USDT", "--at", "15000");

        Assert.Equal(ExitCode.Ok, told.Code);
        Assert.Contains('╭', screen.ToString());
        Assert.DoesNotContain('╭', told.Out);
    }
}
