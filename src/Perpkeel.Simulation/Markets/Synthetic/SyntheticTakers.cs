using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// Who takes from a synthetic book in a second, before it moves on to where the price has gone. Takers know a
/// little of that move, so that makers do not earn the spread for nothing; when it goes through resting
/// levels, they are taken or leave, and nobody buys beyond the new price only to see it come back.
/// </summary>
internal sealed class SyntheticTakers(SyntheticProfile profile, MarketModel model, SeededRandom random)
{
    private const int MostTrades = 6;

    // Most trades are small and a few are large: x / (1.05 - x) has a mean of about 2.2 for a uniform x.
    private const double TradeSkew = 1.05;
    private const double TradeMean = 2.2;

    // Trading never falls asleep altogether, or minutes would lack a bar.
    private const double IdleShare = 0.4;

    // So much more often than not takers are on the side of the move that is coming, times the spread that
    // they pay for it: they then win on the average what they pay, or all of the move if that is less.
    private const double Knowing = 0.85;

    // How often a move through resting levels is takers' work, and not makers who have left in time.
    private const double SweepShare = 0.7;

    private readonly double _knowingShare = (1 + Math.Min(1, Knowing * model.Spread)) / 2;
    private readonly double _usualSteps =
        profile.TradeUsd / profile.StartPrice / (double)profile.Market.StepSize;

    /// <summary>Takes from the old book on its way to a new best bid and ask.</summary>
    public void Trade(
        SyntheticBook book, (long Bid, long Ask) to, double liveliness, DateTimeOffset at,
        ICollection<SourceEvent> batch)
    {
        var (oldBid, oldAsk) = (book.BestBid, book.BestAsk);
        var up = to.Bid + to.Ask > oldBid + oldAsk;
        var restless = IdleShare + ((1 - IdleShare) * liveliness);
        var count = Math.Min(MostTrades, (int)((profile.TradesPerSecond * restless) + random.NextUnit()));
        for (var i = 0; i < count; i++)
        {
            var isBuy = random.NextUnit() < _knowingShare == up;
            var draw = random.NextUnit();
            var steps = (long)(_usualSteps * restless * draw / (TradeSkew - draw) / TradeMean);
            Take(book, isBuy, Math.Max(1, steps), isBuy ? oldAsk : oldBid, at, batch);
        }

        var isThrough = up ? to.Bid >= oldAsk : to.Ask <= oldBid;
        if (isThrough && random.NextUnit() < SweepShare)
        {
            Take(book, up, long.MaxValue, up ? to.Bid : to.Ask, at, batch);
        }
    }

    private static void Take(
        SyntheticBook book, bool isBuy, long steps, long limit, DateTimeOffset at,
        ICollection<SourceEvent> batch) =>
        book.Take(isBuy ? Side.Buy : Side.Sell, steps, limit, at, batch);
}
