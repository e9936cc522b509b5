using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Books;

/// <summary>A level of which the stream and REST tell different things.</summary>
/// <param name="Side">The side.</param>
/// <param name="Price">The price.</param>
/// <param name="Told">What the stream told, and when by its offset.</param>
/// <param name="Asked">What REST answered.</param>
public readonly record struct BookDoubt(Side Side, Ticks Price, BookEntry Told, Steps Asked);

/// <summary>
/// Holds a book against REST. The two are never of the same instant, so one difference says nothing: a level
/// is wrong when two checks in a row find the same difference and the stream did not touch it between them.
/// </summary>
public static class BookCheck
{
    /// <summary>
    /// Where they differ, within the prices that the answer covers and the book does not overlap.
    /// </summary>
    /// <param name="book">The stream's.</param>
    /// <param name="answer">REST's; levels off the grid are passed over.</param>
    /// <param name="tick">The market's tick size.</param>
    /// <param name="step">The market's step size.</param>
    public static ImmutableArray<BookDoubt> Differences(
        LiveBook book, BookLines answer, decimal tick, decimal step)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(answer);
        var (bids, asks) = book.View(int.MaxValue);
        var found = ImmutableArray.CreateBuilder<BookDoubt>();
        Compare(Side.Buy, book, bids, Levels(answer.Bids, tick, step), found);
        Compare(Side.Sell, book, asks, Levels(answer.Asks, tick, step), found);
        return found.ToImmutable();
    }

    /// <summary>Which doubts of a check the next one confirms.</summary>
    public static ImmutableArray<BookDoubt> Confirmed(
        ImmutableArray<BookDoubt> before, ImmutableArray<BookDoubt> now) =>
        [.. now.Where(before.Contains)];

    private static void Compare(
        Side side, LiveBook book, ImmutableArray<BookEntry> view, Dictionary<long, long> answer,
        ImmutableArray<BookDoubt>.Builder found)
    {
        if (answer.Count == 0) return;
        var (low, high) = (answer.Keys.Min(), answer.Keys.Max());

        // Of what is left out of the view nothing can be said: the Indexer uncrosses by another rule.
        var best = view.IsEmpty ? (long?)null : view[0].Price.Value;
        foreach (var (price, size) in answer)
        {
            if (best is { } limit && (side == Side.Buy ? price > limit : price < limit)) continue;
            var told = book.At(side, new Ticks(price));
            if (told.Size.Value != size)
            {
                found.Add(new BookDoubt(side, new Ticks(price), told, new Steps(size)));
            }
        }

        foreach (var told in view)
        {
            var price = told.Price.Value;
            if (price < low || price > high || answer.ContainsKey(price)) continue;
            found.Add(new BookDoubt(side, told.Price, told, default));
        }
    }

    private static Dictionary<long, long> Levels(ImmutableArray<BookLine> lines, decimal tick, decimal step)
    {
        var levels = new Dictionary<long, long>();
        foreach (var line in lines)
        {
            if (TryCount(line.Price, tick, out var price) && TryCount(line.Size, step, out var size))
            {
                levels[price] = size;
            }
        }

        return levels;
    }

    private static bool TryCount(decimal value, decimal unit, out long count)
    {
        count = 0;
        var units = value / unit;
        if (units != decimal.Truncate(units) || units > long.MaxValue) return false;
        count = (long)units;
        return true;
    }
}
