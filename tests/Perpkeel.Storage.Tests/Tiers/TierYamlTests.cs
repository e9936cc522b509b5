using Perpkeel.Core.Margin.Tiers;
using Xunit;
using static Perpkeel.Storage.Tests.Tiers.TierFileData;

namespace Perpkeel.Storage.Tests.Tiers;

[Trait("Req", "MAR-4")]
public sealed class TierYamlTests
{
    private const string Broken =
        """
        venue: my exchange
        asOf: 31.1.2026
        fee: 3
        symbols:
          GAP:
            - { floor: 0, cap: 100, rate: 0.01, leverage: 20 }
            - { floor: 200, cap: 300, rate: 0.02, leverage: 10 }
          PERCENT:
            - { floor: 0, cap: 100, rate: 0.4, leverage: 20 }
            - { floor: 100, cap: 200, rate: 1.5, leverage: 10 }
          WORDS:
            - { floor: nothing, cap: "100", rate: 0.4%, leverage: 20x }
            - { flor: 0, cap: 1_000, rate: 0.1, rate: 0.2, leverage: ~ }
          AMOUNT:
            - { floor: 0, cap: 100, rate: 0.01, leverage: 20 }
            - { floor: 100, cap: 200, rate: 0.02, amount: 7, leverage: 10 }
          NONE:
          LIST: [ 1, [ 2 ] ]
          GAP:
            - { floor: 0, cap: 1, rate: 0.1, leverage: 1 }
        """;

    [Fact]
    public void Both_spellings_are_read_in_any_order_and_amounts_are_derived()
    {
        const string yaml =
            """
            symbols:
              BTCUSDT:
                - { floor: 50000, cap: 250000, rate: 0.005, leverage: 100 }
                - { floor: 0, cap: 50000, rate: 0.004, amount: 0, leverage: 125 }
              ETHUSDC:
                quote: USDC
                tiers:
                  - floor: 0
                    cap: 1e4
                    rate: 0.01   # one percent
                    leverage: 50
            quote: USDT
            asOf: 2026-01-31
            venue: somewhere
            """;

        var book = Good(Read("a.yaml", yaml));

        Assert.Equal(["BTCUSDT", "ETHUSDC"], book.Symbols);
        Assert.True(book.TryFind("BTCUSDT", out var btc));
        Assert.True(book.TryFind("ETHUSDC", out var eth));
        Assert.Equal(["0|50000|0.004|0|125", "50000|250000|0.005|50|100"], Rows(btc));
        Assert.Equal(["0|10000|0.01|0|50"], Rows(eth));
        Assert.Equal(("USDT", "USDC"), (btc.QuoteAsset, eth.QuoteAsset));
        Assert.Equal(new TierSource("somewhere", new DateOnly(2026, 1, 31)), btc.Source);
    }

    [Fact]
    public void Rates_keep_every_digit_that_a_double_would_lose()
    {
        var yaml = Head + "  A: [ { floor: 0, cap: 9223372036854775807, rate: 0.0333333333333333333333333, "
            + "leverage: 20.5 } ]\n";

        var tier = Good(Read("a.yaml", yaml), "A").Table.Tiers[0];

        Assert.Equal(
            (9_223_372_036_854_775_807m, 0.0333333333333333333333333m, 20.5m),
            (tier.Cap, tier.Rate, tier.MaxLeverage.Value));
    }

    [Fact]
    public void Everything_wrong_in_several_symbols_is_told_at_once_with_line_code_and_mend()
    {
        Assert.Equal(
            [
                "a.yaml:1:8: 'my exchange' is no venue. Write a name in one word, e.g. binance. "
                + "[file-wrong-type]",
                "a.yaml:2:7: '31.1.2026' is no date. Write the day on which the venue gave the tiers: "
                + "2026-07-02. [file-bad-date]",
                "a.yaml:3:1: There is no key 'fee'. Known are venue, asOf, quote, symbols. "
                + "[file-unknown-key]",
                "a.yaml:7:7: GAP tier 2: Notionals from 100 to 200 belong to no tier. Let tier 2 begin at "
                + "100, or tier 1 end at 200. [tier-gap]",
                "a.yaml:10:7: PERCENT tier 2: Its rate 1.5 is not between 0 and 1. Write a fraction: 0.015 "
                + "if 1.5 % is meant. [tier-rate-range]",
                "a.yaml:12:16: WORDS: The floor 'nothing' is no number. Write a number, e.g. 0. "
                + "[file-wrong-type]",
                "a.yaml:12:30: WORDS: The cap \"100\" is a text, not a number. Write the number without "
                + "quotes. [file-wrong-type]",
                "a.yaml:12:43: WORDS: The rate '0.4%' is no number. Write the fraction: 0.004. "
                + "[file-wrong-type]",
                "a.yaml:12:59: WORDS: The leverage '20x' is no number. Write 20. [file-wrong-type]",
                "a.yaml:13:7: WORDS: The tier has no floor. Write it, e.g. floor: 0 [file-missing-key]",
                "a.yaml:13:9: WORDS: There is no key 'flor'. Known are floor, cap, rate, amount, leverage. "
                + "[file-unknown-key]",
                "a.yaml:13:23: WORDS: The cap '1_000' is no number. Write it without separators: 1000. "
                + "[file-wrong-type]",
                "a.yaml:13:41: WORDS: The key 'rate' stands in line 13 already. Keep one of them. "
                + "[file-duplicate-key]",
                "a.yaml:13:62: WORDS: 'leverage' has no value. Write a number, e.g. 125. [file-wrong-type]",
                "a.yaml:16:7: AMOUNT tier 2: Its maintenance amount is 7 instead of 1: the margin makes a "
                + "step at 100. Write 1 (= 0 + 100 x (0.02 - 0.01)), or leave it out; or mend the rate or "
                + "the floor if one of them is wrong. [tier-wrong-amount]",
                "a.yaml:17:8: NONE: The list of tiers has no value. Write tiers as list items: "
                + "- { floor: 0, cap: 50000, rate: 0.004, leverage: 125 } [file-wrong-type]",
                "a.yaml:18:11: LIST: A tier is a single value. Write tiers as list items: "
                + "- { floor: 0, cap: 50000, rate: 0.004, leverage: 125 } [file-wrong-type]",
                "a.yaml:18:14: LIST: A tier is a list. Write tiers as list items: "
                + "- { floor: 0, cap: 50000, rate: 0.004, leverage: 125 } [file-wrong-type]",
                "a.yaml:19:3: The key 'GAP' stands in line 5 already. Keep one of them. [file-duplicate-key]",
            ],
            Lines(Read("a.yaml", Broken)));
    }

