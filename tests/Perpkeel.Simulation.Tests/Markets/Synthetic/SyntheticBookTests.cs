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
        Assert.Equal(6 * 2 * 5, first.Length);
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
    public void Trades_happen_at_the_best_bid_or_ask_and_take_no_more_than_rests_there()
    {
        var source = new SyntheticMarkets(3, StartsAt);
        var batch = new List<SourceEvent>();
        var books = Enumerable.Range(0, 6).Select(_ => new Dictionary<(Side, long), long>()).ToArray();
        Skip(source, SecondsOfPast);

        for (var i = 0; i < 1_000; i++)
        {
            _ = source.TryNext(batch, out _);
            foreach (var next in batch.Select(item => item.Event))
            {
                var book = books[next.Market];
                if (IsLevel(next)) book[(next.Side, next.Last.Value)] = next.Volume.Value;
                if (next.Kind != MarketEventKind.Trade) continue;
                var bid = book.Where(l => l.Key.Item1 == Side.Buy && l.Value > 0).MaxBy(l => l.Key.Item2);
                var ask = book.Where(l => l.Key.Item1 == Side.Sell && l.Value > 0).MinBy(l => l.Key.Item2);
                var level = next.Last.Value == bid.Key.Item2 ? bid : ask;
                Assert.Equal(level.Key.Item2, next.Last.Value);
                Assert.InRange(next.Volume.Value, 1, level.Value);
            }
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
