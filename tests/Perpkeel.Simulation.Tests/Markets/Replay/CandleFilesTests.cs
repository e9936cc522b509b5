using System.Globalization;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

[Trait("Req", "PAP-2")]
public sealed class CandleFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Markets_come_in_the_order_of_their_names_from_all_csv_files_of_the_folder_itself()
    {
        _ = _folder.Candles("x_SOLUSDT_1m.csv", (1, "1,1,1,1,1"), (2, "1,1,1,1,1"));
        _ = _folder.Candles("a_ETHUSDC_1m.csv", (0, "1,1,1,1,1"), (5, "1,1,1,1,1"));
        _ = _folder.Candles("below/b_XRPUSDT_1m.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        _ = _folder.Write("readme.txt", "not candles");

        var data = _folder.Load();

        Assert.Equal(
            [("ETHUSDC", "ETH", 0), ("SOLUSDT", "SOL", 1)],
            data.Markets.Select(market => (market.Id.Value, market.BaseAsset, market.Index)));
        Assert.Equal(4, data.Rows);
        Assert.Equal(TemporaryFolder.Minute(0), data.StartsAt.ToUnixTimeMilliseconds());
        Assert.Equal(TemporaryFolder.Minute(10), data.EndsAt.ToUnixTimeMilliseconds());
        Assert.Empty(data.Notes);
        Assert.Empty(data.Gaps);
    }

    [Theory]
    [InlineData("BTCUSDT.csv", "BTCUSDT", "BTC")]
    [InlineData("venue_1000PEPEUSDC_5m.csv", "1000PEPEUSDC", "1000PEPE")]
    [InlineData("kraken_XBTUSD.csv", "XBTUSD", "XBT")]
    [InlineData("dydx_v4_BTC-USD_1m.csv", "BTC-USD", "BTC")]
    public void One_file_is_enough_and_its_name_tells_the_market(string file, string market, string asset)
    {
        var path = _folder.Candles(file, (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));

        Assert.True(CandleFiles.Load(path).TryGet(out var data, out _));

        var loaded = Assert.Single(data.Markets);
        Assert.Equal(market, loaded.Id.Value);
        Assert.Equal(asset, loaded.BaseAsset);
    }

    [Theory]
    [InlineData("95505.4", "16.536", "0.1", "0.001")]
    [InlineData("95505.00", "16.0", "1", "1")]
    [InlineData("87225", "0.8593", "1", "0.0001")]
    [InlineData("0.21903", "1254559", "0.00001", "1")]
    [InlineData("1.5e-7", "3e2", "0.00000001", "1")]
    [InlineData("0.12345678", "1.5", "0.00000001", "0.1")]
    [InlineData("0.12345678", "1.12345678", "0.00000001", "0.00000001")]
    [InlineData("0.1234567", "1.12345678", "0.0000001", "0.00000001")]
    public void Tick_and_step_are_the_most_decimals_of_prices_and_volumes_without_trailing_zeros(
        string price, string volume, string tick, string step)
    {
        _ = _folder.Candles(
            "BTCUSDT.csv", (0, $"{price},{price},{price},{price},{volume}"),
            (1, $"{price},{price},{price},{price},0"));

        var market = Assert.Single(_folder.Load().Markets);

        Assert.Equal(decimal.Parse(tick, CultureInfo.InvariantCulture), market.TickSize);
        Assert.Equal(decimal.Parse(step, CultureInfo.InvariantCulture), market.StepSize);
        Assert.Equal(market.TickSize / 1_000m, new decimal(Math.Pow(10, market.OracleExponent)));
    }

    [Theory]
    [InlineData("BTC", 50_000, 600_000)]
    [InlineData("ETH", 50_000, 600_000)]
    [InlineData("LTC", 100_000, 500_000)]
    [InlineData("WIF", 200_000, 500_000)]
    public void Margin_goes_by_base_asset_and_stands_among_the_assumptions(
        string asset, long initialPpm, long maintenancePpm)
    {
        _ = _folder.Candles($"{asset}USDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));

        var data = _folder.Load();

        Assert.Equal(initialPpm, data.Markets[0].InitialMarginPpm.Value);
        Assert.Equal(maintenancePpm, data.Markets[0].MaintenanceFractionPpm.Value);
        Assert.Contains(data.Assumptions, text => text.StartsWith(
            $"{asset}USDT: initial margin {initialPpm / 10_000} %", StringComparison.Ordinal));
        Assert.Equal(
            initialPpm == 200_000,
            data.Assumptions.Any(text => text.Contains("WIF is not in the table", StringComparison.Ordinal)));
    }

    [Fact]
    public void Identical_files_of_one_market_are_read_once_and_noted()
    {
        _ = _folder.Candles("a_BTCUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        _ = _folder.Candles("b_BTCUSDT.csv", (0, "1.0,1,1,1,1"), (1, "1,1,1,1,1.00"));

        var data = _folder.Load();

        Assert.Equal(2, data.Rows);
        var note = Assert.Single(data.Notes);
        Assert.Equal("b_BTCUSDT.csv is the same as a_BTCUSDT.csv and was read once", note);
    }

    [Fact]
    public void Gaps_are_counted_and_the_first_three_listed_and_nothing_is_filled_in()
    {
        _ = _folder.Candles(
            "BTCUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"), (3, "1,1,1,1,1"), (6, "1,1,1,1,1"),
            (8, "1,1,1,1,1"), (10, "1,1,1,1,1"));

        var data = _folder.Load();

        var gaps = Assert.Single(data.Gaps);
        Assert.Equal("BTCUSDT", gaps.Market.Value);
        Assert.Equal(4, gaps.Count);
        Assert.Equal([2, 4, 7], gaps.First.Select(gap => MinuteOf(gap.From)));
        Assert.Equal([3, 6, 8], gaps.First.Select(gap => MinuteOf(gap.Until)));
        Assert.Equal(6, Bars(data));

        static int MinuteOf(DateTimeOffset at) =>
            (int)((at.ToUnixTimeMilliseconds() - TemporaryFolder.TenOClockMs) / 60_000);
    }

    [Fact]
    public void Columns_may_come_in_another_order_and_with_others_between_them()
    {
        _ = _folder.Write(
            "BTCUSDT.csv",
            "\uFEFFVolume,trades,ts_ms,close,low,high,open\r\n"
            + $"7,99,{TemporaryFolder.Minute(0)},2,1,4,3\r\n\r\n"
            + $"8,99,{TemporaryFolder.Minute(1)},2,1,4,3\r\n");

        var source = new CandleReplay(_folder.Load());
        var candle = source.Events().First(next => next.Kind == MarketEventKind.Candle);

        Assert.Equal((3, 4, 1, 2, 7), (
            candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Last.Value, candle.Volume.Value));
    }

    [Fact]
    public void The_fingerprint_goes_by_content_and_not_by_file_names()
    {
        _ = _folder.Candles("a_BTCUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        using var renamed = new TemporaryFolder();
        _ = renamed.Candles("b_BTCUSDT_1m.csv", (0, "1,1,1,1.0,1"), (1, "1,1,1,1,1"));
        using var changed = new TemporaryFolder();
        _ = changed.Candles("a_BTCUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,2"));

        var fingerprint = _folder.Load().Fingerprint;

        Assert.Matches("^[0-9a-f]{64}$", fingerprint);
        Assert.Equal(fingerprint, renamed.Load().Fingerprint);
        Assert.NotEqual(fingerprint, changed.Load().Fingerprint, StringComparer.Ordinal);
    }

    [Fact]
    public void The_fingerprint_covers_funding()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "1,1,1,1,1"), (60, "1,1,1,1,1"));
        using var funding = new TemporaryFolder();
        _ = funding.Funding("BTC.csv", (10, "0.0001"), (11, "0.0002"), (12, "0.0003"));

        Assert.NotEqual(
            _folder.Load().Fingerprint, _folder.Load(funding.Path).Fingerprint, StringComparer.Ordinal);
    }

    private static int Bars(ReplayData data) =>
        new CandleReplay(data).Events().Count(next => next.Kind == MarketEventKind.Candle);
}
