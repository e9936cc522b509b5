using System.Text.RegularExpressions;
using Perpkeel.Cli;
using Perpkeel.Cli.Running;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

[Trait("Req", "VEN-1")]
public sealed class DydxVerbTests
{
    private const string Words =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    private const string Address = "dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz";

    private static readonly string[] Offline =
        ["--key-file", "-", "--dry-run", "--account-number", "42", "--nonce", "1777896000000"];

    private static readonly string[] Market = ["--steps", "0,-10,-9,1000000,100000", "--height", "99989"];

    private readonly Unreachable _network = new();

    [Fact]
    public async Task A_dry_run_prints_the_transaction_its_bytes_and_its_hash_and_asks_nobody()
    {
        var told = await WithKeyAsync(
            ["dydx", "place", "BTC-USD", "buy", "0.0001", "--price", "50000", .. Offline, .. Market]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains($"signer: {Address}", told.Out, StringComparison.Ordinal);
        Assert.Contains("\"goodTilBlock\": 100001", told.Out, StringComparison.Ordinal);
        Assert.Contains("\"quantums\": \"1000000\"", told.Out, StringComparison.Ordinal);
        Assert.Contains("Not sent: this is a dry run.", told.Out, StringComparison.Ordinal);
        Assert.Equal(0, _network.Asked);
        var hex = Line(told, "bytes: ");
        var decoded = await RunAsync("dydx", "decode", hex);
        Assert.Equal(ExitCode.Ok, decoded.Code);
        Assert.Contains(decoded.Out.TrimEnd(), told.Out, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-F]{64}$", Line(told, "hash: "));
    }

    [Theory]
    [InlineData("MsgPlaceOrder", "TIME_IN_FORCE_IOC", "place", "BTC-USD", "sell", "0.001", "--market",
        "--price", "50000")]
    [InlineData("MsgPlaceOrder", "goodTilBlockTime", "place", "BTC-USD", "buy", "0.001", "--price", "50000",
        "--days", "28", "--tif", "post-only")]
    [InlineData("MsgPlaceOrder", "CONDITION_TYPE_STOP_LOSS", "place", "BTC-USD", "sell", "0.001", "--stop",
        "45000", "--days", "28", "--reduce-only")]
    [InlineData("MsgPlaceOrder", "CONDITION_TYPE_TAKE_PROFIT", "place", "BTC-USD", "sell", "0.001",
        "--take-profit", "55000", "--price", "54900", "--days", "1")]
    [InlineData("MsgCancelOrder", "\"goodTilBlock\": 100001", "cancel", "BTC-USD", "7", "--good-til-block",
        "100001")]
    [InlineData("MsgCancelOrder", "\"orderFlags\": 32", "cancel", "BTC-USD", "7", "--good-til-time",
        "1800000000", "--kind", "conditional")]
    public async Task Orders_and_cancels_of_every_kind_are_built(
        string message, string words, params string[] arguments)
    {
        var told = await WithKeyAsync(["dydx", .. arguments, .. Offline, .. Market]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains(message, told.Out, StringComparison.Ordinal);
        Assert.Contains(words, told.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MsgCreateTransfer", "\"amount\": \"12500000\"", "transfer", "12.5", "--to", "128")]
    [InlineData("MsgDepositToSubaccount", "\"quantums\": \"5000000\"", "deposit", "5")]
    [InlineData("MsgWithdrawFromSubaccount", "\"quantums\": \"5000000\"", "withdraw", "5")]
    public async Task Funds_are_moved_for_a_fee(string message, string words, params string[] arguments)
    {
        var told = await WithKeyAsync(["dydx", .. arguments, .. Offline, "--gas", "180000"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains(message, told.Out, StringComparison.Ordinal);
        Assert.Contains(words, told.Out, StringComparison.Ordinal);
        Assert.Contains("fee: 4500 ibc/", told.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fill-or-kill", "place", "BTC-USD", "buy", "0.001", "--price", "50000", "--tif", "fok")]
    [InlineData("below the market's smallest", "place", "BTC-USD", "buy", "0.00001", "--price", "50000")]
    [InlineData("write buy or sell", "place", "BTC-USD", "long", "0.001", "--price", "50000")]
    [InlineData("--price is missing", "place", "BTC-USD", "buy", "0.001")]
    [InlineData("need --days", "place", "BTC-USD", "sell", "0.001", "--stop", "50000")]
    [InlineData("two orders", "place", "BTC-USD", "sell", "1", "--stop", "5", "--take-profit", "6")]
    [InlineData("Name the order's own end", "cancel", "BTC-USD", "7")]
    public async Task What_cannot_be_is_told(string words, params string[] arguments)
    {
        var told = await WithKeyAsync(["dydx", .. arguments, .. Offline, .. Market]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(words, Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("With --dry-run and --height no node is asked", "--dry-run")]
    [InlineData("With --dry-run and --height no node is asked")]
    [InlineData("With --steps no node is asked", "--dry-run", "--height", "7")]
    public async Task Without_a_network_it_says_what_failed_and_the_mend(
        string words, params string[] arguments)
    {
        var told = await WithKeyAsync(
            ["dydx", "place", "BTC-USD", "buy", "1", "--price", "50000", "--key-file", "-", .. arguments]);

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains("None of 3 endpoints answered", told.Error, StringComparison.Ordinal);
        Assert.Contains("no way out", told.Error, StringComparison.Ordinal);
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_where_no_node_can_be_reached()
    {
        var told = await WithKeyAsync(["dydx", "withdraw", "5", "--key-file", "-"]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("cannot be reached", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "VEN-4")]
    public async Task A_key_of_the_test_network_is_refused_on_mainnet()
    {
        var told = await RunAsync(
            World($"chain-id: dydx-testnet-4\nmnemonic: {Words}\n"),
            ["dydx", "withdraw", "5", "--network", "mainnet", .. Offline, "--gas", "1"]);

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains("made for dydx-testnet-4", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _network.Asked);
    }

    [Theory]
    [InlineData("abandon abandon aboot", "words; a mnemonic has")]
    [InlineData("0x12", "64 hexadecimal digits")]
    [InlineData("", "There is no key")]
    public async Task A_bad_key_is_told_and_not_repeated(string key, string words)
    {
        var told = await RunAsync(World(key), ["dydx", "withdraw", "5", .. Offline, "--gas", "1"]);

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("aboot", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_a_key_file_is_asked_for()
    {
        var told = await RunAsync(World(string.Empty), "dydx", "withdraw", "5", "--dry-run");

        Assert.Contains("--key-file", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_be_typed_at_a_prompt()
    {
        var world = World(string.Empty) with { AskSecret = _ => Words.ToCharArray() };

        var told = await RunAsync(world, ["dydx", "withdraw", "5", .. Offline[2..], "--gas", "1"]);

        Assert.Contains($"signer: {Address}", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_transaction_is_told()
    {
        var told = await RunAsync("dydx", "decode", "0a");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("These bytes are no transaction", told.Error, StringComparison.Ordinal);
    }

    private static string Line(Told told, string name) =>
        Regex.Match(told.Out, $"^{name}(.*)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1))
            .Groups[1].Value;

    private Surroundings World(string key) =>
        CommandLines.World() with { In = new StringReader(key), OpenExchange = () => _network };

    private Task<Told> WithKeyAsync(string[] arguments) => RunAsync(World(Words), arguments);
}
