using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

[Trait("Req", "PAP-2")]
public sealed class CandlePathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100, 104, 99, 103, "100 99 104 103")]
    [InlineData(100, 101, 96, 97, "100 101 96 97")]
    [InlineData(100, 103, 97, 102, "100 97 103 102")]
    [InlineData(100, 103, 97, 98, "100 103 97 98")]
    [InlineData(100, 100, 100, 100, "100 100 100 100")]
    public void A_path_goes_to_the_nearer_extreme_first_and_away_from_the_close_if_both_are_as_near(
        long open, long high, long low, long close, string path)
    {
        var bar = new ReplayBar(0, open, high, low, close, 1);

        var corners = Enumerable.Range(0, 4).Select(leg => CandlePath.PriceAt(bar, 3 * leg));

        Assert.Equal(path, string.Join(' ', corners));
    }

    [Fact]
    public void Details_lie_inside_the_bar_keep_to_its_range_and_share_out_its_volume()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "100,104,99,103,1007"), (1, "103,103,103,103,5"));
        var source = _folder.Load().Open();

        var details = Details(source, TemporaryFolder.Minute(0), TemporaryFolder.Minute(1));

        Assert.All(details, item => Assert.True(item.IsDetail));
        Assert.Equal(8, details.Select(item => item.Event.At).Distinct().Count());
        Assert.All(
            details,
            item => Assert.InRange(
                item.Event.At.ToUnixTimeMilliseconds(), TemporaryFolder.Minute(0) + 1,
                TemporaryFolder.Minute(1) - 1));
        Assert.Equal(
            1_007,
            details.Where(item => item.Event.Kind == MarketEventKind.Trade)
                .Sum(item => item.Event.Volume.Value));
        var oracles = details.Where(item => item.Event.Kind == MarketEventKind.Oracle)
            .Select(item => item.Event.OraclePrice).ToArray();
        Assert.Equal((99_000, 104_000), (oracles.Min(), oracles.Max()));
    }

    [Fact]
    public void Each_side_of_the_book_holds_a_tenth_of_the_bars_volume()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "100,104,99,103,1000"), (1, "103,103,103,103,5"));
        var source = _folder.Load().Open();

        var step = Details(source, TemporaryFolder.Minute(0), TemporaryFolder.Minute(0) + 10_000);
        var book = step.Aggregate(default(OrderBook), (at, item) => at.Step(item.Event));

        Assert.Equal([(99, 40), (97, 60)], book.Bids.Select(level => (level.Price.Value, level.Size.Value)));
        Assert.Equal(
            [(101, 40), (103, 60)], book.Asks.Select(level => (level.Price.Value, level.Size.Value)));
    }

    [Fact]
    public void Any_span_gives_the_same_details_however_far_the_source_was_read()
    {
        _ = _folder.Candles(
            "BTCUSDT.csv",
            [.. Enumerable.Range(0, 9).Where(i => i != 4).Select(i => (i, "100,104,99,103,900"))]);
        var (read, fresh) = (_folder.Load().Open(), _folder.Load().Open());
        var whole = Details(fresh, TemporaryFolder.Minute(-1), TemporaryFolder.Minute(20));
        var pieces = new List<SourceEvent>();
        var batch = new List<SourceEvent>();

        for (var at = TemporaryFolder.Minute(-1); at < TemporaryFolder.Minute(20); at += 1_700)
        {
            _ = read.TryNext(batch, out _);
            pieces.AddRange(Details(read, at, at + 1_700));
        }

        Assert.Equal(8 * 8, whole.Select(item => item.Event.At).Distinct().Count());
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void What_everybody_is_shown_is_the_same_with_and_without_details()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "100,104,99,103,1000"), (1, "103,109,90,100,500"));
        _ = _folder.Candles("ETHUSDT.csv", (0, "10,11,9,10,1000"), (5, "10,11,9,10,1000"));
        var data = _folder.Load();

        var source = data.Open();
        var (shown, batch) = (new List<SourceEvent>(), new List<SourceEvent>());
        var details = new List<SourceEvent>();
        DateTimeOffset? last = null;
        while (source.TryNext(batch, out var at))
        {
            var told = new List<SourceEvent>();
            for (var market = 0; last is { } from && market < source.Markets.Count; market++)
            {
                source.AddDetails(market, from, at, told);
                Assert.All(told, item => Assert.True(item.Event.At > from && item.Event.At <= at));
            }

            details.AddRange(told);
            shown.AddRange(batch);
            last = at;
        }

        Assert.Equal(data.Open().Batches().SelectMany(read => read.Items), shown);
        Assert.All(shown, item => Assert.False(item.IsDetail));
        Assert.Equal(4 * 8 * 5, details.Count);
    }

    [Fact]
    public void Premiums_lead_to_the_hours_rate()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "1,1,1,1,1"), (60, "1,1,1,1,1"), (130, "1,1,1,1,1"));
        _ = _folder.Funding("rates/BTC.csv", (11, "0.0001"), (12, "-0.00002"));
        var source = _folder.Load(System.IO.Path.Combine(_folder.Path, "rates")).Open();

        Assert.Equal(new Ppm(700), source.PremiumAt(0, At(1)));
        Assert.Equal(new Ppm(700), source.PremiumAt(0, At(60)));
        Assert.Equal(new Ppm(-260), source.PremiumAt(0, At(61)));
        Assert.Equal(new Ppm(0), source.PremiumAt(0, At(500)));

        static DateTimeOffset At(int minute) =>
            DateTimeOffset.FromUnixTimeMilliseconds(TemporaryFolder.Minute(minute));
    }

    private static List<SourceEvent> Details(IMarketSource source, long afterMs, long untilMs)
    {
        var details = new List<SourceEvent>();
        source.AddDetails(
            0, DateTimeOffset.FromUnixTimeMilliseconds(afterMs),
            DateTimeOffset.FromUnixTimeMilliseconds(untilMs), details);
        return details;
    }
}
