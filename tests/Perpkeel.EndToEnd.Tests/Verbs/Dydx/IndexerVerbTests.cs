using System.Text.Json;
using Perpkeel.Cli;
using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Perpkeel.Testing.Indexers;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

/// <summary>What the Indexer tells, as tables and as JSON.</summary>
[Trait("Req", "VEN-1")]
[Trait("Req", "CLI-1")]
public sealed class IndexerVerbTests
{
    private const string Address = "dydx10fx7sy6ywd5senxae9dwytf8jxek3t2gcen2vs";

    private const string Market =
        """
        {"markets":{"ETH-USD":{"clobPairId":"1","ticker":"ETH-USD","status":"ACTIVE","oraclePrice":"2500.25",
        "nextFundingRate":"0.00000125","openInterest":"9001.5","atomicResolution":-9,
        "quantumConversionExponent":-9,"tickSize":"0.1","stepSize":"0.001","stepBaseQuantums":1000000,
        "subticksPerTick":100000}}}
        """;

    private const string Subaccount =
        """
        {"address":"a","subaccountNumber":0,"equity":"6000.5","freeCollateral":"5900.25",
        "openPerpetualPositions":{"ETH-USD":{"market":"ETH-USD","status":"OPEN","side":"SHORT","size":"-2",
        "entryPrice":"2500.2","unrealizedPnl":"-0.1","createdAt":"2026-01-02T03:04:05.678Z",
        "subaccountNumber":0}},
        "assetPositions":{"USDC":{"symbol":"USDC","side":"LONG","size":"11000.9","assetId":"0"}}}
        """;

    private readonly ScriptedIndexer _indexer = new();

