using System.Globalization;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;

namespace Perpkeel.Bench.Markets;

/// <summary>The mean spread of recorded books beside what their middle moves in a minute.</summary>
internal static class RecordedSpreads
{
    /// <summary>Name, minutes, mean spread in basis points, deviation of a minute in basis points.</summary>
    public static IEnumerable<(string Name, int Minutes, double Spread, double Deviation)> Of(string folder)
    {
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            List<(double Mid, double Spread)> minutes =
                name.Contains("quotebars", StringComparison.Ordinal) ? Quotes(path)
                : ReplayFiles.Load(path).TryGet(out var data, out _) ? Books(data.Open())
                : [];
            if (minutes.Count < 30) continue;
            var moves = minutes.Zip(minutes.Skip(1), (from, to) => Math.Log(to.Mid / from.Mid)).ToArray();
            yield return (
                name, minutes.Count, minutes.Average(minute => minute.Spread) * 10_000,
                Math.Sqrt(moves.Average(move => move * move)) * 10_000);
        }
    }

    private static List<(double Mid, double Spread)> Quotes(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line =>
        {
            var fields = line.Split(',');
            var bid = double.Parse(fields[4], CultureInfo.InvariantCulture);
            var ask = double.Parse(fields[9], CultureInfo.InvariantCulture);
            return ((bid + ask) / 2, 2 * (ask - bid) / (bid + ask));
        }),
    ];

    /// <summary>The last book of each minute.</summary>
    private static List<(double Mid, double Spread)> Books(IMarketSource source)
    {
        var minutes = new List<(double, double)>();
        var batch = new List<SourceEvent>();
        var book = default(OrderBook);
        var minute = 0L;
        while (source.TryNext(batch, out var at))
        {
            var now = at.ToUnixTimeSeconds() / 60;
            if (now != minute && !book.Bids.IsEmpty && !book.Asks.IsEmpty)
            {
                var (bid, ask) = (book.BestBid.Price.Value, book.BestAsk.Price.Value);
                minutes.Add(((bid + ask) / 2d, 2d * (ask - bid) / (bid + ask)));
            }

            minute = now;
            foreach (var item in batch) book = book.Step(item.Event);
        }

        return minutes;
    }
}
