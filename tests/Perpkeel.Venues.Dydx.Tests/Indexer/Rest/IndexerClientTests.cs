using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Time;
using Perpkeel.Testing.Indexers;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Http;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Rest;

[Trait("Req", "VEN-1")]
[Trait("Req", "RX-1")]
public sealed class IndexerClientTests
{
    private static readonly MarketId Eth = new("ETH-USD");

    private readonly ScriptedIndexer _indexer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_market_is_read_with_all_its_numbers()
    {
        _indexer.Tell("/v4/perpetualMarkets", Sample.Markets(Sample.Market));

        var market = Ask(client => client.Markets.OneAsync(Eth, Cancellation)).Value();

        Assert.Equal(1U, market.ClobPairId);
        Assert.Equal(2500.25m, market.OraclePrice);
        Assert.Equal(0.00000125m, market.NextFundingRate);
        Assert.Equal(1_000_000L, market.StepBaseQuantums);
        Assert.True(market.Status.Is(IndexerMarketStatus.Active));
        Assert.Equal(["/v4/perpetualMarkets?ticker=ETH-USD&limit=1"], _indexer.Asked);
    }

    [Fact]
    public void A_new_word_and_a_price_that_is_not_there_kill_nothing()
    {
        var odd = Sample.Market.Replace("ACTIVE", "HALF_ASLEEP", StringComparison.Ordinal)
            .Replace("\"2500.25\"", "null", StringComparison.Ordinal);
        _indexer.Tell("/v4/perpetualMarkets", Sample.Markets(odd));

        var market = Ask(client => client.Markets.AllAsync(Cancellation)).Value().Single();

        Assert.Null(market.OraclePrice);
        Assert.Null(market.Status.Known);
        Assert.Equal("HALF_ASLEEP", market.Status.Text);
    }

