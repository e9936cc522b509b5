using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Bench;

/// <summary>One operation on a book, drawn before the clock runs.</summary>
/// <param name="Order">What is placed; of a cancellation only the tag counts.</param>
/// <param name="CancelsBack">How many placements back the order to cancel came; 0 for a placement.</param>
internal readonly record struct BookOp(IncomingOrder Order, int CancelsBack);

/// <summary>
/// A stream of operations from a seed: of 100, 70 place near the touch, 20 cancel one of the orders placed
/// before, and 10 cross the spread and take. What takes is as large as keeps the number of resting orders.
/// </summary>
internal static class BookOps
{
    private const int PercentPlaced = 70;
    private const int PercentCancelled = 20;
    private const int MostQuantums = 20;
    private const int OrdersTaken = 6;
    private const int StepsOfMiddle = 40;

    /// <summary>A market whose orders lie within some ticks of the touch, most of them close to it.</summary>
    /// <param name="count">Operations.</param>
    /// <param name="depth">Ticks from the touch within which orders are placed.</param>
    /// <param name="window">From how many placements before an order is cancelled.</param>
    /// <param name="seed">The seed.</param>
    public static BookOp[] Dense(int count, int depth, int window, ulong seed)
    {
        var random = new SeededRandom(seed);
        var middle = 1_000_000L;
        return Make(count, window, random, (side, crosses) =>
        {
            if (Next(random, StepsOfMiddle) == 0) middle += Next(random, 3) - 1;
            if (crosses) return middle + (depth * side);
            var away = 1 + (long)(depth * random.NextUnit() * random.NextUnit() * random.NextUnit());
            return middle - (away * side);
        });
    }

    /// <summary>Prices over all magnitudes, so that hardly any two orders share one.</summary>
    public static BookOp[] Sparse(int count, int window, ulong seed)
    {
        var random = new SeededRandom(seed);
        const long Middle = 1L << 40;
        return Make(count, window, random, (side, crosses) =>
        {
            if (crosses) return side > 0 ? 2 * Middle : 1;
            var away = Next(random, Middle >> Next(random, 20));
            return side > 0 ? Middle - 1 - away : Middle + away;
        });
    }

    private static BookOp[] Make(
        int count, int window, SeededRandom random, Func<int, bool, long> priceOf)
    {
        var ops = new BookOp[count];
        for (var i = 0; i < count; i++)
        {
            var dice = Next(random, 100);
            var side = Next(random, 2) == 0 ? Side.Buy : Side.Sell;
            var crosses = dice >= PercentPlaced + PercentCancelled;
            var cancels = !crosses && dice >= PercentPlaced;
            var quantums = (1 + Next(random, MostQuantums)) * (crosses ? OrdersTaken : 1);
            var force = crosses ? TimeInForce.ImmediateOrCancel : TimeInForce.Rest;
            var order = new IncomingOrder(
                side, new Ticks(priceOf(side.Sign(), crosses)), quantums, i, force);
            ops[i] = new BookOp(order, cancels ? 1 + Next(random, window) : 0);
        }

        return ops;
    }

    private static int Next(SeededRandom random, int limit) => (int)(random.NextBits() % (ulong)limit);

    private static long Next(SeededRandom random, long limit) => (long)(random.NextBits() % (ulong)limit);
}
