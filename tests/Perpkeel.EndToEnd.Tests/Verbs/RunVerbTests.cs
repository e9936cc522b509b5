using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs;

[Trait("Req", "CLI-1")]
[Trait("Req", "OPS-4")]
public sealed class RunVerbTests
{
    [Fact]
    public async Task Everything_wrong_is_told_at_once_with_line_and_mend()
    {
        using var folder = new TempFolder();
        var file = folder.File("perpkeel.yaml");
        await File.WriteAllTextAsync(
            file, "risk:\n  leverag: 3\n  maxPositions: many\n", TestContext.Current.CancellationToken);
        var world = World() with
        {
            Environment = Variable("PERPKEEL_RUN__SPEED", "fast"),
        };

        var told = await RunAsync(
            world, "run", "--config", file, "--set", "foo=1", "--seed", "abc", "--speed", "-3",
            "--duration", "5x", "--funding", "rates", "--data", folder.File("data"));

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.Collection(
            told.Errors,
            line => Assert.Equal(
                $"error: {file}:2:3: risk.leverag: There is no such key. Did you mean 'risk.leverage'?",
                line),
            line => Assert.StartsWith(
                $"error: {file}:3:17: risk.maxPositions: 'many' is not a", line, StringComparison.Ordinal),
            line => Assert.StartsWith(
                "error: environment variable PERPKEEL_RUN__SPEED: run.speed: ", line,
                StringComparison.Ordinal),
            line => Assert.StartsWith(
                "error: --seed abc: run.seed: 'abc' is not a number.", line, StringComparison.Ordinal),
            line => Assert.StartsWith(
                "error: --speed -3: run.speed: '-3' is too small.", line, StringComparison.Ordinal),
            line => Assert.StartsWith(
                "error: --set foo=1: foo: There is no such key. Known are ", line, StringComparison.Ordinal),
            line => Assert.Equal(
                "error: --duration 5x: this is no time. Write a whole number and a unit, at most 3650d: "
                + "90s, 30m, 12h or 7d.", line),
            line => Assert.Equal(
                "error: --funding rates: it goes with --replay. Name the candles, or leave it out.", line));
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public async Task A_market_model_that_nobody_knows_is_refused_with_the_list()
    {
        using var folder = new TempFolder();

        var told = await RunAsync("run", "--market-model", "wild", "--data", folder.File("data"));

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.Equal(
            "error: --market-model wild: run.marketModel: 'wild' is not known. "
            + "Write one of usual, calm, storm, news, thin.",
            Assert.Single(told.Errors));
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public async Task A_market_model_beside_a_recording_is_refused()
    {
        var told = await RunAsync("run", "--market-model", "calm", "--replay", "candles");

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.Equal(
            "error: --market-model calm: a recording has no model. Leave it out, or leave out --replay.",
            Assert.Single(told.Errors));
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("5")]
    [InlineData("h")]
    [InlineData("1.5h")]
    [InlineData("99999999d")]
    [InlineData("3651d")]
    public async Task A_duration_that_is_none_is_refused(string text)
    {
        var told = await RunAsync("run", "--duration=" + text);

        Assert.Equal(ExitCode.Usage, told.Code);
        Assert.StartsWith(
            $"error: --duration {text}: ", Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_wins_over_the_environment_and_that_over_the_file()
    {
        using var folder = new TempFolder();
        var file = folder.File("perpkeel.yaml");
        await File.WriteAllTextAsync(
            file, "run: { seed: 1, speed: max }\n", TestContext.Current.CancellationToken);
        var world = () => World() with
        {
            Environment = Variable("PERPKEEL_RUN__SEED", "2"),
        };
        string[] run = ["run", "--config", file, "--json", "--data"];

        var fromFile = await BeginAsync(World(), [.. run, folder.File("1")]);
        var fromVariable = await BeginAsync(world(), [.. run, folder.File("2")]);
        var fromFlag = await BeginAsync(world(), [.. run, folder.File("3"), "--seed", "3"]);
        var fromSetting = await BeginAsync(
            world(), [.. run, folder.File("4"), "--seed", "3", "--set", "run.seed=4"]);

        Assert.Equal(
            "seed 1, seed 2, seed 3, seed 4",
            string.Join(", ", new[] { fromFile, fromVariable, fromFlag, fromSetting }
                .Select(told => told.Text("source")["synthetic market, ".Length..])));
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_named()
    {
        var told = await RunAsync("run", "--config", "/nowhere/perpkeel.yaml");

        Assert.Equal(ExitCode.Usage, told.Code);
        Assert.StartsWith(
            "error: /nowhere/perpkeel.yaml: The file cannot be read: ", Assert.Single(told.Errors),
            StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Variable(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = value };
}
