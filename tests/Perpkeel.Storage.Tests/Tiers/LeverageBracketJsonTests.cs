using Perpkeel.Core.Margin.Tiers;
using Xunit;
using static Perpkeel.Storage.Tests.Tiers.TierFileData;

namespace Perpkeel.Storage.Tests.Tiers;

[Trait("Req", "MAR-4")]
public sealed class LeverageBracketJsonTests
{
    private const string Row =
        """
        {"bracket":1,"initialLeverage":10,"notionalCap":100,"notionalFloor":0,"maintMarginRatio":0.1,"cum":0}
        """;

    [Fact]
    public void The_exchanges_answer_is_taken_as_it_comes()
    {
        const string json =
            """
            [
              {"symbol":"BTCUSDT","notionalCoef":1,"more":{"a":[1,2]},"brackets":[
                {"bracket":2,"initialLeverage":"20","notionalCap":9223372036854775807,"notionalFloor":1e4,
                 "maintMarginRatio":"0.0333","cum":"233.000"},
                {"bracket":1,"initialLeverage":50,"notionalCap":10000.0,"notionalFloor":0,
                 "maintMarginRatio":1.0E-2,"cum":0.0,"new":null}]},
              {"brackets":[{"initialLeverage":100,"notionalCap":5,"notionalFloor":0,
                "maintMarginRatio":0.005}, {"initialLeverage":75,"notionalCap":10,"notionalFloor":5,
                "maintMarginRatio":0.006,"cum":0.005}],"symbol":"币安人生BTC"}
            ]
            """;

        var book = Good(Read("answer.json", json));

        Assert.Equal(["BTCUSDT", "币安人生BTC"], book.Symbols);
        Assert.True(book.TryFind("BTCUSDT", out var btc));
        Assert.True(book.TryFind("币安人生BTC", out var named));
        Assert.Equal(["0|10000|0.01|0|50", "10000|9223372036854775807|0.0333|233|20"], Rows(btc));
        Assert.Equal(["0|5|0.005|0|100", "5|10|0.006|0.005|75"], Rows(named));
        Assert.Equal(new TierSource("answer", null), btc.Source);
        Assert.Null(btc.QuoteAsset);
    }

    [Fact]
    public void One_symbol_alone_is_taken_too() =>
        Assert.Equal(
            ["0|100|0.1|0|10"],
            Rows(Good(Read("a.json", $$"""{"symbol":"A","brackets":[{{Row}}]}"""), "A")));

    [Theory]
    [InlineData("binance-2026-07-02.json", "binance", "2026-07-02")]
    [InlineData("/some/folder/aster-perp-2026-07-02.JSON", "aster-perp", "2026-07-02")]
    [InlineData("binance-2026-13-02.json", "binance-2026-13-02", null)]
    [InlineData("2026-07-02.json", "2026-07-02", null)]
    [InlineData("-2026-07-02.json", "-2026-07-02", null)]
    public void Name_and_date_come_from_the_files_name_where_they_are_not_given(
        string file, string name, string? day)
    {
        var json = $$"""[{"symbol":"A","brackets":[{{Row}}]}]""";
        var given = new TierSource("given", new DateOnly(2020, 2, 29));
        var fromName = Good(Read(file, json), "A").Source;

        Assert.Equal(day is null ? name : $"{name} {day}", fromName.ToString());
        Assert.Equal((name, day is not null), (fromName.Name, fromName.AsOf is not null));
        Assert.Equal(given, Good(Read(file, json, given), "A").Source);
    }

    [Fact]
    public void A_coefficient_multiplies_notionals_and_amounts_but_not_rates_and_leverages()
    {
        const string json =
            """
            {"symbol":"A","brackets":[
              {"initialLeverage":50,"notionalCap":10000,"notionalFloor":0,"maintMarginRatio":0.01,"cum":0},
              {"initialLeverage":20,"notionalCap":5e4,"notionalFloor":1e4,"maintMarginRatio":0.025,"cum":150}
            ],"notionalCoef":"1.50"}
            """;

        var rows = Rows(Good(Read("a.json", json), "A"));

        Assert.Equal(["0|15000|0.01|0|50", "15000|75000|0.025|225|20"], rows);
    }

