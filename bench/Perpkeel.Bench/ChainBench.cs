using System.Globalization;
using Perpkeel.Simulation.Tests.Chain.Blocks;

namespace Perpkeel.Bench;

/// <summary>
/// What the whole chain does in a second of processor time, with twenty markets and two hundred subaccounts:
/// orders checked, matched, settled and told, the drawing of them included; and how much time passes on a
/// quiet chain meanwhile.
/// </summary>
internal static class ChainBench
{
    private const int Repeats = 5;
    private const int BusyOrdersInBlock = 200;
    private const int QuietOrdersInBlock = 2;
    private const double SimulatedHours = 4;
    private const double MiB = 1 << 20;

    /// <summary>Prints one line a measurement: the median, the best, and memory.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var orders = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 300_000;
        Console.WriteLine("# measurement | median | best | MiB held after | MiB allocated");
        Report("busy: orders/s", () => Busy(orders));
        Report("quiet: days/min", Quiet);
    }

    private static void Report(string name, Func<(double Rate, ChainLife Life)> run)
    {
        _ = run();
        var rates = new double[Repeats];
        ChainLife? life = null;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Repeats; i++) (rates[i], life) = run();
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Repeats;
        Array.Sort(rates);
        var held = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} | {rates[Repeats / 2]:N1} | {rates[^1]:N1} | {held / MiB:F1} | {allocated / MiB:F0}"));
        GC.KeepAlive(life);
    }

    private static (double Rate, ChainLife Life) Busy(int orders)
    {
        var life = new ChainLife(seed: 1);
        var began = Environment.CpuUsage.UserTime;
        while (life.Orders < orders) _ = life.Block(BusyOrdersInBlock);
        return (life.Orders / (Environment.CpuUsage.UserTime - began).TotalSeconds, life);
    }

    private static (double Rate, ChainLife Life) Quiet()
    {
        var life = new ChainLife(seed: 2);
        var start = life.Venue.Time;
        var began = Environment.CpuUsage.UserTime;
        while ((life.Venue.Time - start).TotalHours < SimulatedHours) _ = life.Block(QuietOrdersInBlock);
        var took = Environment.CpuUsage.UserTime - began;
        return ((life.Venue.Time - start).TotalDays / took.TotalMinutes, life);
    }
}
