using Perpkeel.Core.Margin.Screening;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Bench;

/// <summary>The exact batch: tables at hand, and tables looked up by symbol.</summary>
internal static class BatchBench
{
    private const int Count = 2_000;

    public static void Run(IReadOnlyList<TierTable> tables, int repeats)
    {
        var rows = Rows.WithFeedDigits(tables, Count);
        var book = new TierBook(tables.Select((table, i) => new TierConfiguration
        {
            Symbol = FormattableString.Invariant($"S{i}USDT"),
            Source = new TierSource("bench", null),
            Table = table,
        }));
        var names = new Dictionary<TierTable, string>();
        for (var i = 0; i < tables.Count; i++)
        {
            names[tables[i]] = FormattableString.Invariant($"S{i}USDT");
        }

        string[] symbols = [.. rows.Tables.Select(table => names[table])];
        var results = new Result<MarginResult, MarginRowError>[Count];
        void WithTables() => MarginBatch.Calculate(rows.Tables, rows.Positions, results);
        void WithBook() => MarginBatch.Calculate(book, symbols, rows.Positions, results);
        var cases = new Cases();
        cases.Add("exact batch, tables at hand", Count, WithTables);
        cases.Add("exact batch, symbols looked up", Count, WithBook);
        cases.Run(10 * repeats);
        Console.WriteLine($"# bytes allocated in a batch of {Count}: {Cases.Allocated(WithBook)}");
    }
}