    [Fact]
    public void Amounts_are_checked_as_they_stand_before_a_coefficient_is_applied()
    {
        const string json =
            """
            {"symbol":"A","notionalCoef":2,"brackets":[
              {"initialLeverage":50,"notionalCap":10000,"notionalFloor":0,"maintMarginRatio":0.01,"cum":0},
              {"initialLeverage":20,"notionalCap":5e4,"notionalFloor":1e4,"maintMarginRatio":0.025,"cum":300}
            ]}
            """;

        Assert.Equal("tier-wrong-amount", Assert.Single(Bad(Read("a.json", json))).Code);
    }

    [Fact]
    public void Everything_wrong_in_several_symbols_is_told_at_once_with_line_code_and_mend()
    {
        const string json =
            """
            [
              {"symbol":"A","brackets":[
                {"initialLeverage":10,"notionalCap":100,"notionalFloor":0,"maintMarginRatio":"ten","cum":0}]},
              7,
              {"brackets":[]},
              {"symbol":"B"},
              {"symbol":"C","brackets":[{"notionalFloor":0,"notionalCap":null,"maintMarginRatio":0.1}, 5]},
              {"symbol":"D","brackets":[
                {"initialLeverage":10,"notionalCap":100,"notionalFloor":0,"maintMarginRatio":0.1},
                {"initialLeverage":10,"notionalCap":200,"notionalFloor":100,"maintMarginRatio":0.2}]},
              {"symbol":"D","brackets":[]},
              {"symbol":"E","notionalCoef":-1,"brackets":[]}
            ]
            """;

        Assert.Equal(
            [
                "3:82 A file-wrong-type", "4:3  file-shape", "5:3  file-missing-key",
                "6:3 B file-missing-key", "7:29 C file-missing-key", "7:62 C file-wrong-type",
                "7:92 C file-wrong-type", "10:5 D tier-leverage-not-falling", "11:3 D file-duplicate-key",
                "12:32 E file-bad-coefficient",
            ],
            Bad(Read("a.json", json)).Select(finding =>
                $"{finding.Place.Line}:{finding.Place.Column} {finding.Symbol} {finding.Code}"),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("", "1:1")]
    [InlineData("[\n  {\"symbol\":\"A\",\n   \"brackets\":[", "3:16")]
    [InlineData("[\n]\n]", "3:1")]
    [InlineData("[{\"symbol\":\"A\",}]", "1:16")]
    [InlineData("[{\"symbol\":\"\\ud800\"}]", "1:1")]
    [InlineData("<html>", "1:1")]
    public void A_broken_text_is_one_finding_with_its_place(string json, string place)
    {
        var finding = Assert.Single(Bad(Read("a.json", json)));

        Assert.Equal("file-syntax", finding.Code);
        Assert.Equal($"a.json:{place}", finding.Place.ToString());
        Assert.StartsWith("This is not JSON: ", finding.What, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_the_exchange_is_told_as_one()
    {
        const string json = """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""";

        Assert.Equal(
            "a.json:1:1: The exchange did not answer with brackets but with an error: -2015 Invalid API-key, "
            + "IP, or permissions for action. Ask it again, signed with a key that may read, and save that "
            + "answer. [file-exchange-error]",
            Assert.Single(Lines(Read("a.json", json))));
    }

    [Theory]
    [InlineData("[]", "file-no-symbols")]
    [InlineData("3", "file-shape")]
    [InlineData("{}", "file-missing-key")]
    [InlineData("""[{"symbol":"A","brackets":[{"notionalCap":1e400}]}]""", "file-too-many-digits")]
    [InlineData("""[{"symbol":"A","brackets":[{"cum":1,"cum":1}]}]""", "file-duplicate-key")]
    [InlineData("""[{"symbol":"A","symbol":"B","brackets":[]}]""", "file-duplicate-key")]
    [InlineData("""[{"symbol":5,"brackets":[]}]""", "file-wrong-type")]
    [InlineData($$"""[{"symbol":"A","notionalCoef":1.5e-28,"brackets":[{{Row}}]}]""", "file-too-many-digits")]
    [InlineData($$"""[{"symbol":"A","notionalCoef":7e28,"brackets":[{{Row}}]}]""", "file-too-many-digits")]
    public void What_is_wrong_has_a_stable_code(string json, string code)
    {
        var codes = Bad(Read("a.json", json)).Select(finding => finding.Code);

        Assert.Contains(code, codes, StringComparer.Ordinal);
    }
}
