using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>The exact calculation of one position after another.</summary>
internal static class SingleBench
{
    private const int Count = 60_000;

    /// <summary>So few that a measurement seldom loses its core to somebody else.</summary>
    private const int AtOnce = 2_000;

    public static void Run(IReadOnlyList<TierTable> tables, int repeats)
    {
        var rows = Rows.WithFeedDigits(tables, Count);
        decimal[] notionals =
            [.. rows.Positions.Select(position => Math.Abs(position.Size) * position.MarkPrice)];
        var (sum, start) = (0m, 0);
        void Full()
        {
            for (var i = start; i < start + AtOnce; i++)
            {
                sum = MarginCalculator.Calculate(rows.Tables[i], in rows.Positions[i]).Maintenance;
            }

            start = (start + AtOnce) % Count;
        }

        void MaintenanceOnly()
        {
            for (var i = start; i < start + AtOnce; i++)
            {
                sum = MarginCalculator.Maintenance(
                    rows.Tables[i], Math.Abs(rows.Positions[i].Size) * rows.Positions[i].MarkPrice);
            }

            start = (start + AtOnce) % Count;
        }

        var cases = new Cases();
        cases.Add("single MM+IM+ratio+LP", AtOnce, Full);
        cases.Add("single MM only", AtOnce, MaintenanceOnly);
        cases.Run(Count / AtOnce * repeats);
        Console.WriteLine($"# bytes allocated in {AtOnce} calculations: {Cases.Allocated(Full)}");
        Latency("single MM+IM+ratio+LP", i =>
            sum = MarginCalculator.Calculate(rows.Tables[i], in rows.Positions[i]).Maintenance);
        Latency("single MM only", i => sum = MarginCalculator.Maintenance(rows.Tables[i], notionals[i]));
        GC.KeepAlive(sum);
    }

    /// <summary>One call at a time, the clock's own time included.</summary>
    private static void Latency(string name, Action<int> body)
    {
        var microseconds = new double[20_000];
        for (var i = 0; i < microseconds.Length; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            body(i);
            microseconds[i] = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        Console.WriteLine(FormattableString.Invariant(
            $"# latency {name}: p50 {microseconds[10_000]:0.00} us, p99 {microseconds[19_800]:0.00} us"));
    }
}
