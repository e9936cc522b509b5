using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Tests.Signals;
using Xunit;

namespace Perpkeel.Core.Tests.MarketData;

public sealed class CandleFoldTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Trades_of_a_minute_make_one_bar_which_the_next_event_completes()
    {
        var bars = Completed(
            Events.Trade(0.1d, 10, 1), Events.Trade(0.5d, 14, 2), Events.Trade(0.9d, 8, 3), Events.Quote(1d));

        Assert.Equal([Candle(0, 1, 10, 14, 8, 8, 6)], bars);
    }

    [Fact]
    public void A_completed_bar_is_given_once()
    {
        var bars = Completed(Events.Trade(0d, 10), Events.Quote(1d), Events.Quote(1.1d), Events.Quote(2.5d));

        Assert.Single(bars);
    }

    [Fact]
    public void A_minute_without_trades_makes_no_bar()
    {
        var bars = Completed(Events.Trade(0d, 10), Events.Trade(5d, 11), Events.Quote(7d));

        Assert.Equal([Candle(0, 1, 10, 10, 10, 10, 1), Candle(5, 1, 11, 11, 11, 11, 1)], bars);
    }

    [Fact]
    public void A_finished_minute_completes_itself()
    {
        var fold = CandleFold.Step(default, Events.Bar(3d, 1, 4, 1, 2, 9), Minute);

        Assert.Equal(Candle(3, 1, 1, 4, 1, 2, 9), fold.Completed);
        Assert.False(fold.IsBuilding);
    }

    [Fact]
    public void Shorter_bars_are_merged()
    {
        var ten = TimeSpan.FromSeconds(10);
        var parts = Enumerable.Range(0, 6)
            .Select(i => Events.BarOf(ten, 2d + (i / 6d), 5 + i, 6 + i, 4 - i, 5 + i, 1))
            .ToArray();

        Assert.Equal([Candle(2, 1, 5, 11, -1, 10, 6)], Completed(parts));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void A_longer_bar_is_one_bar_of_its_own_length(int minutes)
    {
        var bars = Completed(
            Events.BarOf(TimeSpan.FromMinutes(minutes), 0d, 1, 4, 1, 2, 9),
            Events.BarOf(TimeSpan.FromMinutes(minutes), minutes, 2, 5, 2, 3, 8));

        Assert.Equal([Candle(0, minutes, 1, 4, 1, 2, 9), Candle(minutes, minutes, 2, 5, 2, 3, 8)], bars);
    }

    [Fact]
    public void A_bar_after_a_running_one_comes_with_the_event_after()
    {
        var bars = Completed(
            Events.Trade(0d, 10),
            Events.BarOf(TimeSpan.FromMinutes(5), 5d, 1, 4, 1, 2, 9),
            Events.Quote(10d));

        Assert.Equal([Candle(0, 1, 10, 10, 10, 10, 1), Candle(5, 5, 1, 4, 1, 2, 9)], bars);
    }

    [Fact]
    public void A_finished_bar_takes_the_place_of_the_trades_that_it_covers()
    {
        var bars = Completed(Events.Trade(0.2d, 10, 3), Events.Bar(0d, 9, 12, 9, 11, 7), Events.Quote(1.5d));

        Assert.Equal([Candle(0, 1, 9, 12, 9, 11, 7)], bars);
    }

    [Fact]
    public void What_is_in_a_bar_already_is_not_counted_again()
    {
        var bars = Completed(
            Events.Trade(0.2d, 10, 3),
            Events.Trade(1.2d, 11, 4),
            Events.Bar(0d, 10, 10, 10, 10, 3),
            Events.Trade(0.9d, 99, 1),
            Events.BarOf(TimeSpan.FromMinutes(5), -3d, 1, 1, 1, 1, 1));

        Assert.Equal([Candle(0, 1, 10, 10, 10, 10, 3), Candle(1, 1, 11, 11, 11, 11, 4)], bars);
    }

    [Fact]
    public void A_late_trade_does_not_reopen_a_finished_minute()
    {
        var bars = Completed(Events.Bar(0d, 1, 1, 1, 1), Events.Trade(0.99d, 5), Events.Quote(3d));

        Assert.Single(bars);
    }

    [Fact]
    public void A_quote_before_the_bar_of_its_minute_does_not_lose_the_bar()
    {
        var bars = Completed(Events.Quote(1d), Events.Bar(0d, 1, 2, 1, 2));

        Assert.Single(bars);
    }

    [Fact]
    public void Offsets_from_utc_do_not_move_the_grid()
    {
        var at = Events.At(0.5d).ToOffset(TimeSpan.FromMinutes(330));
        var trade = MarketEvent.Trade(0, at, new Ticks(10), new Steps(1));

        var fold = CandleFold.Step(default, trade, TimeSpan.FromHours(1));

        Assert.Equal(Events.At(0d), fold.Current.OpenedAt);
        Assert.Equal(TimeSpan.Zero, fold.Current.OpenedAt.Offset);
    }

    [Fact]
    public void Nothing_and_a_bar_without_length_make_no_bar()
    {
        Assert.Empty(Completed(default, Events.BarOf(TimeSpan.Zero, 1d, 1, 1, 1, 1, 1), Events.Quote(9d)));
    }

    private static Candle Candle(
        double minute, int minutes, long open, long high, long low, long close, long volume) =>
        Events.BarOf(TimeSpan.FromMinutes(minutes), minute, open, high, low, close, volume).ToCandle();

    private static List<Candle> Completed(params MarketEvent[] events)
    {
        var fold = default(CandleFold);
        var bars = new List<Candle>();
        foreach (var next in events)
        {
            fold = CandleFold.Step(fold, next, Minute);
            if (fold.Completed is { } bar) bars.Add(bar);
        }

        return bars;
    }
}
