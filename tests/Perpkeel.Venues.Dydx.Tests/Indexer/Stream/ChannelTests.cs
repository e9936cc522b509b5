using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>What each channel makes of pictures and changes.</summary>
[Trait("Req", "RX-2")]
[Trait("Req", "VEN-1")]
public sealed class ChannelTests
{
    private const string Named =
        """
        "type":"channel_data","message_id":1,"id":"ETH-USD","channel":"v4_orderbook"
        """;

    private const string Head = "{" + Named + ",\"contents\":";

    private static readonly MarketId Eth = new("ETH-USD");

    [Fact]
    public void Trades_are_told_once_and_oldest_first_also_across_a_break()
    {
        var trades = new TradesSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        Picture(trades, Trades("0b", "0a"));
        Change(trades, Trades("0c"));
        Picture(trades, Trades("0e", "0d", "0c", "0b"));

        Assert.Equal([0x0AU, 0x0BU, 0x0CU, 0x0DU, 0x0EU], Read(trades.Trades).Select(one => (uint)one.Id));
    }

    [Fact]
    public void Trades_that_may_be_missing_are_said_to_be()
    {
        var trades = new TradesSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        Picture(trades, Trades("0a"));
        Picture(trades, Trades("1d", "1c"));

        Assert.Equal([false, true, false], Read(trades.Trades).Select(one => one.AfterGap));
    }

    [Fact]
    public void A_slow_reader_loses_the_oldest_trades_and_is_told_so()
    {
        var trades = new TradesSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        Picture(trades, Trades());
        for (var i = 1; i <= TradesSubscription.MostWaiting + 10; i++) Change(trades, Trades($"{i:x8}"));

        var read = Read(trades.Trades);

        Assert.Equal(10, trades.Dropped);
        Assert.Equal(TradesSubscription.MostWaiting, read.Count);
        Assert.True(read[^1].AfterGap);
    }

    /// <summary>Spec 15 does not say so; recorded trades do.</summary>
    [Fact]
    public void A_price_off_the_grid_is_kept_as_it_is()
    {
        var trades = new TradesSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        Change(
            trades,
            """
            {"trades":[{"id":"a","size":"0.811","price":"2340.7442700369913687","side":"SELL",
            "createdAt":"2026-01-02T03:04:05.678Z","type":"DELEVERAGED"}]}
            """);

        var trade = Assert.Single(Read(trades.Trades));
        Assert.Equal(2340.7442700369913687m, trade.Price);
        Assert.Equal((0L, 811L, Side.Sell), (trade.Ticks.Value, trade.Steps.Value, trade.Taker));
    }

    [Theory]
    [InlineData("\"id\":\"0a\",", "contents.trades[0].id")]
    [InlineData("\"side\":\"BUY\",", "contents.trades[0].side")]
    [InlineData("\"price\":\"2\",", "contents.trades[0].price")]
    public void A_trade_without_a_field_names_it(string gone, string field)
    {
        var trades = new TradesSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(
            Trades("0a").Replace(gone, string.Empty, StringComparison.Ordinal)));
        reader.Read();

