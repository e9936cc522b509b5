using System.Globalization;
using System.IO.Compression;
using System.Text;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

[Trait("Req", "PAP-2")]
public sealed class BookReplayTests : IDisposable
{
    private const string BookHeader = "ts_ms,last_update_id,bp0,bq0,bp1,bq1,ap0,aq0,ap1,aq1\n";
    private const string TradeHeader = "ts_ms,recv_ms,price,qty,side\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_snapshot_is_told_as_what_it_changed_removals_before_additions()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (400, "101,1,100,5,102,9,103,2"));

        var batches = Load().Open().Batches().ToArray();

        Assert.Equal([0, 400], batches.Select(MillisecondOf));
        AssertTold(["Buy 100 5", "Buy 99 6", "Sell 101 7", "Sell 102 8", "oracle 100500"], batches[0].Items);
        AssertTold(["Buy 99 0", "Sell 101 0", "Buy 101 1", "Sell 102 9", "Sell 103 2"], batches[1].Items);
    }

    [Fact]
    public void A_trade_carries_its_taker_and_what_it_passed_is_told_again_with_the_next_snapshot()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (500, "100,5,99,6,101,7,102,8"), (800, "100,5,99,6,101,7,102,8"));
        Trades((200, "101,0.5,BUY"), (300, "99,2,sell"));

        var batches = Load().Open().Batches().ToArray();

        Assert.Equal([0, 200, 300, 500], batches.Select(MillisecondOf));
        AssertTold(["trade 101 5 Buy"], batches[1].Items);
        AssertTold(["trade 99 20 Sell"], batches[2].Items);
        AssertTold(["Buy 100 50", "Buy 99 60", "Sell 101 70"], batches[3].Items);
    }

    [Fact]
    public void At_one_instant_trades_come_before_the_book_that_they_left()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (200, "100,5,99,6,102,8,103,1"));
        Trades((200, "101,7,buy"));

        var kinds = Load().Open().Batches().ElementAt(1).Items.Select(item => item.Event.Kind);

        Assert.Equal([MarketEventKind.Trade, MarketEventKind.Level, MarketEventKind.Level], kinds.Take(3));
    }

    [Fact]
    public void The_oracle_goes_a_quarter_of_the_way_to_the_middle_each_whole_second()
    {
        Book(
            (0, "100,5,99,6,102,7,103,8"), (100, "108,5,107,6,110,7,111,8"),
            (2_500, "108,5,107,1,110,7,111,8"));

        var oracles = Load().Open().Batches()
            .SelectMany(batch => batch.Items, (batch, item) => (MillisecondOf(batch), item.Event))
            .Where(item => item.Event.Kind == MarketEventKind.Oracle)
            .Select(item => (item.Item1, item.Event.OraclePrice));

        Assert.Equal([(0L, 101_000L), (1_000, 103_000), (2_000, 104_500)], oracles);
    }

    [Fact]
    public void Levels_that_meet_are_left_out_and_counted()
    {
        Book((0, "100,5,99,6,100,7,102,8"), (300, "100,5,99,6,101,7,102,8"));

        var data = Load();
        var first = data.Open().Batches().First().Items;

        AssertTold(["Buy 99 6", "Sell 102 8", "oracle 100500"], first);
        Assert.Contains(
            "BTC-USD_book.csv: in 1 of 2 snapshots bids and asks met; levels that meet were left out",
            data.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void A_row_that_stands_there_twice_is_read_once()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (0, "100,5,99,6,101,7,102,8"), (9, "100,4,99,6,101,7,102,8"));

        var data = Load();

        Assert.Equal(2, data.Rows);
        Assert.Equal("BTC-USD_book.csv: 1 rows stood there twice and were read once", data.Notes[0]);
    }

    [Fact]
    public void Without_a_snapshot_for_a_minute_the_book_is_empty_until_the_next()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (200_000, "90,5,89,6,91,7,92,8"));

        var data = Load();
        var batches = data.Open().Batches().ToArray();
        var empty = Assert.Single(batches, batch => MillisecondOf(batch) == 60_000);

        AssertTold(["Buy 100 0", "Buy 99 0", "Sell 101 0", "Sell 102 0"], empty.Items);
        Assert.DoesNotContain(batches, batch => MillisecondOf(batch) is > 60_000 and < 200_000);
        Assert.Equal("oracle 90500", Words(batches[^1].Items[^1].Event));
        Assert.Equal(1, Assert.Single(data.Gaps).Count);
    }

    [Fact]
    public void A_trade_told_late_takes_its_place_and_one_told_very_late_is_refused()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (90_000, "100,5,99,6,101,7,102,8"));
        Trades((40_000, "101,1,buy"), (30_000, "101,2,buy"));
        var times = Load().Open().Events()
            .Where(next => next.Kind == MarketEventKind.Trade).Select(next => next.Volume.Value);
        Assert.Equal([2, 1], times);

        Trades((90_000, "101,1,buy"), (20_000, "101,2,buy"));
        var error = Assert.Single(Refusal().Errors);
        Assert.Equal("replay.out-of-order", error.Code);
        Assert.StartsWith("BTC-USD_trades.csv, line 3 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seconds_and_other_names_of_columns_and_packed_files_are_understood()
    {
        Packed(
            "hyperliquid_BTC_orderbooks.csv.gz",
            "timestamp,sequence,exchange_timestamp,bid_price_0,bid_size_0,ask_price_0,ask_size_0\n"
            + "1767607199.9,1,1767607200000,100.50,5,101,7\n1767607200.9,2,1767607201000,100.50,4,101,7\n");
        _ = _folder.Write(
            "aster_ETHUSDT_book10.csv",
            "unix_timestamp,lastUpdateId,bid_price_0,bid_qty_0,ask_price_0,ask_qty_0\n"
            + "1767607200.25,9,10.000000,1,11.000000,2\n1767607200.75,9,10.000000,1.5,11.000000,2\n");
        _ = _folder.Write(
            "aster_ETHUSDT_trades.csv",
            "id,unix_timestamp_ms,side,price,quantity\n7,1767607200300,sell,10,0.5\n"
            + "7,1767607200300,sell,10,0.5\n");

        var data = Load();
        var events = data.Open().Events().ToArray();

        Assert.Equal("BTC-USD ETHUSDT", string.Join(' ', data.Markets.Select(market => market.Id.Value)));
        Assert.Equal((0.1m, 1m), (data.Markets[0].TickSize, data.Markets[0].StepSize));
        Assert.Equal((1m, 0.1m), (data.Markets[1].TickSize, data.Markets[1].StepSize));
        Assert.Equal(TemporaryFolder.TenOClockMs, data.StartsAt.ToUnixTimeMilliseconds());
        Assert.Equal("trade 10 5 Sell", Words(Assert.Single(events, e => e.Kind == MarketEventKind.Trade)));
    }

    [Fact]
    public void Files_of_one_market_follow_each_other_and_must_not_overlap()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (1, "100,5,99,6,101,7,102,9"));
        _ = _folder.Write("b_BTC-USD_book.csv", BookHeader + Row(5, "100,5,99,6,101,7,102,8"));
        Assert.Equal(3, Load().Rows);

        _ = _folder.Write("b_BTC-USD_book.csv", BookHeader + Row(1, "100,5,99,6,101,7,102,8"));
        var error = Assert.Single(Refusal().Errors);
        Assert.Equal("replay.files-overlap", error.Code);
        Assert.Contains("b_BTC-USD_book.csv", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,-5,2,6,3,7,4,8", "replay.price-not-positive", "bq0 is -5")]
    [InlineData("1,x,2,6,3,7,4,8", "replay.not-a-number", "bq0 is 'x'")]
    [InlineData("1.123456789,5,2,6,3,7,4,8", "replay.too-many-decimals", "bp0 has more than 8")]
    [InlineData("1,5,2,6,3,7,400000000,8", "replay.too-large", "ap1 is too large")]
    [InlineData("1,5,2,6,3,7,4", "replay.fields-mismatch", "9 fields where the header names 10")]
    public void A_bad_snapshot_is_refused_with_file_line_and_mend(string row, string code, string told)
    {
        Book((0, "100,5,99,6,101,7,102,8"), (100, row));

        var error = Assert.Single(Refusal().Errors);

        Assert.Equal(code, error.Code);
        Assert.StartsWith("BTC-USD_book.csv, line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100,1,up", "replay.not-a-side", "side is 'up'. Write buy or sell")]
    [InlineData("0,1,buy", "replay.price-not-positive", "price is 0")]
    [InlineData("100,,buy", "replay.price-not-positive", "qty is 0")]
    public void A_bad_trade_is_refused_with_file_line_and_mend(string row, string code, string told)
    {
        Book((0, "100,5,99,6,101,7,102,8"));
        Trades((100, row));

        var error = Assert.Single(Refusal().Errors);

        Assert.Equal(code, error.Code);
        Assert.StartsWith("BTC-USD_trades.csv, line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trades_without_a_book_and_candles_beside_a_book_are_refused()
    {
        Trades((0, "100,1,buy"));
        Assert.Equal("replay.book-missing", Assert.Single(Refusal().Errors).Code);

        Book((0, "100,5,99,6,101,7,102,8"));
        _ = _folder.Candles("BTC-USD_1m.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        var error = Assert.Single(Refusal().Errors);
        Assert.Equal("replay.kinds-mixed", error.Code);
        Assert.StartsWith("BTC-USD_1m.csv is neither", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_packing_is_refused()
    {
        Book((0, "100,5,99,6,101,7,102,8"));
        _ = _folder.Write("BTC-USD_trades.csv.gz", "this is not packed");

        Assert.Equal("replay.kinds-mixed", Assert.Single(Refusal().Errors).Code);
    }

    [Fact]
    [Trait("Req", "RX-6")]
    public void Equal_recordings_have_equal_fingerprints_and_replay_alike()
    {
        Book((0, "100,5,99,6,101,7,102,8"), (400, "101,1,100,5,102,9,103,2"));
        Trades((200, "101,0.5,buy"));
        var first = Load();
        Trades((200, "101,0.6,buy"));
        var other = Load();
        Trades((200, "101,0.5,buy"));
        var again = Load();

        Assert.Equal(first.Fingerprint, again.Fingerprint);
        Assert.NotEqual(first.Fingerprint, other.Fingerprint, StringComparer.Ordinal);
        Assert.Equal(first.Open().Events(), again.Open().Events());
    }

    private static long MillisecondOf((DateTimeOffset At, SourceEvent[] Items) batch) =>
        batch.At.ToUnixTimeMilliseconds() - TemporaryFolder.TenOClockMs;

    private static void AssertTold(string[] words, SourceEvent[] items) =>
        Assert.Equal(string.Join("; ", words), string.Join("; ", items.Select(item => Words(item.Event))));

    private static string Words(MarketEvent next) => next.Kind switch
    {
        MarketEventKind.Level => $"{next.Side} {next.Last.Value} {next.Volume.Value}",
        MarketEventKind.Trade => $"trade {next.Last.Value} {next.Volume.Value} {next.Side}",
        MarketEventKind.Oracle => $"oracle {next.OraclePrice}",
        _ => next.Kind.ToString(),
    };

    private static string Row(int milliseconds, string numbers) => string.Create(
        CultureInfo.InvariantCulture, $"{TemporaryFolder.TenOClockMs + milliseconds},1,{numbers}\n");

    private void Book(params (int Milliseconds, string Numbers)[] rows) => _folder.Write(
        "BTC-USD_book.csv",
        BookHeader + string.Concat(rows.Select(row => Row(row.Milliseconds, row.Numbers))));

    private void Trades(params (int Milliseconds, string Numbers)[] rows) => _folder.Write(
        "BTC-USD_trades.csv",
        TradeHeader + string.Concat(rows.Select(row => Row(row.Milliseconds, row.Numbers))));

    private void Packed(string file, string text)
    {
        using var packed = new GZipStream(
            File.Create(Path.Combine(_folder.Path, file)), CompressionLevel.Fastest);
        packed.Write(Encoding.ASCII.GetBytes(text));
    }

    private ReplayData Load()
    {
        var result = ReplayFiles.Load(_folder.Path);
        Assert.True(result.TryGet(out var data, out var failure), failure?.ToString());
        return data;
    }

    private ReplayFailure Refusal()
    {
        Assert.False(ReplayFiles.Load(_folder.Path).TryGet(out _, out var failure), "It was not refused.");
        return failure;
    }
}
