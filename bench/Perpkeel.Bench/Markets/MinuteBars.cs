using System.Globalization;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Tests.Markets.Synthetic;

namespace Perpkeel.Bench.Markets;

/// <summary>A market minute by minute, recorded or synthetic; times count the minutes.</summary>
internal sealed record MinuteBars(
    string Name, IReadOnlyList<long> Times, IReadOnlyList<double> Closes, IReadOnlyList<double> Highs,
    IReadOnlyList<double> Lows, IReadOnlyList<double> Volumes)
{
    private const int MinuteMs = 60_000;

    /// <summary>Second 0 of synthetic markets: a Monday.</summary>
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Mean spread of each minute as a share of the price; none where no book is known.</summary>
    public IReadOnlyList<double> Spreads { get; init; } = [];

    /// <summary>Logarithms of one close over the one before.</summary>
    public IReadOnlyList<double> Returns { get; } =
        [.. Closes.Zip(Closes.Skip(1), (before, after) => Math.Log(after / before))];

    /// <summary>Reads every candle file of a folder, one market each.</summary>
    public static MinuteBars[] Recorded(string folder) =>
        [.. Directory.GetFiles(folder, "*_1m.csv").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Runs synthetic markets for some days, after the past that they have.</summary>
    public static MinuteBars[] Synthetic(MarketModel model, ulong seed, int days)
    {
        var source = new SyntheticMarkets(seed, Start, model);
        var minutes = (days * 1_440) + (int)SyntheticMarkets.Past.TotalMinutes;
        var series = MinuteSeries.Of(source, minutes);
        return
        [
            .. source.Markets.Select(market => new MinuteBars(
                market.Id.Value, [.. Enumerable.Range(0, minutes).Select(minute => (long)minute)],
                series[market.Index].Closes, series[market.Index].Highs, series[market.Index].Lows,
                series[market.Index].Volumes)
            {
                Spreads = series[market.Index].Spreads,
            }),
        ];
    }

    private static MinuteBars Read(string path)
    {
        var rows = File.ReadLines(path).Skip(1)
            .Select(line => Array.ConvertAll(
                line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture)))
            .ToArray();
        var name = Path.GetFileNameWithoutExtension(path).Split('_');
        return new MinuteBars(
            name[^2], [.. rows.Select(row => (long)row[0] / MinuteMs)], [.. rows.Select(row => row[4])],
            [.. rows.Select(row => row[2])], [.. rows.Select(row => row[3])],
            [.. rows.Select(row => row[5])]);
    }
}
