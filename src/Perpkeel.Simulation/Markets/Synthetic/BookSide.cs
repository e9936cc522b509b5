using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// One side of a synthetic book, best level first. Behind the best one, levels stand on a grid that grows
/// coarser away from it, so that most of them stay where they are when the price moves.
/// </summary>
/// <remarks>
/// The shape: four levels each stand 1, 2, 4 and 8 grids apart; the best level holds 0.4 usual sizes on the
/// average, the i-th behind it 0.8 + 0.2 i, each between 0.4 and 1.6 times that. As makers leave, sizes
/// shrink with their share, and so does the number of levels once fewer than four fifths of them are there.
/// </remarks>
internal sealed class BookSide(Side side, int market, SeededRandom random, long grid, double usualSteps)
{
    /// <summary>Levels of a side, some of which may be empty.</summary>
    public const int Depth = 17;

    private const int BandLevels = 4;
    private const double BestSize = 0.4;
    private const double FirstSize = 0.8;
    private const double SizeGrowth = 0.2;
    private const double LeastDraw = 0.4;
    private const double DrawSpan = 1.2;

    // With four fifths of the makers every level is still there, with two fifths half of the levels.
    private const double LevelsPerMaker = 1.25;

    // How often the best level gets a new size, and out of how many draws each of the others does.
    private const double BestChange = 1 / 6d;
    private const double ChangeDraws = 24;

    private Level[] _levels = new Level[Depth];
    private Level[] _next = new Level[Depth];
    private double _makers = 1;

    /// <summary>The best price; zero before the first move.</summary>
    public long Best { get; private set; }

    /// <summary>
    /// Moves the best price without drawing levels: for as long as nobody is shown them, each is taken to
    /// hold what it does on the average.
    /// </summary>
    public void Place(long best, double makers) => (Best, _makers) = (best, makers);

    /// <summary>
    /// A taker eats up to so many steps, level by level, at the limit or better; each level is a trade.
    /// </summary>
    public void Take(long steps, long limit, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        for (var i = 0; i < Depth && steps > 0; i++)
        {
            ref var level = ref _levels[i];
            if (level.Size == 0) continue;
            if (IsBefore(limit, level.Price)) break;
            var taken = Math.Min(steps, level.Size);
            level.Size -= taken;
            steps -= taken;
            Trade(level.Price, taken, at, batch);
        }
    }

    /// <summary>The same where no level has been drawn; each taker finds the average book.</summary>
    public void TakeRoughly(long steps, long limit, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        var price = Best;
        for (var i = 0; i < Depth && steps > 0 && !IsBefore(limit, price); i++)
        {
            var taken = Math.Min(steps, Math.Max(1, (long)(usualSteps * ShapeOf(i) * _makers)));
            steps -= taken;
            Trade(price, taken, at, batch);
            price = Behind(price, grid << (i / BandLevels));
        }
    }

    /// <summary>
    /// Plans the move to a new best price and tells what goes. <see cref="Come"/> completes it; both sides
    /// tell what goes before either tells what comes, so that the book is never crossed in between.
    /// </summary>
    public void Go(long best, double makers, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        var leaving = Math.Max(0, _makers - makers);
        (Best, _makers) = (best, makers);
        Plan(best, leaving);
        var from = 0;
        foreach (ref readonly var old in _levels.AsSpan())
        {
            if (old.Told == 0) continue;
            while (from < Depth && IsBefore(_next[from].Price, old.Price)) from++;
            var stays = from < Depth && _next[from].Price == old.Price && _next[from].Size > 0;
            if (!stays) Tell(old.Price, 0, at, batch);
        }
    }

    /// <summary>Tells what comes or has a new size.</summary>
    public void Come(DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        (_levels, _next) = (_next, _levels);
        foreach (ref var level in _levels.AsSpan())
        {
            if (level.Size > 0 && (level.Size != level.Told || level.IsTouched))
            {
                Tell(level.Price, level.Size, at, batch);
            }

            level.Told = level.Size;
            level.IsTouched = false;
        }
    }

    private void Plan(long best, double leaving)
    {
        var changing = random.NextUnit() < BestChange ? 0 : 1 + (int)(ChangeDraws * random.NextUnit());
        var old = 0;
        var price = best;
        for (var i = 0; i < Depth; i++)
        {
            if (i > 0) price = Behind(price, grid << ((i - 1) / BandLevels));
            while (old < Depth && IsBefore(_levels[old].Price, price)) old++;
            ref var next = ref _next[i];
            if (old < Depth && _levels[old].Price == price)
            {
                next = _levels[old];
                next.IsTouched = next.Size != next.Told;
                var isGone = next.IsTouched && next.Size == 0;
                var leaves = leaving > 0 && random.NextUnit() < leaving;
                if (i != changing && !isGone && !leaves && (i > 0 || next.Size > 0)) continue;
            }
            else
            {
                next = new Level { Price = price };
            }

            next.Size = NextSize(i);
        }
    }

    /// <summary>
    /// The next price away from the best that stands on a grid, whose step is a power of two.
    /// </summary>
    private long Behind(long price, long step) =>
        side == Side.Buy ? (price - 1) & -step : (price | (step - 1)) + 1;

    private bool IsBefore(long price, long other) => side == Side.Buy ? price > other : price < other;

    private static double ShapeOf(int level) =>
        level == 0 ? BestSize : FirstSize + (SizeGrowth * level);

    /// <summary>A size by the book's shape; behind the best level there may be none.</summary>
    private long NextSize(int level)
    {
        var draw = random.NextUnit();
        if (level > 0 && random.NextUnit() >= LevelsPerMaker * _makers) return 0;
        return Math.Max(1, (long)(usualSteps * ShapeOf(level) * _makers * (LeastDraw + (DrawSpan * draw))));
    }

    private void Trade(long price, long steps, DateTimeOffset at, ICollection<SourceEvent> batch) =>
        batch.Add(new SourceEvent(
            MarketEvent.Trade(market, at, new Ticks(price), new Steps(steps), side.Opposite())));

    private void Tell(long price, long size, DateTimeOffset at, ICollection<SourceEvent> batch) =>
        batch.Add(new SourceEvent(
            MarketEvent.Level(market, at, side, new Ticks(price), new Steps(size))));

    private record struct Level
    {
        public long Price { get; init; }

        /// <summary>What rests there, less what was taken since it was told.</summary>
        public long Size { get; set; }

        /// <summary>What was last told.</summary>
        public long Told { get; set; }

        /// <summary>Whether something was taken, so that it has to be told again at any size.</summary>
        public bool IsTouched { get; set; }
    }
}
