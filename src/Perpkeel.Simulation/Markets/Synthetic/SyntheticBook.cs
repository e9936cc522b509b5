using System.Numerics;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>Both sides of a synthetic book, and how they move together.</summary>
internal sealed class SyntheticBook
{
    // Distance of the finest grid behind the best level: the power of two at or below this share of what a
    // usual minute moves, because no division is then needed to find the next level.
    private const double GridShare = 0.25;

    private readonly BookSide _bids;
    private readonly BookSide _asks;

    /// <summary>An empty book.</summary>
    /// <param name="market">Index of its market.</param>
    /// <param name="random">A stream of chance that is nobody else's.</param>
    /// <param name="minuteTicks">What a usual minute moves at first, in ticks.</param>
    /// <param name="usualSteps">What a level holds, in steps.</param>
    public SyntheticBook(int market, SeededRandom random, double minuteTicks, double usualSteps)
    {
        var grid = 1L << BitOperations.Log2((ulong)Math.Max(1, minuteTicks * GridShare));
        _bids = new BookSide(Side.Buy, market, random.Fork(1), grid, usualSteps);
        _asks = new BookSide(Side.Sell, market, random.Fork(2), grid, usualSteps);
    }

    /// <summary>The best bid in ticks; zero before the first move.</summary>
    public long BestBid => _bids.Best;

    /// <summary>The best ask in ticks; zero before the first move.</summary>
    public long BestAsk => _asks.Best;

    /// <summary>Whether levels are drawn; before that each is taken to be an average one.</summary>
    public bool IsDrawn { get; private set; }

    /// <summary>Somebody takes up to so many steps at the limit or better, level by level.</summary>
    public void Take(Side taker, long steps, long limit, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        var side = taker == Side.Buy ? _asks : _bids;
        if (IsDrawn) side.Take(steps, limit, at, batch);
        else side.TakeRoughly(steps, limit, at, batch);
    }

    /// <summary>Moves the best prices of a book that is not drawn yet.</summary>
    public void Place(long bid, long ask, double makers)
    {
        _bids.Place(bid, makers);
        _asks.Place(ask, makers);
    }

    /// <summary>
    /// Moves the book to a new best bid and ask and tells what has changed, at first all of it: everything
    /// that goes, on both sides, before anything that comes, so that the book is never crossed in between.
    /// </summary>
    public void MoveTo(
        long bid, long ask, double makers, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        _bids.Go(bid, makers, at, batch);
        _asks.Go(ask, makers, at, batch);
        _bids.Come(at, batch);
        _asks.Come(at, batch);
        IsDrawn = true;
    }
}
