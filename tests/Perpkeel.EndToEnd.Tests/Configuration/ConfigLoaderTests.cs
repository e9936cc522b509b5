using Perpkeel.Cli.Configuration;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.Configuration.ConfigTestData;

namespace Perpkeel.EndToEnd.Tests.Configuration;

[Trait("Req", "OPS-4")]
public sealed class ConfigLoaderTests
{
    [Fact]
    public void Without_anything_the_defaults_hold() =>
        Assert.Equal(new PerpkeelConfig(), Good(LoadText(yaml: null)));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("risk:\n")]
    [InlineData("risk: {}\nstrategy: { weights: ~ }\n")]
    public void An_empty_file_or_section_changes_nothing(string yaml) =>
        Assert.Equal(new PerpkeelConfig(), Good(LoadText(yaml)));

    [Fact]
    public void Every_type_of_value_is_read()
    {
        var config = Good(LoadText(
            """
            account: { startingBalance: 2500.50 }
            risk:
              maxPositions: 4
            strategy:
              name: "sniper"
              weights:
                volatility: 0
            venue:
              makerFeePpm: -110
            run:
              seed: 9007199254740991
              speed: max
              dashboard: false
            """));

        Assert.Equal(2500.50m, config.Account.StartingBalance);
        Assert.Equal(4, config.Risk.MaxPositions);
        Assert.Equal(0.75m, config.Strategy.Weights.Sum);
        Assert.Equal(-110, config.Venue.MakerFeePpm);
        Assert.Equal(
            new RunConfig { Seed = 9_007_199_254_740_991, Speed = RunSpeed.Max, Dashboard = false },
            config.Run);
    }

    [Fact]
    public void Environment_overrides_the_file_and_flags_override_both()
    {
        var config = Good(LoadText(
            "risk: { leverage: 2, leverageCap: 20, maxPositions: 7 }",
            [
                new("PERPKEEL_RISK__LEVERAGE", "3"), new("PERPKEEL_RISK__LEVERAGE_CAP", "12"),
                new("PATH", "a__b"),
            ],
            "risk.leverage=4", " risk.leverage = 5.5 "));

        var risk = config.Risk;
        Assert.Equal((5.5m, 12m, 7), (risk.Leverage, risk.LeverageCap, risk.MaxPositions));
    }

    [Fact]
    public void Nested_sections_can_be_set_from_outside_too()
    {
        var config = Good(LoadText(
            yaml: null, [new("PERPKEEL_STRATEGY__WEIGHTS__VOLUME", "1")],
            "strategy.weights.momentum=0", "run.speed=max"));

        Assert.Equal((0m, 1m), (config.Strategy.Weights.Momentum, config.Strategy.Weights.Volume));
        Assert.Null(config.Run.Speed.Factor);
    }

    [Fact]
    public void Variables_without_a_double_underscore_are_not_configuration() => Assert.Equal(
        new PerpkeelConfig(),
        Good(LoadText(yaml: null, [new("PERPKEEL_DATA", "/data"), new("OTHER__KEY", "1")])));

    [Fact]
    public void All_findings_come_at_once_each_with_its_line_and_its_mend()
    {
        var findings = Bad(LoadText(
            """
            risk:
              leverge: 3
              maxPositions: many
              leverage: 500
            strategy:
              exitScore: 80
              enterScore: 60
            runn:
              seed: 1
            """,
            [new("PERPKEEL_RISK__REWARD_RISK", "0"), new("PERPKEEL_RISK__LEVERGE", "3")],
            "nonsense", "run.dashboard=yes", "leverage=3"));

        Assert.Equal(
            [
                "perpkeel.yaml:2:3: risk.leverge: There is no such key. Did you mean 'risk.leverage'?",
                "perpkeel.yaml:3:17: risk.maxPositions: 'many' is not a number. "
                    + "Write a whole number from 1 to 1000.",
                "perpkeel.yaml:4:13: risk.leverage: '500' is too large. Write a number from 1 to 125.",
                "perpkeel.yaml:7:15: strategy.enterScore: 80 is not less than enterScore (60): "
                    + "a position would be closed as soon as it is open. "
                    + "Lower exitScore or raise enterScore.",
                "perpkeel.yaml:8:1: runn: There is no such key. Did you mean 'run'?",
                "environment variable PERPKEEL_RISK__LEVERGE: RISK.LEVERGE: "
                    + "There is no such key. Did you mean 'risk.leverage'?",
                "environment variable PERPKEEL_RISK__REWARD_RISK: risk.rewardRisk: "
                    + "'0' is too small. Write a number from 0.1 to 100.",
                "--set nonsense: This is no setting. Write it as key=value: risk.leverage=3.",
                "--set run.dashboard=yes: run.dashboard: 'yes' is not a yes or no. Write true or false.",
                "--set leverage=3: leverage: There is no such key. Did you mean 'risk.leverage'?",
            ],
            findings.All.Select(finding => finding.ToString()), StringComparer.Ordinal);
        Assert.Equal(string.Join(Environment.NewLine, findings.All), findings.ToString());
    }

    [Theory]
    [InlineData("risk: { leverage: \"5\" }",
        nameof(ConfigFault.WrongType), "\"5\" is a text, not a number", "without quotes")]
    [InlineData("risk: { leverage: !!str 5 }",
        nameof(ConfigFault.WrongType), "a text, not a number", "without quotes")]
    [InlineData("risk: { leverage: 1e1 }",
        nameof(ConfigFault.WrongType), "'1e1' is not a number", "from 1 to 125")]
    [InlineData("risk: { leverage: NaN }", nameof(ConfigFault.WrongType), "not a number", "from 1 to 125")]
    [InlineData("risk: { leverage: 5, leverage: 6 }",
        nameof(ConfigFault.DuplicateKey), "in line 1 already", "Keep one")]
    [InlineData("risk: { leverage: }",
        nameof(ConfigFault.WrongType), "The value is missing", "from 1 to 125")]
    [InlineData("risk: { leverage: ~ }",
        nameof(ConfigFault.WrongType), "The value is missing", "from 1 to 125")]
    [InlineData("risk: { leverage: [1, 2] }",
        nameof(ConfigFault.WrongType), "A list stands here", "from 1 to 125")]
    [InlineData("risk: { leverage: { a: 1 } }",
        nameof(ConfigFault.WrongType), "Keys stand here", "from 1 to 125")]
    [InlineData("risk: { maxPositions: 2.5 }",
        nameof(ConfigFault.WrongType), "not a whole number", "from 1 to 1000")]
    [InlineData("risk: { maxPositions: 0 }", nameof(ConfigFault.OutOfRange), "too small", "from 1 to 1000")]
    [InlineData("risk: { maxPositions: 99999999999 }",
        nameof(ConfigFault.OutOfRange), "too large", "from 1 to 1000")]
    [InlineData("run: { dashboard: on }", nameof(ConfigFault.WrongType), "not a yes or no", "true or false")]
    [InlineData("run: { dashboard: 'true' }",
        nameof(ConfigFault.WrongType), "a text, not a yes or no", "without quotes")]
    [InlineData("run: { speed: fast }", nameof(ConfigFault.WrongType), "not a number", "to 1000000, or max")]
    [InlineData("run: { speed: 0 }", nameof(ConfigFault.OutOfRange), "too small", "to 1000000, or max")]
    [InlineData("strategy: { name: snipper }",
        nameof(ConfigFault.OutOfRange), "'snipper' is not known", "Write sniper")]
    [InlineData("risk: 5", nameof(ConfigFault.WrongType), "A single value stands here", "a section")]
    [InlineData("risk: [leverage]", nameof(ConfigFault.WrongType), "A list stands here", "a section")]
    [InlineData("5", nameof(ConfigFault.WrongType), "A single value stands here", "one mapping of sections")]
    [InlineData("- risk", nameof(ConfigFault.WrongType), "A list stands here", "one mapping of sections")]
    [InlineData("run: &a { seed: 1 }\nvenue: *a",
        nameof(ConfigFault.WrongType), "An alias stands here", "a section")]
    [InlineData("run: { ? [a] : b, seed: 1 }", nameof(ConfigFault.Syntax), "This is no key", "key: value")]
    [InlineData("run: { seed: 1 }\n---\nrun: { seed: 2 }",
        nameof(ConfigFault.Syntax), "A second document", "Keep one")]
    [InlineData("run:\n\tseed: 1", nameof(ConfigFault.Syntax), "This is not YAML", "no tabs")]
    [InlineData("run: { seed: 1", nameof(ConfigFault.Syntax), "This is not YAML", "colons")]
    [InlineData("run: {\n  : 1 }", nameof(ConfigFault.Syntax), "A key is missing before the colon", "colons")]
    [InlineData("run: !![ 1", nameof(ConfigFault.Syntax), "This is not YAML", "colons")]
    [InlineData(": {\na", nameof(ConfigFault.Syntax), "This is not YAML", "colons")]
    [InlineData("fees: 1",
        nameof(ConfigFault.UnknownKey), "no such key", "Known are account, risk, protection")]
    [InlineData("run: { xxxxxxxx: { deep: [1] } }",
        nameof(ConfigFault.UnknownKey), "no such key", "Known are run.seed, run.speed")]
    public void What_is_wrong_is_named(string yaml, string fault, string what, string mend)
    {
        var finding = Assert.Single(Bad(LoadText(yaml)).All);

        Assert.Equal(fault, finding.Fault.ToString());
        Assert.Contains(what, finding.What, StringComparison.Ordinal);
        Assert.Contains(mend, finding.Mend, StringComparison.Ordinal);
        Assert.StartsWith("perpkeel.yaml:", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk.leverage=26", "risk.leverage", "leverageCap")]
    [InlineData("risk.leverageCap=4", "risk.leverageCap", "leverageCap")]
    [InlineData(
        "risk.maxMarketExposurePercent=301", "risk.maxMarketExposurePercent", "maxTotalExposurePercent")]
    [InlineData("risk.minOrderUsd=100001", "risk.minOrderUsd", "maxOrderUsd")]
    [InlineData("risk.slippagePercent=6", "risk.slippagePercent", "priceBandPercent")]
    [InlineData("strategy.exitScore=70", "strategy.exitScore", "enterScore")]
    [InlineData("strategy.positions=11", "strategy.positions", "risk.maxPositions")]
    public void Values_that_do_not_go_together_are_refused(string flag, string key, string other)
    {
        var finding = Assert.Single(Bad(LoadText(yaml: null, [], flag)).All);

        Assert.Equal((ConfigFault.Contradiction, key), (finding.Fault, finding.Key));
        Assert.Contains(other, finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contradiction_is_laid_to_the_value_that_was_set_last()
    {
        var finding = Assert.Single(Bad(LoadText(
            "strategy: { weights: { momentum: 0, volatility: 0 } }", [],
            "strategy.positions=2", "strategy.weights.volume=0")).All);

        Assert.Equal("strategy.weights.volume", finding.Key);
        Assert.Equal("--set strategy.weights.volume=0", finding.Place.ToString());
    }

    [Fact]
    public void A_value_is_checked_even_when_another_overrides_it() =>
        Assert.Single(Bad(LoadText("risk: { leverage: x }", [], "risk.leverage=3")).All);

    [Fact]
    public void Text_of_others_cannot_reach_the_terminal_as_it_is()
    {
        var finding = Assert.Single(Bad(LoadText(
            yaml: null, [], "risk.leverage=\u001b[2J" + new string('9', 100))).All);

        Assert.DoesNotContain(finding.ToString(), char.IsControl);
        Assert.InRange(finding.ToString().Length, 10, 200);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_finding()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("large.yaml"), new string('#', 1_000_001));

        foreach (var path in (string[])[folder.File("missing.yaml"), folder.Path, folder.File("large.yaml")])
        {
            var finding = Assert.Single(Bad(ConfigLoader.Load(path, NoVariables, [])).All);
            Assert.Equal(ConfigFault.Unreadable, finding.Fault);
            Assert.StartsWith(
                $"{path}: The file cannot be read", finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Places_are_ordered_by_source_then_line_then_column()
    {
        var first = new ConfigPlace(ConfigSource.File, "f", 2, 9);
        var second = new ConfigPlace(ConfigSource.File, "f", 3, 1);

        Assert.True(first < second && first <= second && second > first && second >= first);
        Assert.True(second < new ConfigPlace(ConfigSource.Environment, "e"));
    }
}
