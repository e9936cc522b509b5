using System.Text.Json.Nodes;
using Perpkeel.Cli.Configuration;
using Xunit;
using static Perpkeel.EndToEnd.Tests.Configuration.ConfigTestData;

namespace Perpkeel.EndToEnd.Tests.Configuration;

/// <summary>
/// The committed documents are what the table says; PERPKEEL_UPDATE_GOLDENS=1 writes them anew.
/// </summary>
[Trait("Req", "OPS-4")]
public sealed class ConfigDocumentsTests
{
    [Fact]
    public void The_committed_yaml_is_made_from_the_table() =>
        IsCommitted("perpkeel.yaml", ConfigDocuments.Yaml());

    [Fact]
    public void The_committed_schema_is_made_from_the_table() =>
        IsCommitted("perpkeel.schema.json", ConfigDocuments.Schema());

    [Fact]
    public void The_committed_yaml_says_the_defaults() => Assert.Equal(
        new PerpkeelConfig(), Good(ConfigLoader.Load(CommittedPath("perpkeel.yaml"), NoVariables, [])));

    [Fact]
    public void Every_key_reads_its_own_default_and_changes_nothing_else()
    {
        var defaults = new PerpkeelConfig();
        foreach (var key in ConfigTable.Keys)
        {
            var setting = new Setting(key.Path, key.ValueIn(defaults), IsQuoted: false, default);

            var applied = key.Apply(defaults, setting);
            Assert.True(applied.TryGet(out var config, out var complaint), complaint?.What);
            Assert.Equal(defaults, config);
        }
    }

    [Fact]
    public void Every_key_changes_its_own_value_only()
    {
        var defaults = new PerpkeelConfig();
        foreach (var key in ConfigTable.Keys.Where(key => key.Path is not "strategy.name"))
        {
            var other = key.Path switch
            {
                "run.dashboard" => "false",
                "run.marketModel" => "storm",
                "protection.onDeadline" => "close",
                _ => key.ValueIn(defaults) is "1" ? "2" : "1",
            };
            var setting = new Setting(key.Path, other, IsQuoted: false, default);

            var applied = key.Apply(defaults, setting);
            Assert.True(applied.TryGet(out var config, out var complaint), complaint?.What);
            Assert.Equal(other, key.ValueIn(config));
            Assert.All(
                ConfigTable.Keys.Where(one => one != key),
                one => Assert.Equal(one.ValueIn(defaults), one.ValueIn(config)));
        }
    }

    [Fact]
    public void Every_key_has_its_section_and_its_place_in_the_schema()
    {
        var schema = JsonNode.Parse(ConfigDocuments.Schema())!;

        foreach (var key in ConfigTable.Keys)
        {
            Assert.True(ConfigTable.IsSection(KeyPath.ParentOf(key.Path)), key.Path);
            var node = key.Path.Split('.').Aggregate(schema, (at, name) => at["properties"]![name]!);
            Assert.Equal(key.Description, node["description"]!.GetValue<string>());
            Assert.NotNull(node["default"]);
        }
    }

    [Fact]
    public void The_defaults_keep_every_rule_and_every_rule_is_about_known_keys()
    {
        foreach (var check in ConfigCheck.All)
        {
            Assert.True(check.IsKept(new PerpkeelConfig()));
            Assert.All(check.Keys, key => Assert.NotNull(ConfigTable.Find(key)));
        }
    }

    [Fact]
    public void Speed_without_a_factor_is_written_as_max()
    {
        var rule = new SpeedRule(1, 2);

        Assert.Equal("max", rule.Format(RunSpeed.Max));
        Assert.Equal("\"max\"", rule.ToJson(RunSpeed.Max).ToJsonString());
    }

    [Theory]
    [InlineData("risk.leverge", "risk.leverage")]
    [InlineData("RISK.LEVERAGE", "risk.leverage")]
    [InlineData("account.leverage", "risk.leverage")]
    [InlineData("weights", "strategy.weights")]
    [InlineData("strategy.weights.volum", "strategy.weights.volume")]
    [InlineData("strategy.exitscores", "strategy.exitScore")]
    [InlineData("quite.another", null)]
    public void The_key_that_was_meant_is_suggested(string written, string? meant) =>
        Assert.Equal(meant, KeySuggestion.Nearest(written));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Risk", "risk", 0)]
    public void Distance_counts_edits(string left, string right, int distance) =>
        Assert.Equal(distance, KeySuggestion.Distance(left, right));

    [Fact]
    public void Whatever_is_done_to_the_file_gives_a_configuration_or_findings()
    {
        const string letters = "\t\n :-#[]{}&*!|>'\"%@`,?~\0\u001bé0aA\\";
        var yaml = ConfigDocuments.Yaml();
        var state = 7u;

        for (var round = 0; round < 2_000; round++)
        {
            var text = yaml.ToCharArray();
            for (var change = 0; change < 1 + (round % 4); change++)
            {
                text[(int)(Next() % (uint)text.Length)] = letters[(int)(Next() % (uint)letters.Length)];
            }

            var (settings, findings) = YamlSettings.Read("fuzz.yaml", new string(text));
            Assert.True(settings.Count + findings.Count > 0);
        }

        // Numerical Recipes' linear congruence: chance enough to pick letters.
        uint Next() => (state = unchecked((state * 1_664_525u) + 1_013_904_223u)) >> 8;
    }

    private static void IsCommitted(string name, string expected)
    {
        var path = CommittedPath(name);
        if (string.Equals(
            Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS"), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string CommittedPath(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Perpkeel.slnx"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "config", name);
    }
}
