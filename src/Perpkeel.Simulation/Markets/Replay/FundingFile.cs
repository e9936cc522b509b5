using System.Collections.Immutable;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// The rates of one funding file: when each was paid, in whole hours since 1970, and how much.
/// </summary>
internal sealed record FundingFile(string Name, IReadOnlyList<(long Hour, decimal Rate)> Rates)
{
    private const long HourMs = 3_600_000;

    private static readonly ImmutableArray<string> Columns = ["ts_ms", "rate"];

    /// <summary>Whether a file's name tells this base asset.</summary>
    public static bool IsOf(string baseAsset, string path) =>
        MarketName.Tokens(Path.GetFileName(path)).Contains(baseAsset, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads and checks a file; null if anything is wrong, which is then among the errors.</summary>
    public static FundingFile? Read(string path, ErrorList errors)
    {
        var before = errors.Count;
        var name = Path.GetFileName(path);
        var rates = new List<(long Hour, decimal Rate)>();
        CsvTable.Read(path, Columns, errors, Take);
        if (errors.Count == before && rates.Count < 2)
        {
            errors.Add(new ReplayError.TooFewRows(name, rates.Count));
        }

        return errors.Count > before ? null : new FundingFile(name, rates);

        void Take(CsvTable table)
        {
            if (!table.TryTime(out var at) | !table.TryNumber(1, out var rate)) return;
            // Venues stamp a payment some milliseconds after the hour.
            var hour = at / HourMs;
            if (rates.Count == 0 || hour > rates[^1].Hour) rates.Add((hour, rate));
            else if (hour == rates[^1].Hour) errors.Add(new ReplayError.Duplicate(name, table.Line));
            else errors.Add(new ReplayError.OutOfOrder(name, table.Line));
        }
    }

    /// <summary>
    /// The rate of each hour from first to last that the file covers. A rate for several hours is spread over
    /// its own hour and those after it, because nobody knew it earlier; how many hours is the smallest
    /// distance of two payments around the span, so that a hole in the file is not taken for a long interval.
    /// </summary>
    public IEnumerable<(long Hour, decimal Rate)> Hourly(long first, long last)
    {
        var (from, to) = Around(first, last);
        var interval = long.MaxValue;
        for (var i = from + 1; i <= to; i++) interval = Math.Min(interval, Rates[i].Hour - Rates[i - 1].Hour);
        for (var i = from; i <= to; i++)
        {
            var (paid, rate) = Rates[i];
            for (var hour = Math.Max(first, paid); hour <= Math.Min(last, paid + interval - 1); hour++)
            {
                yield return (hour, rate / interval);
            }
        }
    }

    /// <summary>The rows within the span, and two more on either side where there are any.</summary>
    private (int From, int To) Around(long first, long last)
    {
        var from = 0;
        while (from + 2 < Rates.Count && Rates[from + 2].Hour < first) from++;
        var to = Rates.Count - 1;
        while (to - 2 >= 0 && Rates[to - 2].Hour > last) to--;
        return (from, Math.Max(to, from));
    }
}