    [Fact]
    public async Task Markets_are_a_table_or_an_object_each()
    {
        _indexer.Tell("/v4/perpetualMarkets", Market);

        var table = await AskAsync("markets");
        var json = await AskAsync("markets", "ETH-USD", "--json");

        Assert.Equal((ExitCode.Ok, ""), (table.Code, table.Error));
        Assert.StartsWith("ticker   status  oraclePrice", table.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("ETH-USD  ACTIVE      2500.25", table.Lines[1], StringComparison.Ordinal);
        Assert.Equal(2500.25m, json.Json.GetProperty("oraclePrice").GetDecimal());
        Assert.Equal("market", json.Text("event"));
        Assert.Equal(JsonValueKind.Null, json.Json.GetProperty("change24h").ValueKind);
    }

    [Fact]
    public async Task A_book_shows_asks_above_bids_with_what_rests_up_to_each()
    {
        _indexer.Tell(
            "/v4/orderbooks/perpetualMarket/ETH-USD",
            """
            {"bids":[{"price":"2500.1","size":"3.5"},{"price":"2500.0","size":"1"}],
            "asks":[{"price":"2500.3","size":"1.25"},{"price":"2500.4","size":"2"}]}
            """);

        var told = await AskAsync("book", "ETH-USD", "--depth", "2");

        Assert.Equal(
            ["side   price  size  depth", "ask   2500.4     2   3.25", "ask   2500.3  1.25   1.25",
                "bid   2500.1   3.5    3.5", "bid     2500     1    4.5"],
            told.Lines);
    }

    [Theory]
    [InlineData("/v4/trades/perpetualMarket/ETH-USD", "trades", "No trade.", "trades", "ETH-USD")]
    [InlineData("/v4/candles/perpetualMarkets/ETH-USD", "candles", "No candle.", "candles", "ETH-USD")]
    [InlineData("/v4/historicalFunding/ETH-USD", "historicalFunding", "No funding.", "funding", "ETH-USD")]
    [InlineData("/v4/fills", "fills", "No fill.", "fills", Address)]
    public async Task Where_there_is_nothing_it_says_so(
        string path, string name, string words, params string[] arguments)
    {
        _indexer.Tell(path, $$"""{"{{name}}":[]}""");

        Assert.Equal(words, (await AskAsync(arguments)).Out.Trim());
    }

    [Fact]
    public async Task An_account_is_its_subaccounts_and_positions()
    {
        _indexer.Tell($"/v4/addresses/{Address}/subaccountNumber/0", $$"""{"subaccount":{{Subaccount}} }""");

        var table = await AskAsync("account", Address);
        var json = await AskAsync("account", Address, "--json");

        Assert.Contains("6000.5", table.Out, StringComparison.Ordinal);
        Assert.Contains("ETH-USD", table.Out, StringComparison.Ordinal);
        Assert.Equal(2, json.Lines.Length);
        Assert.Equal(-2m, json.Json.GetProperty("size").GetDecimal());
    }

    [Fact]
    public async Task An_account_that_was_never_used_is_empty()
    {
        var told = await AskAsync("account", Address, "--parent");

        Assert.Equal((ExitCode.Ok, "No subaccount."), (told.Code, told.Out.Trim()));
    }

    [Fact]
    public async Task Orders_that_are_open_are_asked_for_by_their_states()
    {
        _indexer.Tell(
            "/v4/orders",
            """
            [{"id":"o1","clientId":"7","side":"BUY","size":"0.5","totalFilled":"0.2","price":"2500.1",
            "type":"LIMIT","status":"HALF\u001b[31m","orderFlags":"0","goodTilBlock":"12","ticker":"ETH-USD"}]
            """);

        var told = await AskAsync("orders", Address, "--open", "--limit", "5");

        Assert.Contains("HALF [31m", told.Out, StringComparison.Ordinal);
        Assert.Contains("status=OPEN%2CUNTRIGGERED", _indexer.Asked[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("indexer-not-found", 404)]
    [InlineData("indexer-blocked", 403)]
    [InlineData("indexer-refused", 400)]
    public async Task What_the_indexer_does_not_answer_is_told_with_its_code(string code, int status)
    {
        _indexer.Next(ScriptedIndexer.Reply(status, """{"errors":[{"msg":"so it is"}]}"""));

        var told = await AskAsync("book", "XXX-USD");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {code}: ", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Contains("so it is", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--network moon", "book", "ETH-USD", "--network", "moon")]
    [InlineData("name one of them", "book", "X", "--network", "mainnet", "--indexer", "http://h/v4")]
    [InlineData("no address such as", "book", "ETH-USD", "--indexer", "h")]
    [InlineData("--resolution 2MIN", "candles", "ETH-USD", "--resolution", "2MIN")]
    [InlineData("a number from 0 to 127", "account", Address, "--parent", "--subaccount", "128")]
    [InlineData("--for soon", "watch", "ETH-USD", "--for", "soon")]
    public async Task What_cannot_be_asked_is_told_before_anything_is_sent(
        string words, params string[] arguments)
    {
        var told = await AskAsync(arguments);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
        Assert.Empty(_indexer.Asked);
    }

    [Fact]
    public async Task Watching_shows_prices_and_trades_and_ends_in_time()
    {
        _indexer.Tell("/v4/perpetualMarkets", Market);

        var told = await RunAsync(
            World(Greeting()), "dydx", "watch", "ETH-USD", "--indexer", "http://h/v4", "--for", "2s",
            "--json");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        var events = told.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var book = events.Find(one => one.GetProperty("event").ValueEquals("book"));
        Assert.Equal(
            (2500.1m, 1.25m, "GOOD"),
            (book.GetProperty("bid").GetDecimal(), book.GetProperty("askSize").GetDecimal(),
                book.GetProperty("quality").GetString()));
        Assert.Contains(events, one => one.GetProperty("event").ValueEquals("trade"));
        Assert.Equal("end", told.Text("event"));
    }

    [Fact]
    public async Task Recording_keeps_the_frames_as_they_came()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "frames.tsv");

        var told = await RunAsync(
            World(Greeting()), "dydx", "record", "ETH-USD", "--indexer", "http://h/v4", "--for", "1s", "--to",
            file);
        var again = await RunAsync(
            World(Greeting()), "dydx", "record", "ETH-USD", "--for", "1s", "--to", file);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal("""{"type":"connected","message_id":0}""", lines[0].Split('\t')[2]);
        Assert.Contains(lines, line => line.Contains("\"2500.3\"", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal("0", line.Split('\t')[1]));
        Assert.Equal(ExitCode.Usage, again.Code);
        Assert.Contains("it is there already", again.Error, StringComparison.Ordinal);
    }

    private static MemoryDialer Greeting()
    {
        var dialer = new MemoryDialer();
        dialer.OnOpen = socket =>
        {
            var number = 0;
            socket.OnSent = text =>
            {
                number++;
                var contents = text.Contains("v4_orderbook", StringComparison.Ordinal)
                    ? """
                    {"bids":[{"price":"2500.1","size":"3.5"}],"asks":[{"price":"2500.3","size":"1.25"}]}
                    """
                    : """
                    {"trades":[{"id":"0a","side":"BUY","size":"1","price":"2500.1",
                    "createdAt":"2026-01-02T03:04:05.678Z"}]}
                    """;
                using var asked = JsonDocument.Parse(text);
                var channel = asked.RootElement.GetProperty("channel").GetString();
                if (channel is not ("v4_orderbook" or "v4_trades")) return;
                socket.Say(
                    $$"""
                    {"type":"subscribed","message_id":{{number}},"channel":"{{channel}}","id":"ETH-USD",
                    "contents":{{contents}} }
                    """);
            };
            socket.Say("""{"type":"connected","message_id":0}""");
        };
        return dialer;
    }

    private Surroundings World(MemoryDialer dialer) =>
        CommandLines.World() with { OpenExchange = () => _indexer, OpenDialer = () => dialer };

    private Task<Told> AskAsync(params string[] arguments) => RunAsync(
        CommandLines.World() with { OpenExchange = () => _indexer }, ["dydx", .. arguments]);
}