    [Theory]
    [InlineData("\"price\":\"2500.1\"", "\"price\":\"dear\"", "fills[0].price: is no decimal")]
    [InlineData("\"price\":\"2500.1\"", "\"price\":\"-1\"", "fills[0].price: is below zero")]
    [InlineData("\"side\":\"BUY\",", "", "fills[0].side: is missing")]
    [InlineData(
        "\"createdAtHeight\":\"70000001\"", "\"createdAtHeight\":\"-1\"",
        "fills[0].createdAtHeight: is out of range")]
    [InlineData(
        "\"createdAt\":\"2026-01-02T03:04:05.678Z\"", "\"createdAt\":\"soon\"",
        "fills[0].createdAt: is no time as 2026-01-02T03:04:05.678Z")]
    [InlineData("\"fee\":\"0.625\"", "\"fee\":{}", "fills[0].fee: is no decimal")]
    [InlineData(
        "\"market\":\"ETH-USD\"", "\"market\":\"\\ud800\"", "fills[0].market: holds letters that are none")]
    public void What_is_malformed_is_named_by_its_field(string good, string bad, string fault)
    {
        _indexer.Tell(
            "/v4/fills",
            $$"""{"fills":[{{Sample.Fill.Replace(good, bad, StringComparison.Ordinal)}}]}""");

        var error = Ask(
            client => client.Accounts.FillsAsync(Sample.Account, new HistoryQuery(), Cancellation)).Error();

        Assert.Equal("indexer-malformed", error.Code);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"fills\":[")]
    public void What_is_no_json_is_said_of_the_whole_document(string body)
    {
        _indexer.Tell("/v4/fills", body);

        var error = Assert.IsType<IndexerError.Malformed>(
            Ask(client => client.Accounts.FillsAsync(Sample.Account, new HistoryQuery(), Cancellation))
                .Error());

        Assert.Equal("(document)", error.Fault.Field);
    }

    [Theory]
    [InlineData(400, "indexer-refused", 1)]
    [InlineData(403, "indexer-blocked", 1)]
    [InlineData(404, "indexer-not-found", 1)]
    [InlineData(302, "indexer-strange", 1)]
    [InlineData(500, "indexer-down", 3)]
    [InlineData(503, "indexer-down", 3)]
    public void Each_status_has_its_error_and_only_what_may_pass_is_asked_again(
        int status, string code, int asked)
    {
        for (var i = 0; i < 3; i++)
        {
            _indexer.Next(ScriptedIndexer.Reply(status, """{"errors":[{"msg":"so it is","param":"x"}]}"""));
        }

        var error = Ask(client => client.Markets.HeightAsync(Cancellation)).Error();

        Assert.Equal(code, error.Code);
        Assert.Contains("x: so it is", error.Message, StringComparison.Ordinal);
        Assert.Equal(asked, _indexer.Asked.Count);
    }

    [Fact]
    public void A_line_that_broke_is_tried_again()
    {
        _indexer.Next(new HttpFault.Lost("reset"));
        _indexer.Next(new HttpFault.TimedOut(TimeSpan.FromSeconds(10)));
        _indexer.Tell("/v4/height", """{"height":"70000009","time":"2026-01-02T03:04:05.678Z"}""");

        Assert.Equal(70_000_009U, Ask(client => client.Markets.HeightAsync(Cancellation)).Value().Height);
    }

    /// <summary>Spec 15, trap 1.</summary>
    [Fact]
    public void Spec_2_retry_after_is_in_milliseconds()
    {
        _indexer.Next(ScriptedIndexer.Reply(
            429, """{"errors":[{"msg":"Too many requests"}]}""", new HttpLine("retry-after", "1500")));
        _indexer.Tell("/v4/height", """{"height":"1","time":"2026-01-02T03:04:05.678Z"}""");

        var waited = VirtualTime.Run(async clock =>
        {
            (await Client(clock).Markets.HeightAsync(Cancellation)).Value();
            return clock.Now - VirtualTime.Start;
        });

        Assert.Equal(TimeSpan.FromMilliseconds(1_500), waited);
    }

    [Theory]
    [InlineData("140737488355327")]
    [InlineData("140737488355328")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-5")]
    [InlineData("Fri, 02 Jan 2026 03:04:05 GMT")]
    public void A_retry_after_that_makes_no_sense_is_told_or_passed_over(string value)
    {
        for (var i = 0; i < 3; i++)
        {
            _indexer.Next(ScriptedIndexer.Reply(429, "{}", new HttpLine("retry-after", value)));
        }

        Assert.Equal(
            "indexer-rate-limited", Ask(client => client.Markets.HeightAsync(Cancellation)).Error().Code);
    }

    [Fact]
    public void Spec_2_the_end_of_the_window_is_heeded_in_milliseconds_since_1970()
    {
        var reset = (VirtualTime.Start + TimeSpan.FromSeconds(4)).ToUnixTimeMilliseconds();
        _indexer.Next(ScriptedIndexer.Reply(
            200, """{"height":"1","time":"2026-01-02T03:04:05.678Z"}""",
            new HttpLine("RateLimit-Remaining", "0"),
            new HttpLine("RateLimit-Reset", reset.ToString(CultureInfo.InvariantCulture))));
        _indexer.Tell("/v4/height", """{"height":"2","time":"2026-01-02T03:04:05.678Z"}""");

        var waited = VirtualTime.Run(async clock =>
        {
            var client = Client(clock);
            (await client.Markets.HeightAsync(Cancellation)).Value();
            (await client.Markets.HeightAsync(Cancellation)).Value();
            return clock.Now - VirtualTime.Start;
        });

        Assert.Equal(TimeSpan.FromSeconds(4), waited);
    }

    [Theory]
    [InlineData(false, 250, 20)]
    [InlineData(true, 1_000, 0)]
    [InlineData(true, 1_001, 10)]
    public void Spec_2_a_hundred_requests_in_ten_seconds_and_candles_apart(
        bool candles, int count, int seconds)
    {
        _indexer.Tell("/v4/height", """{"height":"1","time":"2026-01-02T03:04:05.678Z"}""");
        _indexer.Tell("/v4/candles/perpetualMarkets/ETH-USD", """{"candles":[]}""");

        var waited = VirtualTime.Run(async clock =>
        {
            var client = Client(clock);
            for (var i = 0; i < count; i++)
            {
                if (candles)
                {
                    (await client.Markets.CandlesAsync(
                        Eth, CandleResolution.OneMinute, null, null, 1, Cancellation)).Value();
                }
                else
                {
                    (await client.Markets.HeightAsync(Cancellation)).Value();
                }
            }

            return clock.Now - VirtualTime.Start;
        });

        Assert.Equal(TimeSpan.FromSeconds(seconds), waited);
    }

    [Fact]
    public void Who_would_wait_for_more_than_a_minute_is_told_at_once()
    {
        _indexer.Tell("/v4/compliance/screen/" + Sample.Address.Text, """{"status":"COMPLIANT"}""");

        var codes = VirtualTime.Run(async clock =>
        {
            var client = new IndexerClient(
                IndexerSettings.Local with { MostWait = TimeSpan.FromSeconds(30) }, _indexer, clock);
            var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(
                _ => client.Accounts.ComplianceAsync(Sample.Address, Cancellation)));
            return all.Select(one => one.TryGet(out _, out var error) ? "fine" : error.Code).ToList();
        });

        Assert.Equal(["fine", "fine", "indexer-crowded"], codes);
    }

    /// <summary>Seven trades share each instant, also those at the borders of pages.</summary>
    [Fact]
    public void Pages_go_back_and_tell_nothing_twice()
    {
        var all = Enumerable.Range(0, 2_500)
            .Select(i => (Id: $"t{i}", At: VirtualTime.Start.AddSeconds(-(i / 7)))).ToList();
        _indexer.Tell("/v4/trades/perpetualMarket/ETH-USD", uri =>
        {
            var before = Parameter(uri, "createdBeforeOrAt") is { } text
                ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
                : DateTimeOffset.MaxValue;
            var rows = all.Where(trade => trade.At <= before).Take(1_000)
                .Select(trade => Sample.Trade(trade.Id, trade.At));
            return $$"""{"trades":[{{string.Join(',', rows)}}]}""";
        });

        var told = Collect(client => client.Markets.AllTradesAsync(Eth, Cancellation));

        Assert.Equal(
            all.Select(trade => trade.Id), told.Select(trade => trade.Value().Id), StringComparer.Ordinal);
        Assert.Equal(3, _indexer.Asked.Count);
    }

    [Fact]
    public void A_full_page_of_one_instant_ends_with_an_error_and_not_for_ever()
    {
        var rows = string.Join(',', Enumerable.Range(0, 1_000).Select(i =>
            Sample.Trade($"t{i}", VirtualTime.Start)));
        _indexer.Tell("/v4/trades/perpetualMarket/ETH-USD", $$"""{"trades":[{{rows}}]}""");

        var told = Collect(client => client.Markets.AllTradesAsync(Eth, Cancellation));

        Assert.Equal(1_001, told.Count);
        Assert.Equal("indexer-stuck", told[^1].Error().Code);
        Assert.Equal(2, _indexer.Asked.Count);
    }

    [Theory]
    [InlineData("https://indexer.example/v4", "https://indexer.example/v4", "wss://indexer.example/v4/ws")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/v4", "ws://127.0.0.1:8080/v4/ws")]
    [InlineData("mainnet", "https://indexer.dydx.trade/v4", "wss://indexer.dydx.trade/v4/ws")]
    public void An_address_says_where_both_are(string text, string rest, string stream)
    {
        var settings = IndexerSettings.Parse(text).Value();

        Assert.Equal((rest, stream), (settings.Rest.AbsoluteUri, settings.Stream.AbsoluteUri));
    }

    [Theory]
    [InlineData("ftp://indexer.example")]
    [InlineData("indexer")]
    [InlineData("https://me:secret@indexer.example/v4")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.Equal("indexer-bad-question", IndexerSettings.Parse(text).Error().Code);

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void A_limit_that_makes_no_sense_is_not_sent(int limit)
    {
        Assert.Equal(
            "indexer-bad-question",
            Ask(client => client.Markets.FundingAsync(Eth, limit, null, Cancellation)).Error().Code);
        Assert.Empty(_indexer.Asked);
    }

    /// <summary>A name cannot leave its part of the path.</summary>
    [Fact]
    public void Names_are_escaped()
    {
        Ask(client => client.Markets.BookAsync(new MarketId("../a?b=c"), Cancellation)).Error();

        Assert.Equal(["/v4/orderbooks/perpetualMarket/..%2Fa%3Fb%3Dc"], _indexer.Asked);
    }

    private static string? Parameter(Uri uri, string name) => uri.Query.TrimStart('?').Split('&')
        .Select(part => part.Split('=')).Where(part => string.Equals(part[0], name, StringComparison.Ordinal))
        .Select(part => Uri.UnescapeDataString(part[1])).FirstOrDefault();

    private IndexerClient Client(VirtualClock clock) => new(IndexerSettings.Local, _indexer, clock);

    private Result<T, IndexerError> Ask<T>(Func<IndexerClient, Task<Result<T, IndexerError>>> ask)
        where T : notnull => VirtualTime.Run(clock => ask(Client(clock)));

    private List<Result<T, IndexerError>> Collect<T>(
        Func<IndexerClient, IAsyncEnumerable<Result<T, IndexerError>>> ask)
        where T : notnull => VirtualTime.Run(async clock =>
        {
            var all = new List<Result<T, IndexerError>>();
            await foreach (var one in ask(Client(clock))) all.Add(one);
            return all;
        });
}
