using System.Globalization;
using Perpkeel.Cli.Running;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-8")]
public sealed class ExplainTests
{
    private static readonly string[] Long =
        ["CLASSIC-BTC-2021", "long", "20.4", "--entry", "50000", "--leverage", "20", "--tiers", "classic"];

    [Fact]
    public async Task A_long_that_is_liquidated_in_another_tier_is_explained_tier_by_tier()
    {
        var told = await RunAsync(["margin", "explain", .. Long]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches("margin-explain", told.Out);
    }

    [Fact]
    public async Task The_parts_add_up_to_the_margin_and_one_tier_binds()
    {
        var told = await RunAsync(["margin", "explain", .. Long, "--json"]);

        var slices = told.Json.GetProperty("slices").EnumerateArray().ToList();
        var candidates = told.Json.GetProperty("candidates").EnumerateArray().ToList();
        var position = told.Json.GetProperty("position");
        Assert.Equal(
            Number(position.GetProperty("maintenance")),
            slices.Sum(part => Number(part.GetProperty("maintenance"))));
        Assert.Equal(
            Number(position.GetProperty("notional")), slices.Sum(part => Number(part.GetProperty("part"))));
        var binding = Assert.Single(candidates, one => one.GetProperty("binds").GetBoolean());
        Assert.Equal(3, binding.GetProperty("tier").GetProperty("tier").GetInt32());
        Assert.Equal(
            position.GetProperty("liquidationPrice").GetString(), binding.GetProperty("price").GetString());
        Assert.Equal(
            Number(position.GetProperty("liquidationPrice")),
            candidates.Max(one => Number(one.GetProperty("price"))));
    }

    [Fact]
    public async Task A_hedge_is_explained_by_the_lines_that_bind()
    {
        string[] explain =
        [
            "margin", "explain", "CLASSIC-BTC-2021", "long", "0.625", "--entry", "101562.5", "--leverage",
            "20", "--cross", "--wallet", "4806.25", "--hedge", "0.46875@93750", "--mark", "100k", "--tiers",
            "classic",
        ];

        var told = await RunAsync(explain);
        var json = await RunAsync([.. explain, "--json"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains(
            "\nliquidated below 97024.79338842: long in tier ", told.Out, StringComparison.Ordinal);
        Assert.Equal(told.Lines.Length, json.Json.GetProperty("lines").GetArrayLength());
        Assert.Equal(
            "426819200", json.Json.GetProperty("hedge").GetProperty("upperLiquidationPrice").GetString());
    }

    [Fact]
    public async Task A_wrong_position_and_an_unknown_symbol_are_refused_as_by_calc()
    {
        var wrong = await RunAsync(
            "margin", "explain", "BTCUSDT", "long", "x", "--entry", "1", "--leverage", "1");
        var unknown = await RunAsync(
            "margin", "explain", "BTC", "long", "1", "--entry", "1", "--leverage", "1");

        Assert.Equal((ExitCode.Usage, ExitCode.Failed), (wrong.Code, unknown.Code));
    }

    private static decimal Number(System.Text.Json.JsonElement text) =>
        decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
