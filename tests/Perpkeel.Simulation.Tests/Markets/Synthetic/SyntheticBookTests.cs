using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

[Trait("Req", "PAP-1")]
public sealed class SyntheticBookTests
{
    private const int SecondsOfPast = 86_400;
    private static readonly DateTimeOffset StartsAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_second_0_each_book_appears_whole_and_later_seconds_tell_only_changes()
    {
        var source = new SyntheticMarkets(7, StartsAt);
        var batch = new List<SourceEvent>();
        Skip(source, SecondsOfPast);

        _ = source.TryNext(batch, out var at);
        var first = batch.Select(item => item.Event).Where(IsLevel).ToArray();
        var later = 0;
        for (var i = 0; i < 100; i++)
        {
            _ = source.TryNext(batch, out _);
            later += batch.Count(item => IsLevel(item.Event));
        }

        Assert.Equal(StartsAt, at);
        Assert.InRange(first.Length, 6 * 2 * 10, 6 * 2 * 17);
        Assert.All(first, level => Assert.True(level.Volume.Value > 0));
        Assert.InRange(later, 1, 100 * 6 * 10);
    }

    [Fact]
    public void Of_each_second_everything_that_leaves_the_book_is_told_before_anything_that_comes()
    {
        var source = new SyntheticMarkets(7, StartsAt);
        var batch = new List<SourceEvent>();
        Skip(source, SecondsOfPast);

        for (var i = 0; i < 3_600; i++)
        {
            _ = source.TryNext(batch, out _);
            foreach (var market in batch.Select(item => item.Event).Where(IsLevel).GroupBy(e => e.Market))
            {
                var removals = market.Select(level => level.Volume.Value == 0).ToArray();
                Assert.Equal(removals.OrderByDescending(removes => removes), removals);
            }
        }

        Assert.Equal(StartsAt.AddSeconds(3_600), Next(source));
    }

    [Fact]
    public void Takers_take_from_the_book_that_was_shown_best_level_first_and_no_more_than_rests_there()
    {
        var books = new ShownBooks(new SyntheticMarkets(3, StartsAt));
        var walks = 0;
        books.Skip(SecondsOfPast + 1);

        for (var i = 0; i < 1_200; i++)
        {
            var before = books.Copy();
            var taken = new Dictionary<(int Market, Side Taker), long>();
            foreach (var next in books.Next())
            {
                if (next.Kind != MarketEventKind.Trade) continue;
                var side = next.Side.Opposite();
                var (price, size) = before[next.Market].Best(side);
                Assert.Equal(price, next.Last.Value);
                Assert.InRange(next.Volume.Value, 1, size);
                before[next.Market].Set(side, price, size - next.Volume.Value);
                var isFirst = taken.TryAdd((next.Market, next.Side), price);
                if (!isFirst && taken[(next.Market, next.Side)] != price) walks++;
            }
        }

        Assert.True(walks > 50, $"{walks} takers went deeper than the best level");
    }

    [Fact]
    public void A_level_that_was_taken_from_is_told_again_in_the_same_second()
    {
        var books = new ShownBooks(new SyntheticMarkets(3, StartsAt));
        books.Skip(SecondsOfPast + 1);

        for (var i = 0; i < 1_000; i++)
        {
            var events = books.Next();
            var told = events.Where(IsLevel).Select(e => (e.Market, e.Side, e.Last.Value)).ToHashSet();
            Assert.All(
                events.Where(e => e.Kind == MarketEventKind.Trade),
                trade => Assert.Contains((trade.Market, trade.Side.Opposite(), trade.Last.Value), told));
        }
    }

    [Fact]
    public void Levels_are_deep_far_from_the_best_price_and_shallow_near_it()
    {
        var books = new ShownBooks(new SyntheticMarkets(7, StartsAt));
        var (sizes, depths) = (new double[17], new List<int>());
        books.Skip(SecondsOfPast + 1);

        for (var i = 0; i < 7_200; i++)
        {
            books.Next();
            var bids = books[0].Levels(Side.Buy);
            depths.Add(bids.Count);
            if (bids.Count < 17) continue;
            for (var place = 0; place < 17; place++) sizes[place] += bids[place].Size;
        }

        Assert.InRange(depths.Average(), 14, 17);
        Assert.True(sizes[1] > 1.5 * sizes[0], "The best level holds as much as the next.");
        Assert.True(sizes[8] > 1.5 * sizes[1], "The middle holds no more than the top.");
        Assert.True(sizes[16] > 1.3 * sizes[8], "The far end holds no more than the middle.");
    }

    [Fact]
    public void In_a_storm_books_are_thinner_and_wider_and_lack_levels()
    {
        var calm = Shape(MarketModels.Find("calm")!);
        var usual = Shape(MarketModels.Usual);
        var storm = Shape(MarketModels.Find("storm")!);
        var thin = Shape(MarketModels.Find("thin")!);

        Assert.True(calm.Depth > usual.Depth && usual.Depth > 2 * storm.Depth, $"{calm} {usual} {storm}");
        Assert.True(calm.Spread < usual.Spread && usual.Spread < storm.Spread / 3, $"{calm} {usual} {storm}");
        Assert.True(calm.Levels >= usual.Levels && usual.Levels > storm.Levels + 2, $"{usual} {storm}");
        Assert.InRange(usual.Depth / thin.Depth, 8, 12);

        static (double Depth, double Spread, double Levels) Shape(MarketModel model)
        {
            var books = new ShownBooks(new SyntheticMarkets(11, StartsAt, model));
            var (depth, spread, levels) = (0d, 0d, 0d);
            books.Skip(SecondsOfPast + 1);
            for (var i = 0; i < 3_600; i++)
            {
                books.Next();
                var (bids, asks) = (books[1].Levels(Side.Buy), books[1].Levels(Side.Sell));
                depth += bids.Sum(level => (double)level.Size);
                levels += bids.Count / 3_600d;
                spread += (asks[0].Price - bids[0].Price) / (double)bids[0].Price;
            }

            return (depth, spread, levels);
        }
    }

    [Fact]
    public void Reading_allocates_nothing_once_the_batch_has_grown()
    {
        var source = new SyntheticMarkets(7, StartsAt);
        var batch = new List<SourceEvent>(1_000);
        Skip(source, SecondsOfPast);
        _ = source.TryNext(batch, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) _ = source.TryNext(batch, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 10_000);
    }

    private static bool IsLevel(MarketEvent next) => next.Kind == MarketEventKind.Level;

    private static DateTimeOffset Next(SyntheticMarkets source)
    {
        _ = source.TryNext(new List<SourceEvent>(), out var at);
        return at;
    }

    private static void Skip(SyntheticMarkets source, int seconds)
    {
        var batch = new List<SourceEvent>();
        for (var i = 0; i < seconds; i++) _ = source.TryNext(batch, out _);
    }
}
