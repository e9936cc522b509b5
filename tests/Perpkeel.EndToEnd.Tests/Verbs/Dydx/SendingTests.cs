using System.Text.Json;
using System.Text.RegularExpressions;
using Perpkeel.Cli.Running;
using Perpkeel.Testing.Chains;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

/// <summary>The command against a chain that checks signatures, nonces and budgets by itself.</summary>
[Trait("Req", "VEN-1")]
public sealed class SendingTests
{
    private const string Subaccount = "/dydxprotocol.subaccounts.Query/Subaccount";

    private readonly LiveChain _live = new();

    [Fact]
    public async Task A_short_term_order_says_what_it_is_before_it_is_sent()
    {
        var told = await _live.SignAsync("dydx", "place", "btc-usd", "buy", "0.00015", "--price", "50000");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(
            [
                "says: buy 0.0001 BTC-USD at 50000 or lower; what is not filled at once rests",
                "rounded: the size asked for, 0.00015, is not on the market's steps",
                "until: block 1012, 12 after the last one, 1000",
            ],
            told.Lines[1..4]);
        Assert.StartsWith("sent: ", told.Lines[4], StringComparison.Ordinal);
        Assert.Contains("look at the subaccount", told.Lines[5], StringComparison.Ordinal);
        Assert.Equal(_live.Chain.ShortTermTaken.Single(), told.Lines[4]["sent: ".Length..]);
    }

