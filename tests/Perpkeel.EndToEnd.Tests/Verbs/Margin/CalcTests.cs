using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-3")]
[Trait("Req", "MAR-8")]
public sealed class CalcTests
{
    private static readonly string[] FiveMillion =
        ["CLASSIC-BTC-2021", "long", "100", "--entry", "50000", "--leverage", "20", "--tiers", "classic"];

    [Fact]
    public async Task A_long_of_five_million_is_told_in_full()
    {
        var told = await RunAsync(["margin", "calc", .. FiveMillion]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches("margin-calc", told.Out);
    }

    [Fact]
    public async Task As_json_amounts_are_exact_texts()
    {
        var told = await RunAsync(["margin", "calc", .. FiveMillion, "--json"]);

        Assert.Equal(ExitCode.Ok, told.Code);
        Assert.Single(told.Lines);
        Assert.Equal("48550.769230769230769230769231", told.Text("liquidationPrice"));
        Assert.Equal("48550.76923076", told.Text("liquidationPriceShown"));
        Assert.Equal("48550.76923077", told.Text("liquidationPriceAlert"));
        Assert.Equal(("108700", "250000"), (told.Text("maintenance"), told.Text("initial")));
        Assert.Equal(("0.4348", "47500"), (told.Text("marginRatio"), told.Text("bankruptcyPrice")));
        Assert.Equal((4, 4), (told.Count("tier"), told.Count("liquidationTier")));
        Assert.Equal(("USDT", "-0.0289"), (told.Text("quoteAsset"), told.Text("liquidationDistance")));
        Assert.True(told.Json.GetProperty("isWithinLimits").GetBoolean());
    }

    [Theory]
    [InlineData("short 100", "51378.53658536")]
    [InlineData("long 20.4", "47915.42879778")]
    [InlineData("long --notional 5M", "48550.76923076")]
    [InlineData("long 100 --mark 49000", "48550.76923076")]
    [InlineData("LONG 100 --wallet 250k", "48550.76923076")]
    [InlineData(
        "long 100 --cross --wallet 400000 --other-maintenance 100k --other-pnl -50000", "48550.76923076")]
    public async Task Sides_modes_and_spellings_give_the_known_prices(string words, string price)
    {
        var told = await RunAsync(
        [
            "margin", "calc", "CLASSIC-BTC-2021", .. words.Split(' '), "--entry", "50000",
            "--leverage", "20x", "--tiers", "classic", "--json",
        ]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(price, told.Text("liquidationPriceShown"));
    }

    [Fact]
    public async Task A_position_without_a_liquidation_price_says_so()
    {
        string[] calc = ["margin", "calc", "BTCUSDT", "long", "1", "--entry", "50000", "--leverage", "1"];

        var text = await RunAsync([.. calc, "--wallet", "50k"]);
        var json = await RunAsync([.. calc, "--wallet", "50k", "--json"]);
        var lost = await RunAsync([.. calc[..3], "short", .. calc[4..], "--wallet", "-60k"]);

        Assert.Contains(
            "\nliquidation        none: the margin balance lasts", text.Out, StringComparison.Ordinal);
        Assert.Contains("\nbankruptcy         none above zero\n", text.Out, StringComparison.Ordinal);
        Assert.Equal("never", json.Text("liquidation"));
        Assert.Equal(JsonValueKind.Null, json.Json.GetProperty("liquidationPrice").ValueKind);
        Assert.Contains("\nliquidation        at every price", lost.Out, StringComparison.Ordinal);
        Assert.Contains("infinite, liquidatable", lost.Out, StringComparison.Ordinal);
        Assert.Contains("\nnote: the margin balance does not exceed", lost.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1500", "20x allows up to $10,000,000 and tier 7 up to 4x")]
    [InlineData("20000", "the notional is beyond the last cap $500,000,000")]
    public async Task A_position_beyond_a_limit_is_reckoned_with_a_note(string size, string note)
    {
        var told = await RunAsync(
            "margin", "calc", "CLASSIC-BTC-2021", "long", size, "--entry", "50000", "--leverage", "20",
            "--tiers", "classic");

        Assert.Equal(ExitCode.Ok, told.Code);
        Assert.Contains($"\nnote: {note}", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_legs_of_hedge_mode_have_two_prices()
    {
        string[] calc =
        [
            "margin", "calc", "CLASSIC-BTC-2021", "long", "0.625", "--entry", "101562.5", "--leverage", "20",
            "--cross", "--wallet", "4806.25", "--hedge", "0.46875@93750", "--mark", "100k", "--tiers",
            "classic",
        ];

        var text = await RunAsync(calc);
        var json = await RunAsync([.. calc, "--json"]);
        var turned = await RunAsync(
        [
            "margin", "calc", "CLASSIC-BTC-2021", "short", "0.46875", "--entry", "93750", "--leverage", "20",
            "--cross", "--wallet", "4806.25", "--hedge", "0.625@101562.5", "--mark", "100k", "--tiers",
            "classic", "--json",
        ]);

        Assert.Equal((ExitCode.Ok, ""), (text.Code, text.Error));
        Golden.Matches("margin-calc-hedge", text.Out);
        Assert.StartsWith("97024.79338842", json.Text("lowerLiquidationPrice"), StringComparison.Ordinal);
        Assert.Equal("426819200", json.Text("upperLiquidationPrice"));
        Assert.Equal(json.Text("lowerLiquidationPrice"), json.Text("nearestLiquidationPrice"));
        Assert.Equal(json.Out, turned.Out);
    }

    [Fact]
    public async Task Amounts_are_in_the_symbols_quote_asset_and_names_in_any_script()
    {
        var inBitcoin = await RunAsync(
            "margin", "calc", "ETHBTC", "long", "200", "--entry", "0.04", "--leverage", "50");
        var named = await RunAsync(
            "margin", "calc", "币安人生USDT", "short", "1k", "--entry", "0.1", "--leverage", "5");

        Assert.Contains("\nnotional           8.00000000 BTC\n", inBitcoin.Out, StringComparison.Ordinal);
        Assert.StartsWith("币安人生USDT short 1,000 at $0.1, 5x isolated\n", named.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_says_the_quote_asset_amounts_are_in_quote_units()
    {
        using var folder = new TempFolder();
        var file = folder.File("mine.yaml");
        await File.WriteAllTextAsync(
            file,
            "venue: mine\nasOf: 2026-01-31\nsymbols:\n"
            + "  X: [ { floor: 0, cap: 9, rate: 0.5, leverage: 2 } ]\n",
            TestContext.Current.CancellationToken);

        var told = await RunAsync(
            "margin", "calc", "X", "long", "2", "--entry", "3", "--leverage", "2", "--tiers", file);

        Assert.Contains("\nmaintenance        3.00000000 quote units\n", told.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BTCUSD", "binance 2026-07-02 has no tiers for it. Did you mean BTCUSDC or BTCUSDT?")]
    [InlineData("btcusdt", "binance 2026-07-02 has no tiers for it. Did you mean BTCUSDT")]
    [InlineData("ETH", "binance 2026-07-02 has no tiers for it. Did you mean ETHBTC or ETHUSDT?")]
    [InlineData("NOWHERE", "binance 2026-07-02 has no tiers for it. perpkeel margin tiers lists its ")]
    [InlineData("", "binance 2026-07-02 has no tiers for it.")]
    public async Task An_unknown_symbol_never_falls_back_to_another(string symbol, string message)
    {
        var told = await RunAsync(
            "margin", "calc", symbol, "long", "1", "--entry", "50000", "--leverage", "20");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.StartsWith(
            $"error: {symbol}: {message}", Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("long -1 --entry 50000 --leverage 20", "The size is -1. Give one above zero; long or short")]
    [InlineData("long 0 --entry 50000 --leverage 20", "The size is 0. Give one above zero")]
    [InlineData("long 1 --entry 0 --leverage 20", "The entry price is 0. Give one above zero.")]
    [InlineData("long 1 --entry=-5 --leverage 20", "The entry price is -5. Give one above zero.")]
    [InlineData("long 1 --entry 50000 --leverage 0.5", "The leverage is 0.5. Give 1 or more.")]
    [InlineData("long 1 --entry 50000 --leverage 20 --mark 0", "The mark price is 0. Give one above zero.")]
    [InlineData(
        "long 1e30 --entry 50000 --leverage 20", "size 1e30: this has more digits than can be reckoned")]
    [InlineData(
        "long 1e20 --entry 50000 --leverage 20", "The size is 100000000000000000000. The most that is")]
    [InlineData("long 1 --entry 1e13 --leverage 20", "The entry price is 10000000000000. The most that is")]
    [InlineData("long 1 --entry NaN --leverage 20", "--entry NaN: this is no number. Write it like 50000")]
    [InlineData("long 1 --entry 50,000 --leverage 20", "--entry 50,000: write it without separators: 50000.")]
    [InlineData("long one --entry 50000 --leverage 20", "size one: this is no number.")]
    [InlineData("up 1 --entry 50000 --leverage 20", "up: this is no side. Write long or short.")]
    [InlineData("long --entry 50000 --leverage 20", "Give either a size in base units or --notional")]
    [InlineData("long 1 --notional 5M --entry 50000 --leverage 20", "Give either a size in base units or")]
    [InlineData("long --notional 1e-9 --entry 50000 --leverage 20", "The notional 0.000000001 is less than")]
    [InlineData(
        "long --notional 1e21 --entry 50000 --leverage 20", "The notional is 1000000000000000000000.")]
    [InlineData(
        "long 1 --entry 50000 --leverage 20 --cross", "A cross position is backed by the whole cross")]
    [InlineData(
        "long 1 --entry 50000 --leverage 20 --other-pnl 5", "--other-maintenance, --other-pnl and --hedge")]
    [InlineData(
        "long 1 --entry 50000 --leverage 20 --cross --wallet 1 --hedge 5", "--hedge 5: this is no leg.")]
    [InlineData("long 1 --entry 50000 --leverage 20 --cross --wallet 1 --hedge 0@5", "")]
    [InlineData(
        "long 1 --entry 50000 --leverage 20 --cross --wallet 1 --other-maintenance=-1", "The maintenance of")]
    [InlineData("long 1 --leverage 20", "Option '--entry' is required.")]
    public async Task What_is_wrong_with_a_position_is_told_in_a_line(string words, string message)
    {
        var told = await RunAsync(["margin", "calc", "BTCUSDT", .. words.Split(' ')]);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {message}", told.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var told = await RunAsync(
            "margin", "calc", "BTCUSDT", "long", "x", "--entry", "y", "--leverage", "z", "--wallet", "w");
        var numbers = await RunAsync(
            "margin", "calc", "BTCUSDT", "long", "-1", "--entry", "0", "--leverage", "0", "--cross");

        Assert.Equal(4, told.Errors.Length);
        Assert.Equal(4, numbers.Errors.Length);
    }

    [Fact]
    public async Task Tiers_come_from_a_file_or_by_name()
    {
        using var folder = new TempFolder();
        var file = folder.File("mine-2026-01-31.json");
        await File.WriteAllTextAsync(
            file,
            """[{"symbol":"BTCUSDT","brackets":[{"initialLeverage":20,"notionalFloor":0,"notionalCap":1e9,"""
            + "\"maintMarginRatio\":\"0.02\"}]}]",
            TestContext.Current.CancellationToken);
        string[] calc = ["margin", "calc", "BTCUSDT", "long", "1", "--entry", "50000", "--leverage", "20",
            "--json"];

        var told = await RunAsync([.. calc, "--tiers", file]);
        var missing = await RunAsync([.. calc, "--tiers", folder.File("none.json")]);
        var unnamed = await RunAsync([.. calc, "--tiers", "aster"]);
        var directory = await RunAsync([.. calc, "--tiers", folder.Path]);

        Assert.Equal("1000", told.Text("maintenance"));
        Assert.StartsWith("mine 2026-01-31 (", told.Text("tiers"), StringComparison.Ordinal);
        Assert.Equal(
            (ExitCode.Failed, ExitCode.Failed, ExitCode.Failed),
            (missing.Code, unnamed.Code, directory.Code));
        Assert.StartsWith(
            $"error: {folder.File("none.json")}: The file cannot be read: ", Assert.Single(missing.Errors),
            StringComparison.Ordinal);
        Assert.Equal(
            "error: aster: there is no such file, and no tiers come by that name. Those that come with the "
            + "program are binance and classic.", Assert.Single(unnamed.Errors));
        Assert.StartsWith(
            $"error: {folder.Path}: This is a folder. ", Assert.Single(directory.Errors),
            StringComparison.Ordinal);
    }
}