        Assert.Equal(field, trades.Update(ref reader, Stamp())!.Field);
    }

    [Fact]
    public void Spec_4_a_candle_grows_and_the_same_again_is_no_news()
    {
        var candles = new CandlesSubscription(Eth, CandleResolution.OneMinute, isBatched: false);
        Picture(candles, $$"""{"candles":[{{OwnMessages.Candle}}]}""");
        Change(candles, OwnMessages.Candle);
        Change(candles, OwnMessages.Candle.Replace("2500.2", "2500.9", StringComparison.Ordinal));

        Assert.Equal([2500.2m, 2500.9m], Read(candles.Candles).Select(one => one.Close));
        Assert.Equal(2500.9m, Assert.Single(candles.Latest()).Close);
        Assert.Equal("ETH-USD/1MIN", candles.Id);
    }

    [Fact]
    public void Spec_15_3_the_height_has_another_key_in_changes()
    {
        var heights = new HeightSubscription();
        Picture(heights, """{"height":"7","time":"2026-01-02T03:04:05.678Z"}""");
        Change(heights, """{"blockHeight":"8","time":"2026-01-02T03:04:06.678Z"}""");
        Change(heights, """{"blockHeight":"6","time":"2026-01-02T03:04:07.678Z"}""");

        Assert.Equal(8U, heights.Heard!.Block.Height);
        Assert.Single(Read(heights.Heights));
    }

    [Fact]
    public void Markets_are_patched_and_one_that_goes_final_says_so()
    {
        var markets = new MarketsSubscription(isBatched: false);
        Picture(markets, Sample.Markets(Sample.Market));
        Change(
            markets,
            """
            {"trading":{"ETH-USD":{"nextFundingRate":"-1.25e-5","status":"FINAL_SETTLEMENT"}},
            "oraclePrices":{"ETH-USD":{"oraclePrice":"2499.5","effectiveAtHeight":"70000001","marketId":1}}}
            """);

        var eth = markets.Markets["ETH-USD"];
        Assert.True(eth.Facts.Status.Is(IndexerMarketStatus.FinalSettlement));
        Assert.Equal((-0.0000125m, 2499.5m), (eth.Facts.NextFundingRate, eth.Facts.OraclePrice));
        Assert.Equal(100234.55m, eth.Facts.Volume24H);
        Assert.Equal((VirtualTime.Start, 70_000_001U), (eth.OracleAt, eth.OracleHeight));
        Assert.Null(markets.Slow);
    }

    [Fact]
    public void A_market_that_is_new_makes_the_picture_be_asked_for_again_once()
    {
        var markets = new MarketsSubscription(isBatched: false);
        Picture(markets, Sample.Markets(Sample.Market));
        Change(markets, """{"oraclePrices":{"NEW-USD":{"oraclePrice":"1"}}}""");
        var asked = markets.Slow;
        Picture(markets, Sample.Markets(Sample.Market));
        Change(markets, """{"oraclePrices":{"NEW-USD":{"oraclePrice":"1"}}}""");

        Assert.Equal("stream-mismatch", asked!.Code);
        Assert.Null(markets.Slow);
    }

    [Fact]
    public void A_market_that_is_told_whole_is_there_at_once()
    {
        var markets = new MarketsSubscription(isBatched: false);
        Picture(markets, """{"markets":{}}""");
        Change(markets, $$"""{"trading":{"ETH-USD":{{Sample.Market}} } }""");

        Assert.Equal(2500.25m, markets.Markets["ETH-USD"].Facts.OraclePrice);
        Assert.Null(markets.Slow);
    }

    [Fact]
    public void A_change_of_a_book_makes_no_garbage()
    {
        var book = new BookSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        var intake = new FrameIntake(new StreamSettings());
        intake.Add(book);
        intake.Begin();
        intake.Lines[0].Live(0, VirtualTime.Start);
        var frames = Enumerable.Range(1, 3_000).Select(i => Encoding.UTF8.GetBytes(OwnMessages.Of(
            "channel_data", i, "v4_orderbook", "ETH-USD",
            $$"""{"bids":[["{{2_500 - (i % 40)}}.1","{{i % 3}}.5"]]}"""))).ToList();
        for (var i = 0; i < 1_500; i++) Assert.Null(intake.Take(frames[i], VirtualTime.Start));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 1_500; i < 3_000; i++) intake.Take(frames[i], VirtualTime.Start);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(3_000, book.Book.Changes);
    }

    /// <summary>Fields may come in any order, and what follows contents must be part of a frame.</summary>
    [Theory]
    [InlineData(true, Head, "}")]
    [InlineData(true, Head, " } ")]
    [InlineData(true, Head, ""","version":"1"}""")]
    [InlineData(true, """{"contents":""", "," + Named + "}")]
    [InlineData(false, Head, "")]
    [InlineData(false, Head, "}}")]
    [InlineData(false, Head, ""","x}""")]
    public void A_frame_is_whole_or_none(bool isWhole, string before, string after)
    {
        var book = new BookSubscription(Eth, 0.1m, 0.001m, isBatched: false);
        var intake = new FrameIntake(new StreamSettings());
        intake.Add(book);
        intake.Begin();
        intake.Lines[0].Live(0, VirtualTime.Start);

        var fault = intake.Take(
            Encoding.UTF8.GetBytes($$"""{{before}}{"bids":[["2500.1","3"]]}{{after}}"""), VirtualTime.Start);

        Assert.Equal(isWhole, fault is null);
        var isThere = book.Book.Raw().Bids is [{ Price.Value: 25_001, Size.Value: 3_000 }];
        Assert.True(isThere || !isWhole);
    }

    private static string Trades(params string[] ids) =>
        $$"""{"trades":[{{string.Join(',', ids.Select(id => Sample.Trade(id, VirtualTime.Start)))}}]}""";

    private static Stamp Stamp() => new(1, 1, VirtualTime.Start, null);

    private static void Picture(StreamSubscription subscription, string contents)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(contents));
        reader.Read();
        Assert.Null(subscription.Snapshot(ref reader, Stamp()));
    }

    private static void Change(StreamSubscription subscription, string contents)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(contents));
        reader.Read();
        Assert.Null(subscription.Update(ref reader, Stamp()));
    }

    private static List<T> Read<T>(ChannelReader<T> channel)
    {
        var all = new List<T>();
        while (channel.TryRead(out var one)) all.Add(one);
        return all;
    }
}
