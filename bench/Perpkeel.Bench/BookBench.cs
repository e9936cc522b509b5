using System.Globalization;
using System.Numerics;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Tests.Chain.Book;

namespace Perpkeel.Bench;

/// <summary>
/// Operations in a second of processor time in one book, and bytes for an order that rests, beside the naive
/// book. An operation is a placement, taking or not, or a cancellation.
/// </summary>
internal static class BookBench
{
    private const int Operations = 4_000_000;
    private const int NaiveOperations = 2_000;
    private const int MostResting = 20_000;

    /// <summary>Prints one line a market: millions of operations a second, and memory.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var repeats = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 7;
        Console.WriteLine(
            "# market | M ops/s median | best | naive | resting | fills/op | B/order | allocated B");
        Report("dense", BookOps.Dense(Operations, depth: 200, window: 1_000, seed: 1), 1_000, repeats);
        Report("dense", BookOps.Dense(Operations, depth: 1_000, window: 20_000, seed: 2), 20_000, repeats);
        Report("dense", BookOps.Dense(Operations, depth: 2_000, window: 200_000, seed: 3), 200_000, repeats);
        Report("sparse", BookOps.Sparse(Operations, window: 1_000, seed: 4), 1_000, repeats);
        Report("sparse", BookOps.Sparse(Operations, window: 20_000, seed: 5), 20_000, repeats);
    }

    private static void Report(string name, BookOp[] ops, int resting, int repeats)
    {
        var book = new ClobBook();
        var handles = new OrderHandle[BitOperations.RoundUpToPowerOf2((uint)resting)];
        _ = Drive(book, handles, ops, resting);
        var fills = 0L;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var rates = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            var began = Environment.CpuUsage.UserTime;
            fills = Drive(book, handles, ops, resting);
            rates[i] = ops.Length / (Environment.CpuUsage.UserTime - began).TotalMicroseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(rates);
        var naive = resting <= MostResting ? NaiveRate(ops, resting) : double.NaN;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} | {rates[repeats / 2]:F1} | {rates[^1]:F1} | {naive:F4} | {book.Count} | "
            + $"{(double)fills / ops.Length:F2} | {(double)book.PooledBytes / book.Count:F0} | {allocated}"));
    }

    /// <summary>Runs the operations; what takes is larger while there are more orders than wanted.</summary>
    private static long Drive(ClobBook book, OrderHandle[] handles, BookOp[] ops, int resting)
    {
        var judge = default(AgreeingJudge);
        var last = handles.Length - 1;
        var placed = 0;
        var fills = 0L;
        foreach (ref readonly var op in ops.AsSpan())
        {
            if (op.CancelsBack > 0)
            {
                _ = book.Cancel(handles[(placed - op.CancelsBack) & last], out _);
                continue;
            }

            var order = op.Order;
            if (order.Force == TimeInForce.ImmediateOrCancel && book.Count > resting)
                order = order with { Quantums = order.Quantums * 2 };
            var placement = book.Place(order, ref judge);
            fills += book.Events.Length;
            if (placement.Outcome == PlaceOutcome.Resting) handles[placed++ & last] = placement.Handle;
        }

        return fills;
    }

    private static double NaiveRate(BookOp[] ops, int resting)
    {
        var book = new NaiveBook();
        var judge = default(AgreeingJudge);
        var tags = new List<long>();
        TimeSpan? began = null;
        var done = 0;
        foreach (var op in ops)
        {
            // The clock runs when the book is as full as it shall be.
            if (book.Bids.Count + book.Asks.Count >= resting) began ??= Environment.CpuUsage.UserTime;
            if (began is not null && done++ == NaiveOperations) break;
            if (began is null && (op.CancelsBack > 0 || op.Order.Force != TimeInForce.Rest)) continue;
            if (op.CancelsBack > 0)
            {
                _ = book.Cancel(tags[Math.Max(0, tags.Count - op.CancelsBack)]);
            }
            else if (book.Place(op.Order, ref judge).Outcome == PlaceOutcome.Resting)
            {
                tags.Add(op.Order.Tag);
            }
        }

        var took = Environment.CpuUsage.UserTime - began.GetValueOrDefault();
        return NaiveOperations / took.TotalMicroseconds;
    }

    private readonly struct AgreeingJudge : IMatchJudge
    {
        public MatchVerdict Judge(in MatchOffer offer) => MatchVerdict.Fill(offer.Quantums);
    }
}
