using Perpkeel.Cli.Running;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs;

[Trait("Req", "CLI-1")]
public sealed class HelpTests
{
    [Theory]
    [InlineData("perpkeel run", "--help")]
    [InlineData("perpkeel run --replay candles/", "run", "--help")]
    [InlineData("perpkeel status --data my-run --json", "status", "-h")]
    [InlineData("perpkeel positions --data my-run --json", "positions", "--help")]
    [InlineData("perpkeel orders --all --data my-run", "orders", "--help")]
    [InlineData("perpkeel explain b3", "explain", "--help")]
    [InlineData("perpkeel size --market BTC-USD --side buy --stop 60000", "size", "--help")]
    [InlineData("perpkeel journal verify --data my-run", "journal", "--help")]
    [InlineData("perpkeel journal verify", "journal", "verify", "--help")]
    [InlineData("perpkeel margin calc BTCUSDT long 100 --entry 50000 --leverage 20", "margin", "--help")]
    [InlineData("perpkeel margin calc BTCUSDT long 100 --entry 50000 --leverage 20", "margin", "calc", "-h")]
    [InlineData("perpkeel margin explain BTCUSDT long 100", "margin", "explain", "-h")]
    [InlineData("perpkeel margin preview --wallet 20000", "margin", "preview", "-h")]
    [InlineData("perpkeel margin tiers BTCUSDT --at 5M", "margin", "tiers", "-h")]
    [InlineData("perpkeel margin compare --tiers old.json --with new.json", "margin", "compare", "-h")]
    [InlineData("perpkeel margin validate my-tiers.yaml", "margin", "validate", "-h")]
    [InlineData("perpkeel dydx place BTC-USD buy 0.001 --price 60000", "dydx", "--help")]
    [InlineData("perpkeel dydx place BTC-USD sell 0.001 --stop 55000", "dydx", "place", "--help")]
    [InlineData("perpkeel dydx cancel BTC-USD 4711 --good-til-block", "dydx", "cancel", "--help")]
    [InlineData("perpkeel dydx replace BTC-USD 4711 buy 0.002 --price 59900", "dydx", "replace", "--help")]
    [InlineData("perpkeel dydx batch-cancel BTC-USD=4711,4712", "dydx", "batch-cancel", "--help")]
    [InlineData("perpkeel dydx leverage BTC-USD=10", "dydx", "leverage", "--help")]
    [InlineData("perpkeel dydx send 0a9c010a", "dydx", "send", "--help")]
    [InlineData("perpkeel dydx order BTC-USD 4711 --owner", "dydx", "order", "--help")]
    [InlineData("perpkeel dydx transfer 50 --from 0 --to 128", "dydx", "transfer", "--help")]
    [InlineData("perpkeel dydx markets BTC-USD --json", "dydx", "markets", "--help")]
    [InlineData("perpkeel dydx book BTC-USD --depth 20", "dydx", "book", "--help")]
    [InlineData("perpkeel dydx trades ETH-USD", "dydx", "trades", "--help")]
    [InlineData("perpkeel dydx candles ETH-USD --resolution 5MINS", "dydx", "candles", "--help")]
    [InlineData("perpkeel dydx funding ETH-USD", "dydx", "funding", "--help")]
    [InlineData("perpkeel dydx account dydx1... --parent", "dydx", "account", "--help")]
    [InlineData("perpkeel dydx orders dydx1... --open", "dydx", "orders", "--help")]
    [InlineData("perpkeel dydx fills dydx1...", "dydx", "fills", "--help")]
    [InlineData("perpkeel dydx watch BTC-USD --network mainnet", "dydx", "watch", "--help")]
    [InlineData("perpkeel dydx record BTC-USD ETH-USD", "dydx", "record", "--help")]
    [InlineData("perpkeel keys dydx authorize", "keys", "dydx", "--help")]
    [InlineData("perpkeel keys dydx verify dydx1", "keys", "dydx", "verify", "--help")]
    [InlineData("perpkeel version", "version", "--help")]
    public async Task Every_verb_has_help_with_examples(string example, params string[] arguments)
    {
        var told = await RunAsync(arguments);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        var examples = told.Out[told.Out.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"  {example}", examples, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_arguments_the_help_is_shown()
    {
        var told = await RunAsync();

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal((await RunAsync("--help")).Out, told.Out);
    }

    [Theory]
    [InlineData("perpkeel has no verb 'statsu'. Did you mean status?", "perpkeel", "statsu")]
    [InlineData("perpkeel has no verb 'trade'.", "perpkeel", "trade")]
    [InlineData(
        "perpkeel run has no option '--sped'. Did you mean --speed?", "perpkeel run", "run", "--sped=3")]
    [InlineData("perpkeel run has no argument 'now'.", "perpkeel run", "run", "now")]
    [InlineData("perpkeel journal has no verb 'check'.", "perpkeel journal", "journal", "check")]
    [InlineData("Required command was not provided.", "perpkeel journal", "journal")]
    [InlineData("Required argument missing for option: '--seed'.", "perpkeel run", "run", "--seed")]
    public async Task A_command_line_that_is_wrong_is_told_in_two_lines(
        string error, string command, params string[] arguments)
    {
        var told = await RunAsync(arguments);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.Equal([$"error: {error}", $"See {command} --help."], told.Errors);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task The_version_is_a_number(string argument)
    {
        var told = await RunAsync(argument);

        Assert.Equal(ExitCode.Ok, told.Code);
        Assert.Matches("^perpkeel [0-9]+\\.[0-9]+\\.[0-9]+$", Assert.Single(told.Lines));
    }
}
