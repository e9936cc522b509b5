using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Books;

/// <summary>
/// The book of one market as the stream tells it. The venue's changes come from many nodes without an order,
/// so that bids and asks overlap at times: all levels are kept as told, and the view leaves out, level by
/// level, the older of two that overlap. One writes; any number may read.
/// </summary>
/// <remarks>
/// Rule of the venue's own page: while the best bid is at or above the best ask, the one with the smaller
/// offset goes; of equal ones the bid, if the ask is at least as large, else the ask.
/// </remarks>
public sealed class LiveBook
{
    /// <summary>Levels of a side that are kept; beyond that the book is not one.</summary>
    public const int MostLevels = 16_384;

    private readonly Lock _lock = new();
    private readonly BookSide _bids = new(isBids: true);
    private readonly BookSide _asks = new(isBids: false);
    private DateTimeOffset _heardAt;
    private PriceSource _source;
    private bool _hasGap = true;

    /// <summary>Changes that were applied since the beginning.</summary>
    public long Changes { get; private set; }

    /// <summary>Forgets all levels: a snapshot follows.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _bids.Clear();
            _asks.Clear();
        }
    }

    /// <summary>
    /// Replaces the size at a price; zero removes the level. False where there are too many.
    /// </summary>
    public bool Set(Side side, Ticks price, Steps size, long offset)
    {
        lock (_lock)
        {
            Changes++;
            return Levels(side).Set(new BookEntry(price, size, offset), MostLevels);
        }
    }

    /// <summary>A sign of life: a snapshot, changes, or a check that found all right.</summary>
    public void Heard(DateTimeOffset at, PriceSource source)
    {
        lock (_lock)
        {
            _heardAt = at;
            _source = source;
            if (source != PriceSource.Stream) _hasGap = false;
        }
    }

    /// <summary>Something may be missing, until the next snapshot.</summary>
    public void Doubt()
    {
        lock (_lock) _hasGap = true;
    }

    /// <summary>The best prices that do not overlap.</summary>
    /// <param name="now">The time.</param>
    /// <param name="staleAfter">Without a sign of life for so long they are stale.</param>
    public BookTop Top(DateTimeOffset now, TimeSpan staleAfter)
    {
        lock (_lock)
        {
            var (bid, ask) = FirstKept();
            return new BookTop(Level(_bids, bid), Level(_asks, ask), Quality(bid, ask, now, staleAfter));
        }
    }

    /// <summary>
    /// The view, best first, up to some levels a side; nothing is left between the overlaps.
    /// </summary>
    public (ImmutableArray<BookEntry> Bids, ImmutableArray<BookEntry> Asks) View(int depth)
    {
        lock (_lock)
        {
            var (bid, ask) = FirstKept();
            return (Copy(_bids, bid, depth), Copy(_asks, ask, depth));
        }
    }

    /// <summary>All levels as told, overlaps included, best first.</summary>
    public (ImmutableArray<BookEntry> Bids, ImmutableArray<BookEntry> Asks) Raw()
    {
        lock (_lock) return (Copy(_bids, 0, int.MaxValue), Copy(_asks, 0, int.MaxValue));
    }

    /// <summary>What was told last of a price; nothing where nothing rests there.</summary>
    public BookEntry At(Side side, Ticks price)
    {
        lock (_lock) return Levels(side).At(price);
    }

    private static BookLevel Level(BookSide side, int index) =>
        index < side.Count && side[index] is var entry ? new BookLevel(entry.Price, entry.Size) : default;

    private static ImmutableArray<BookEntry> Copy(BookSide side, int from, int depth)
    {
        var count = Math.Min(side.Count - from, depth);
        var copy = ImmutableArray.CreateBuilder<BookEntry>(count);
        for (var i = 0; i < count; i++) copy.Add(side[from + i]);
        return copy.MoveToImmutable();
    }

    private BookSide Levels(Side side) => side switch
    {
        Side.Buy => _bids,
        Side.Sell => _asks,
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    /// <summary>What goes is always a best level, so that the rest of each side is a tail of it.</summary>
    private (int Bid, int Ask) FirstKept()
    {
        var (bid, ask) = (0, 0);
        while (bid < _bids.Count && ask < _asks.Count)
        {
            var (bought, sold) = (_bids[bid], _asks[ask]);
            if (bought.Price < sold.Price) break;
            var dropsBid = bought.Offset == sold.Offset
                ? sold.Size >= bought.Size
                : bought.Offset < sold.Offset;
            if (dropsBid) bid++;
            else ask++;
        }

        return (bid, ask);
    }

    private PriceQuality Quality(int bid, int ask, DateTimeOffset now, TimeSpan staleAfter)
    {
        var age = _source == PriceSource.None ? TimeSpan.Zero : now - _heardAt;
        var isMissing = _source == PriceSource.None || bid >= _bids.Count || ask >= _asks.Count;
        var grade = isMissing ? QualityGrade.Missing
            : _hasGap || age > staleAfter ? QualityGrade.Stale
            : QualityGrade.Good;
        return new PriceQuality(grade, _source, age, bid + ask > 0, _hasGap);
    }
}