    [Fact]
    public async Task A_market_order_says_its_worst_price()
    {
        var told = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "sell", "0.001", "--market", "--price", "50000", "--reduce-only");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(
            "says: sell 0.001 BTC-USD at 49000 or higher; what is not filled at once is dropped, only as far "
            + "as it shrinks a position",
            told.Lines[1]);
        Assert.Equal("until: block 1004, 4 after the last one, 1000", told.Lines[2]);
    }

    [Fact]
    public async Task A_stop_is_stored_says_its_trigger_and_is_cancelled()
    {
        var told = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "sell", "0.001", "--stop", "45000", "--days", "28", "--reduce-only",
            "--id", "7");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(
            [
                "says: when the price is 45000 or lower: sell 0.001 BTC-USD at 44100 or higher; what is not "
                + "filled at once is dropped, only as far as it shrinks a position",
                "until: 2026-06-01T12:00:00Z, stored on the chain",
            ],
            told.Lines[1..3]);
        Assert.StartsWith("equity tier: an equity that depends", told.Lines[3], StringComparison.Ordinal);
        Assert.Equal("done: a block has carried it out.", told.Lines[^1]);
        Assert.Equal(1, _live.Chain.StoredOrders);

        var back = await _live.SignAsync(
            "dydx", "cancel", "BTC-USD", "7", "--good-til-time", "2026-06-01T12:00:00Z", "--kind",
            "conditional");

        Assert.Equal((ExitCode.Ok, ""), (back.Code, back.Error));
        Assert.Equal(0, _live.Chain.StoredOrders);
    }

    [Theory]
    [InlineData("MsgPlaceOrder", "place", "BTC-USD", "buy", "1", "--twap", "600", "--every", "60",
        "--tolerance", "1%", "--days", "1")]
    [InlineData("MsgUpdateLeverage", "leverage", "BTC-USD=10")]
    [InlineData("MsgCreateTransfer", "transfer", "12.5", "--to", "128")]
    [InlineData("MsgDepositToSubaccount", "deposit", "12.5")]
    [InlineData("MsgWithdrawFromSubaccount", "withdraw", "12.5")]
    public async Task What_belongs_into_a_block_is_followed_into_it(string message, params string[] arguments)
    {
        var told = await _live.SignAsync(["dydx", .. arguments]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal("done: a block has carried it out.", told.Lines[^1]);
        Assert.Contains(message, await SentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MsgCancelOrder", "cancel", "BTC-USD", "7", "--good-til-block", "1012")]
    [InlineData("MsgBatchCancel", "batch-cancel", "BTC-USD=7,8", "40=9", "--good-til-block", "1012")]
    [InlineData("MsgPlaceOrder", "replace", "BTC-USD", "7", "buy", "0.002", "--price", "49000",
        "--good-til-block", "1008")]
    public async Task What_is_short_term_is_taken_at_once(string message, params string[] arguments)
    {
        var told = await _live.SignAsync(["dydx", .. arguments]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Single(_live.Chain.ShortTermTaken);
        Assert.Contains(message, await SentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_twap_and_a_leverage_say_what_they_do()
    {
        var twap = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "buy", "1", "--twap", "600", "--every", "60", "--tolerance", "1%",
            "--days", "1");
        var leverage = await _live.SignAsync("dydx", "leverage", "BTC-USD=3x");

        Assert.Contains(
            "says: buy 1 BTC-USD, in 10 legs of 60 s, each within 1% of the oracle price",
            twap.Lines, StringComparer.Ordinal);
        Assert.Contains(
            "leverage: at most 3 in clob pair 0, an initial margin of 333334 ppm", leverage.Lines,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_order_that_ended_is_not_replaced()
    {
        var told = await _live.SignAsync(
            "dydx", "replace", "BTC-USD", "7", "buy", "0.002", "--price", "49000", "--good-til-block", "999");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("ended at block 999", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _live.Node.Broadcasts);
    }

    [Theory]
    [InlineData("place", "BTC-USD", "buy", "0.001", "--price", "50000")]
    [InlineData("place", "BTC-USD", "buy", "0.001", "--price", "50000", "--days", "1")]
    public async Task A_subaccount_without_funds_is_told_what_to_do(params string[] arguments)
    {
        _live.Node.Instead[Subaccount] = null;

        var told = await _live.SignAsync(["dydx", .. arguments]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(
            $"{LiveChain.Address}/0 is empty. Put USDC into it first: perpkeel dydx deposit", told.Error,
            StringComparison.Ordinal);
    }

    /// <summary>19.99 USDC and no position allow no stored order; 20 allow ten.</summary>
    [Theory]
    [InlineData("02013105F0", 1)]
    [InlineData("0201312D00", 0)]
    public async Task Spec_12_1_an_equity_without_positions_is_held_against_the_tiers(string usdc, int code)
    {
        _live.Node.Instead[Subaccount] = Wire.Of(1, Wire.Of(2, Wire.Of(2, Convert.FromHexString(usdc))));

        var told = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "buy", "0.001", "--price", "50000", "--days", "1");

        Assert.Equal(code, told.Code);
        Assert.Contains("how many stored orders are open no node tells", told.Out, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 1 : 0, _live.Node.Broadcasts);
    }

    [Fact]
    public async Task More_stored_orders_than_the_equity_allows_are_not_sent()
    {
        var told = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "buy", "0.001", "--price", "50000", "--days", "1", "--open-orders",
            "200");

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains("200 stored orders open, as told", told.Out, StringComparison.Ordinal);
        Assert.Contains("200 stateful orders are open", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _live.Node.Broadcasts);
    }

    [Fact]
    public async Task With_json_every_line_is_an_object()
    {
        var told = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "sell", "0.001", "--stop", "45000", "--price", "44900", "--days",
            "28", "--json");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        var lines = told.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["order", "equity-tier", "sent", "done"],
            lines.Select(line => line.GetProperty("event").GetString()!), StringComparer.Ordinal);
        Assert.Equal(0.001m, lines[0].GetProperty("size").GetDecimal());
        Assert.Equal(44_900m, lines[0].GetProperty("limit").GetDecimal());
        Assert.Equal(45_000m, lines[0].GetProperty("trigger").GetDecimal());
        Assert.Equal("2026-06-01T12:00:00Z", lines[0].GetProperty("goodTilTime").GetString());
        Assert.Matches("^[0-9A-F]{64}$", lines[2].GetProperty("hash").GetString());
        Assert.Equal(_live.Time.GetUtcNow().Year, DateTimeOffset.FromUnixTimeMilliseconds(
            lines[2].GetProperty("nonce").GetInt64()).Year);
    }

    /// <summary>A node of another network is refused before anything that it says is used.</summary>
    [Theory]
    [Trait("Req", "VEN-4")]
    [InlineData("place", "BTC-USD", "buy", "0.001", "--price", "50000")]
    [InlineData("place", "BTC-USD", "buy", "0.001", "--price", "50000", "--dry-run")]
    [InlineData("place", "BTC-USD", "buy", "0.001", "--price", "50000", "--dry-run", "--height", "1000")]
    [InlineData("cancel", "BTC-USD", "7", "--good-til-block", "1012")]
    [InlineData("cancel", "BTC-USD", "7", "--good-til-time", "1800000000", "--dry-run")]
    [InlineData("replace", "BTC-USD", "7", "buy", "1", "--price", "50000", "--good-til-block", "1012")]
    [InlineData("batch-cancel", "BTC-USD=7", "--good-til-block", "1012")]
    [InlineData("leverage", "BTC-USD=7")]
    [InlineData("transfer", "5", "--to", "1")]
    [InlineData("withdraw", "5", "--dry-run")]
    public async Task A_node_of_another_network_is_asked_nothing_else(params string[] arguments)
    {
        _live.Node.ChainIdLie = "dydx-mainnet-1";

        var told = await _live.SignAsync(["dydx", .. arguments]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(
            "is a node of dydx-mainnet-1, not of localdydxprotocol", told.Error, StringComparison.Ordinal);
        Assert.Equal(["GetLatestBlock"], _live.Asked, StringComparer.Ordinal);
    }

    /// <summary>What was sent last, as the command shows it.</summary>
    private async Task<string> SentAsync()
    {
        var ask = _live.Node.Asked.Last(one => one.Address.Segments[^1] is "BroadcastTx");
        var bytes = Wire.Read(ask.Body.Span[5..]).Bytes(1);
        var told = await CommandLines.RunAsync("dydx", "decode", Convert.ToHexString(bytes));
        return Regex.Match(told.Out, "^message 1: .*$", RegexOptions.Multiline, TimeSpan.FromSeconds(1))
            .Value;
    }
}