    [Theory]
    [InlineData("", "file-missing-key", "file-missing-key", "file-missing-key")]
    [InlineData("# a comment\n", "file-missing-key", "file-missing-key", "file-missing-key")]
    [InlineData("venue: a\nasOf: 2026-01-31\nsymbols: {}\n", "file-no-symbols")]
    [InlineData("venue: a\nasOf: 2026-01-31\nsymbols:\n", "file-wrong-type")]
    [InlineData("venue: a\nasOf: 2026-02-30\nsymbols: [a]\n", "file-bad-date", "file-wrong-type")]
    [InlineData("[]", "file-wrong-type")]
    [InlineData("just words", "file-wrong-type")]
    [InlineData(Head + "  A: [ { floor: 0, cap: 1e30, rate: 0.1, leverage: 1 } ]", "file-too-many-digits")]
    [InlineData(Head + "  A: [ { floor: 0, cap: NaN, rate: 0.1, leverage: 1 } ]", "file-wrong-type")]
    [InlineData(Head + "  A: [ { floor: 0, cap: -1, rate: 0.1, leverage: 1 } ]", "tier-no-width")]
    [InlineData(Head + "  A: [ { floor: 0, cap: 1, rate: -0.1, leverage: 0 } ]",
        "tier-rate-range", "tier-leverage-range")]
    [InlineData(Head + "  A: []", "tier-empty")]
    [InlineData(Head + "  A: { quote: a b, tier: [] }",
        "file-missing-key", "file-wrong-type", "file-unknown-key")]
    [InlineData(Head + "  'A B': [ { floor: 0, cap: 1, rate: 0.1, leverage: 1 } ]", "file-bad-symbol")]
    [InlineData(Head + "  \"\\e[2J\": [ { floor: 0, cap: 1, rate: 0.1, leverage: 1 } ]", "file-bad-symbol")]
    [InlineData(Head + "  A: [ { floor: 0, cap: 1, rate: 0.1, leverage: 1 } ]\n---\nb: 1\n", "file-shape")]
    [InlineData(Head + "  A: *b\n", "file-wrong-type")]
    [InlineData(Head + "  A: [ { floor: 0, cap: 1, rate: *r, leverage: 1 } ]\n", "file-wrong-type")]
    [InlineData("a: [", "file-unknown-key", "file-syntax")]
    [InlineData(": 1", "file-syntax")]
    [InlineData("a: \"\\q\"", "file-syntax")]
    [InlineData("venue: a\n\tasOf: 2026-01-31", "file-syntax")]
    public void What_is_wrong_has_a_stable_code(string yaml, params string[] codes) => Assert.Equal(
        codes.Order(StringComparer.Ordinal),
        Bad(Read("a.yaml", yaml)).Select(finding => finding.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Names_of_any_script_are_read_and_found_only_by_exactly_their_letters()
    {
        var yaml = Head + "  币安人生USDT: [ { floor: 0, cap: 1, rate: 0.1, leverage: 1 } ]\n";

        var book = Good(Read("a.yml", yaml));

        Assert.True(book.TryFind("币安人生USDT", out _));
        Assert.False(book.TryFind("币安人生usdt", out _));
    }

    [Fact]
    public void What_a_message_repeats_of_the_file_cannot_move_the_cursor()
    {
        var lines = Lines(Read("a\u001b.yaml", "\"\\e[2J\\u202Ex\": 1\n"));

        Assert.DoesNotContain(
            lines, line => line.Any(letter => char.IsControl(letter) || letter == '\u202e'));
        Assert.Contains(lines, line => line.Contains("'·[2J·x'", StringComparison.Ordinal));
    }
}
