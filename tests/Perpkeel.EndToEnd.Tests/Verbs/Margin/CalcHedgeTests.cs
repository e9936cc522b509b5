using System.Text.Json;
using Perpkeel.Cli.Running;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-3")]
[Trait("Req", "MAR-8")]
public sealed class CalcHedgeTests
{
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
        var (lower, upper) = (json.Json.GetProperty("lower"), json.Json.GetProperty("upper"));
        Assert.StartsWith("97024.79338842", Member(lower, "price"), StringComparison.Ordinal);
        Assert.Equal("97024.79338843", Member(lower, "priceAlert"));
        Assert.Equal("-0.02975206", Member(lower, "distance"));
        Assert.Equal(
            (2, 1, 9),
            (lower.GetProperty("longTier").GetInt32(), lower.GetProperty("shortTier").GetInt32(),
                upper.GetProperty("longTier").GetInt32()));
        Assert.Equal("426819200", Member(upper, "price"));
        Assert.Equal(Member(lower, "price"), json.Text("nearestLiquidationPrice"));
        Assert.Equal(json.Out, turned.Out);
    }

    [Fact]
    public async Task Two_legs_are_told_as_fully_as_one_position()
    {
        string[] calc =
        [
            "margin", "calc", "BTCUSDT", "short", "3", "--entry", "51000", "--leverage", "20", "--cross",
            "--wallet", "20000", "--hedge", "4@50000", "--mark", "50000", "--other-maintenance", "200",
            "--other-pnl=-300",
        ];

        var text = await RunAsync(calc);
        var json = await RunAsync([.. calc, "--json"]);

        Assert.Equal((ExitCode.Ok, ""), (text.Code, text.Error));
        Golden.Matches("margin-calc-hedge-others", text.Out);
        Assert.Equal(
            ("20", "cross", "200", "-300"),
            (json.Text("leverage"), json.Text("mode"), json.Text("otherMaintenance"),
                json.Text("otherUnrealizedPnl")));
        Assert.Equal(
            ("350000", "17500", "1600", "22700"),
            (json.Text("notional"), json.Text("initial"), json.Text("totalMaintenance"),
                json.Text("marginBalance")));
        var leg = json.Json.GetProperty("long");
        Assert.Equal(
            ("4", "200000", "10000", 1),
            (Member(leg, "size"), Member(leg, "notional"), Member(leg, "initial"),
                leg.GetProperty("tier").GetInt32()));
        Assert.True(json.Json.GetProperty("isWithinLimits").GetBoolean());
    }

    [Theory]
    [InlineData("1500", "20", "20x allows up to $10,000,000 and tier 8 up to 3x: an order for these")]
    [InlineData("6000", "20", "the notional is beyond the last cap $500,000,000")]
    [InlineData("1", "126", "126x is above what any tier allows")]
    public async Task The_limits_are_held_against_both_legs_together(
        string size, string leverage, string note)
    {
        string[] calc =
        [
            "margin", "calc", "CLASSIC-BTC-2021", "long", size, "--entry", "50000", "--leverage", leverage,
            "--cross", "--wallet", "1B", "--hedge", size + "@50000", "--tiers", "classic",
        ];

        var text = await RunAsync(calc);
        var json = await RunAsync([.. calc, "--json"]);

        Assert.Contains($"\nnote: {note}", text.Out, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("isWithinLimits").GetBoolean());
    }

    [Fact]
    public async Task A_hedge_that_is_lost_is_told_so()
    {
        var told = await RunAsync(
            "margin", "calc", "BTCUSDT", "long", "1", "--entry", "50000", "--leverage", "20", "--cross",
            "--wallet=-1", "--hedge", "1@50000");

        Assert.Contains("\nliquidation        at every price", told.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\nnote: the margin balance does not exceed the maintenance margin", told.Out,
            StringComparison.Ordinal);
    }

    private static string? Member(JsonElement of, string name) => of.GetProperty(name).GetString();
}
