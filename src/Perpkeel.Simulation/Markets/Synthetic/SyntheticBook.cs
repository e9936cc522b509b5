using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// The five best levels of either side. Behind the best one they stand on a coarse grid, so that most of them
/// stay where they are when the price moves a little.
/// </summary>
internal sealed class SyntheticBook
{
    /// <summary>Levels a side.</summary>
    public const int Depth = 5;

    // Distance of the coarse grid as a share of the price: three basis points.
    private const double GridShare = 0.0003;

    // A level holds one to nine usual sizes, and gets a new size every eighth second on average.
    private const double LeastSize = 1;
    private const double SizeSpan = 8;
    private const double ChangeShare = 1 / 8d;

    private readonly int _market;
    private readonly SeededRandom _random;
    private readonly long _grid;
    private readonly double _usualSteps;
    private readonly long[] _bids = new long[Depth];
    private readonly long[] _asks = new long[Depth];
    private readonly long[] _bidSizes = new long[Depth];
    private readonly long[] _askSizes = new long[Depth];
    private readonly long[] _next = new long[Depth];
    private readonly long[] _nextSizes = new long[Depth];

    /// <summary>An empty book.</summary>
    /// <param name="market">Index of its market.</param>
    /// <param name="random">A stream of chance that is nobody else's.</param>
    /// <param name="startTicks">Its first price in ticks.</param>
    /// <param name="usualSteps">What a level holds, in steps.</param>
    public SyntheticBook(int market, SeededRandom random, double startTicks, double usualSteps)
    {
        _market = market;
        _random = random;
        _grid = Math.Max(2, (long)(startTicks * GridShare));
        _usualSteps = usualSteps;
    }

    /// <summary>What rests at the best bid.</summary>
    public long BidSize => _bidSizes[0];

    /// <summary>What rests at the best ask.</summary>
    public long AskSize => _askSizes[0];

    /// <summary>
    /// Moves the book to a new best bid and ask and tells what has changed: everything that goes, on both
    /// sides, before anything that comes, so that the book is never crossed in between.
    /// </summary>
    public void MoveTo(long bid, long ask, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        Remove(Side.Buy, _bids, _bidSizes, bid, at, batch);
        Remove(Side.Sell, _asks, _askSizes, ask, at, batch);
        Add(Side.Buy, _bids, _bidSizes, bid, at, batch);
        Add(Side.Sell, _asks, _askSizes, ask, at, batch);
    }

    private void Remove(
        Side side, long[] prices, long[] sizes, long best, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        for (var i = 0; i < Depth; i++)
        {
            if (sizes[i] == 0 || Belongs(side, best, prices[i])) continue;
            sizes[i] = 0;
            batch.Add(new SourceEvent(
                MarketEvent.Level(_market, at, side, new Ticks(prices[i]), new Steps(0))));
        }
    }

    private void Add(
        Side side, long[] prices, long[] sizes, long best, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        for (var i = 0; i < Depth; i++)
        {
            var price = PriceAt(side, best, i);
            var kept = SizeOf(prices, sizes, price);
            var size = kept == 0 || _random.NextUnit() < ChangeShare ? NextSize() : kept;
            _next[i] = price;
            _nextSizes[i] = size;
            if (size == kept) continue;
            batch.Add(new SourceEvent(
                MarketEvent.Level(_market, at, side, new Ticks(price), new Steps(size))));
        }

        _next.CopyTo(prices, 0);
        _nextSizes.CopyTo(sizes, 0);
    }

    private bool Belongs(Side side, long best, long price)
    {
        for (var i = 0; i < Depth; i++)
        {
            if (PriceAt(side, best, i) == price) return true;
        }

        return false;
    }

    /// <summary>The best price, then the points of the coarse grid behind it.</summary>
    private long PriceAt(Side side, long best, int level) =>
        level == 0 ? best
        : side == Side.Buy ? ((best - 1) / _grid * _grid) - ((level - 1) * _grid)
        : (((best / _grid) + 1) * _grid) + ((level - 1) * _grid);

    private long NextSize() =>
        Math.Max(1, (long)(_usualSteps * (LeastSize + (SizeSpan * _random.NextUnit()))));

    private static long SizeOf(long[] prices, long[] sizes, long price)
    {
        for (var i = 0; i < Depth; i++)
        {
            if (prices[i] == price) return sizes[i];
        }

        return 0;
    }
}
