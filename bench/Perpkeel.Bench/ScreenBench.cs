using Perpkeel.Core.Margin.Screening;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>
/// The screen: all four figures of all rows, from size, entry, mark, equity, maintenance of others and
/// leverage; and finding the rows that need the exact calculation, where most rows are far from trouble.
/// </summary>
internal static class ScreenBench
{
    /// <summary>So few that a measurement seldom loses its core to somebody else.</summary>
    private const int AtOnce = 200_000;

    public static void Run(IReadOnlyList<TierTable> tables, int count, int repeats)
    {
        var rows = Rows.WithManyDigits(tables, count);
        var calm = Rows.WithManyDigits(tables, count, mostLeverage: 10, spread: 0.01d);
        var threshold = new ScreenThreshold(0.8m, 0.02m);
        var found = new int[count];
        var cases = new Cases();
        foreach (var layout in new[] { ScreenLayout.Grouped, ScreenLayout.AsGiven })
        {
            var name = layout == ScreenLayout.Grouped ? "grouped" : "any order";
            var screen = new MarginScreen(rows.Tables, rows.Positions, layout);
            var calmScreen = new MarginScreen(calm.Tables, calm.Positions, layout);
            Add(cases, $"screen MM+IM+ratio+LP, {name}, {count} rows", count, screen.Calculate);
            Add(cases, $"screen verdicts, {name}, {count} rows", count, () =>
                calmScreen.FindNeedingExact(threshold, found));
        }

        cases.Run(4 * repeats);
        var named = new MarginScreen(calm.Tables, calm.Positions, ScreenLayout.Grouped)
            .FindNeedingExact(threshold, found);
        Console.WriteLine($"# verdicts: {named} of {count} rows need the exact calculation");
    }

    private static void Add(Cases cases, string name, int count, Action body)
    {
        var times = Math.Max(1, AtOnce / count);
        cases.Add(name, count * times, () =>
        {
            for (var i = 0; i < times; i++) body();
        });
    }
}
