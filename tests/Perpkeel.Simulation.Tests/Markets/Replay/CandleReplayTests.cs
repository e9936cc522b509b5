using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

[Trait("Req", "PAP-2")]
public sealed class CandleReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bar_opens_with_a_quote_and_the_oracle_and_ends_with_the_bar_a_quote_and_the_oracle()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "100.5,102,99,101,30.5"), (1, "101,101,101,101,7"));

        var batches = new CandleReplay(_folder.Load()).Batches().ToArray();

        Assert.Equal([0, 1, 2], batches.Select(batch => MinuteOf(batch.At)));
        Assert.Equal([MarketEventKind.Quote, MarketEventKind.Oracle], Kinds(batches[0].Items));
        Assert.Equal(
            [
                MarketEventKind.Candle, MarketEventKind.Quote, MarketEventKind.Oracle,
                MarketEventKind.Quote, MarketEventKind.Oracle,
            ],
            Kinds(batches[1].Items));
        Assert.Equal(
            [MarketEventKind.Candle, MarketEventKind.Quote, MarketEventKind.Oracle], Kinds(batches[2].Items));

        var candle = batches[1].Items[0].Event.ToCandle();
        Assert.Equal(TimeSpan.FromMinutes(1), candle.Length);
        Assert.Equal(TemporaryFolder.TenOClockMs, candle.OpenedAt.ToUnixTimeMilliseconds());
        Assert.Equal(
            (1_005, 1_020, 990, 1_010, 305),
            (candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value,
                candle.Volume.Value));
        Assert.Equal(1_005_000, batches[0].Items[1].Event.OraclePrice);
        Assert.Equal(1_010_000, batches[1].Items[2].Event.OraclePrice);
    }

    [Theory]
    [InlineData("100", 99, 101)]
    [InlineData("20000", 19_999, 20_001)]
    [InlineData("20001", 19_999, 20_003)]
    [InlineData("95505", 95_500, 95_510)]
    [InlineData("1", 1, 2)]
    public void Half_the_spread_is_half_a_tick_or_half_a_basis_point_rounded_outward(
        string price, long bid, long ask)
    {
        var row = $"{price},{price},{price},{price},10";
        _ = _folder.Candles("BTCUSDT.csv", (0, row), (1, row));

        var quotes = new CandleReplay(_folder.Load()).Events()
            .Where(next => next.Kind == MarketEventKind.Quote)
            .ToArray();

        Assert.Equal(4, quotes.Length);
        Assert.All(quotes, quote => Assert.Equal((bid, ask), (quote.Bid.Value, quote.Ask.Value)));
    }

    [Fact]
    public void Quotes_show_a_tenth_of_the_bar_before()
    {
        _ = _folder.Candles(
            "BTCUSDT.csv", (0, "1,1,1,1,1000"), (1, "1,1,1,1,59"), (2, "1,1,1,1,7"), (3, "1,1,1,1,0"));

        var quotes = new CandleReplay(_folder.Load()).Batches()
            .SelectMany(batch => batch.Items)
            .Where(item => item.Event.Kind == MarketEventKind.Quote)
            .Select(item => (item.Event.BidSize.Value, item.Event.AskSize.Value))
            .ToArray();

        Assert.Equal(
            [
                (1, 1), (100, 100), (100, 100), (5, 5), (5, 5), (1, 1), (1, 1), (1, 1),
            ],
            quotes);
    }

    [Fact]
    public void At_one_instant_all_bars_end_then_funding_is_paid_then_bars_open_in_the_markets_order()
    {
        _ = _folder.Candles("ETHUSDT.csv", (30, "1,1,1,1,1"), (60, "1,1,1,1,1"));
        _ = _folder.Candles("BTCUSDT.csv", (55, "1,1,1,1,1"), (60, "1,1,1,1,1"));

        var (_, items) = new CandleReplay(_folder.Load()).Batches()
            .Single(batch => MinuteOf(batch.At) == 60);

        Assert.Equal(
            [
                (MarketEventKind.Candle, 0), (MarketEventKind.Quote, 0), (MarketEventKind.Oracle, 0),
                (MarketEventKind.Candle, 1), (MarketEventKind.Quote, 1), (MarketEventKind.Oracle, 1),
                (MarketEventKind.Funding, 0), (MarketEventKind.Funding, 1),
                (MarketEventKind.Quote, 0), (MarketEventKind.Oracle, 0),
                (MarketEventKind.Quote, 1), (MarketEventKind.Oracle, 1),
            ],
            items.Select(item => (item.Event.Kind, item.Event.Market)));
    }

    [Fact]
    public void Instants_rise_strictly_over_gaps_and_unequal_bars_and_each_event_has_its_instant()
    {
        _ = _folder.Candles("ETHUSDT.csv", (0, "1,1,1,1,1"), (15, "1,1,1,1,1"), (200, "1,1,1,1,1"));
        _ = _folder.Candles("BTCUSDT.csv", (7, "1,1,1,1,1"), (8, "1,1,1,1,1"), (90, "1,1,1,1,1"));
        var data = _folder.Load();

        var batches = new CandleReplay(data).Batches().ToArray();

        Assert.All(batches.Zip(batches.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
        Assert.All(batches, batch => Assert.All(batch.Items, item => Assert.Equal(batch.At, item.Event.At)));
        Assert.All(batches, batch => Assert.NotEmpty(batch.Items));
        Assert.Equal(data.StartsAt, batches[0].At);
        Assert.Equal(data.EndsAt, batches[^1].At);
        Assert.Equal(
            6, batches.SelectMany(batch => Kinds(batch.Items)).Count(kind => kind == MarketEventKind.Candle));
    }

    [Fact]
    [Trait("Req", "RX-6")]
    public void The_same_data_replays_alike_any_number_of_times_and_then_stays_at_its_end()
    {
        _ = _folder.Candles("BTCUSDT.csv", (0, "1,2,1,2,100"), (1, "2,2,1,1,50"));
        var data = _folder.Load();
        var source = new CandleReplay(data);

        var first = source.Events().ToArray();
        var batch = new List<SourceEvent> { default };

        Assert.Equal(first, new CandleReplay(data).Events());
        Assert.False(source.TryNext(batch, out var at));
        Assert.Equal(data.EndsAt, at);
        Assert.Empty(batch);
    }

    [Fact]
    public void The_description_names_markets_and_span()
    {
        _ = _folder.Candles("ETHUSDT.csv", (0, "1,1,1,1,1"), (15, "1,1,1,1,1"));
        _ = _folder.Candles("BTCUSDT.csv", (0, "1,1,1,1,1"), (15, "1,1,1,1,1"));

        var source = new CandleReplay(_folder.Load());

        Assert.Equal(
            "replay of BTCUSDT, ETHUSDT, 2026-01-05 10:00 to 2026-01-05 10:30 UTC", source.Description);
        Assert.Equal(2, source.Markets.Count);
        Assert.Equal(TemporaryFolder.TenOClockMs, source.StartsAt.ToUnixTimeMilliseconds());
    }

    private static IEnumerable<MarketEventKind> Kinds(IEnumerable<SourceEvent> items) =>
        items.Select(item => item.Event.Kind);

    private static long MinuteOf(DateTimeOffset at) =>
        (at.ToUnixTimeMilliseconds() - TemporaryFolder.TenOClockMs) / 60_000;
}
