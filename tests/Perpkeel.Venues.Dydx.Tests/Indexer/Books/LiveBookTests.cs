using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Books;

[Trait("Req", "RX-2")]
public sealed class LiveBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Levels_are_best_first_and_a_size_replaces_the_one_before()
    {
        var book = new LiveBook();
        foreach (var (price, size) in new[] { (100L, 5L), (102L, 1L), (101L, 2L), (101L, 7L), (102L, 0L) })
        {
            Assert.True(book.Set(Side.Buy, new Ticks(price), new Steps(size), 1));
        }

        Assert.Equal([(101L, 7L), (100L, 5L)], Levels(book.Raw().Bids));
    }

    /// <summary>The older of two that overlap is left out, and kept for when the other one goes.</summary>
    [Fact]
    public void Spec_5_the_older_level_is_left_out_of_the_view_and_not_forgotten()
    {
        var book = new LiveBook();
        book.Set(Side.Buy, new Ticks(105), new Steps(3), offset: 1);
        book.Set(Side.Sell, new Ticks(104), new Steps(2), offset: 2);

        Assert.Empty(book.View(10).Bids);
        Assert.True(book.Top(Now, Patience).Quality.IsUncrossed);

        book.Set(Side.Sell, new Ticks(104), new Steps(0), offset: 3);
        Assert.Equal([(105L, 3L)], Levels(book.View(10).Bids));
    }

    [Fact]
    public void Any_order_of_changes_leaves_the_book_that_a_plain_table_has()
    {
        const ulong Seed = 20_260_102;
        var chance = Seed;
        var book = new LiveBook();
        var table = new SortedDictionary<long, long>();
        for (var i = 0; i < 20_000; i++)
        {
            chance = unchecked((chance * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            var (price, size) = ((long)(chance >> 40) % 700 + 1, (long)(chance >> 20) % 4);
            if (size == 0) table.Remove(price);
            else table[price] = size;
            Assert.True(book.Set(Side.Sell, new Ticks(price), new Steps(size), i), $"seed {Seed}");
        }

        Assert.Equal(table.Select(one => (one.Key, one.Value)), Levels(book.Raw().Asks));
    }

    [Fact]
    public void More_levels_than_a_book_can_have_are_refused()
    {
        var book = new LiveBook();
        for (var i = 1; i <= LiveBook.MostLevels; i++)
        {
            Assert.True(book.Set(Side.Buy, new Ticks(i), new Steps(1), 1));
        }

        Assert.False(book.Set(Side.Buy, new Ticks(LiveBook.MostLevels + 1), new Steps(1), 1));
        Assert.True(book.Set(Side.Buy, new Ticks(7), new Steps(2), 1));
    }

    [Fact]
    public void Every_price_says_how_far_it_can_be_relied_on()
    {
        var book = new LiveBook();
        Assert.Equal(QualityGrade.Missing, book.Top(Now, Patience).Quality.Grade);
        book.Set(Side.Buy, new Ticks(100), new Steps(1), 1);
        book.Set(Side.Sell, new Ticks(101), new Steps(1), 1);

        book.Heard(Now, PriceSource.Snapshot);
        var fresh = book.Top(Now + TimeSpan.FromSeconds(10), Patience).Quality;
        var old = book.Top(Now + TimeSpan.FromSeconds(10.001), Patience).Quality;
        book.Doubt();
        var doubted = book.Top(Now, Patience).Quality;
        book.Heard(Now, PriceSource.Stream);
        var stillDoubted = book.Top(Now, Patience).Quality;

        Assert.Equal(
            new PriceQuality(QualityGrade.Good, PriceSource.Snapshot, TimeSpan.FromSeconds(10), false, false),
            fresh);
        Assert.Equal(QualityGrade.Stale, old.Grade);
        Assert.True(doubted is { Grade: QualityGrade.Stale, HasGap: true });
        Assert.True(stillDoubted.HasGap);
    }

    [Fact]
    public void A_level_is_wrong_when_two_checks_find_it_so_and_nothing_touched_it_between()
    {
        var book = new LiveBook();
        book.Set(Side.Buy, new Ticks(100), new Steps(1), 1);
        book.Set(Side.Buy, new Ticks(99), new Steps(4), 1);
        book.Set(Side.Buy, new Ticks(50), new Steps(9), 1);
        var answer = new BookLines
        {
            Bids = [new(10.0m, 0.001m), new(9.9m, 0.005m), new(9.8m, 0.002m)],
            Asks = [],
        };

        var first = BookCheck.Differences(book, answer, 0.1m, 0.001m);
        book.Set(Side.Buy, new Ticks(98), new Steps(1), 2);
        var second = BookCheck.Differences(book, answer, 0.1m, 0.001m);

        Assert.Equal([99L, 98L], first.Select(doubt => doubt.Price.Value));
        var wrong = Assert.Single(BookCheck.Confirmed(first, second));
        Assert.Equal((99L, 4L, 5L), (wrong.Price.Value, wrong.Told.Size.Value, wrong.Asked.Value));
    }

    [Fact]
    public void A_change_of_a_book_that_is_full_of_levels_makes_no_garbage()
    {
        var book = new LiveBook();
        for (var i = 0; i < 10_000; i++) book.Set(Side.Buy, new Ticks(1 + (i % 500)), new Steps(1 + i), i);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++)
        {
            book.Set(Side.Buy, new Ticks(1 + (i % 500)), new Steps(i % 3), i);
            book.Top(Now, Patience);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<(long Price, long Size)> Levels(IEnumerable<BookEntry> levels) =>
        levels.Select(level => (level.Price.Value, level.Size.Value));
}
