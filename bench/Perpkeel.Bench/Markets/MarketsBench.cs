using System.Globalization;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Bench.Markets;

/// <summary>Synthetic markets beside recorded ones: a table, and a picture where one is asked for.</summary>
internal static class MarketsBench
{
    private const int Days = 28;
    private const ulong Seed = 7;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Prints the table; draws into a file if there is a second argument.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        Rates();
        if (arguments.Count == 0) return;
        var candles = Path.Combine(arguments[0], "candles", "binance");
        var recorded = MinuteBars.Recorded(candles);
        Console.WriteLine(
            "| market | days | σ of 1 min, bp | excess kurtosis | returns, lag 1 | sizes, lag 1 | 30 | 60 "
            + "| 240 | > 5 σ a day | > 10 σ | volume and size | daily range | spread / σ |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var dydx = Path.Combine(arguments[0], "candles", "dydx");
        Table("recorded", [.. recorded, .. MinuteBars.Recorded(dydx)]);
        var usual = MinuteBars.Synthetic(MarketModels.Usual, Seed, Days);
        Table("synthetic, usual", usual);
        if (arguments.Count > 1) File.WriteAllText(arguments[1], MarketsPicture.Draw(recorded, usual));
        Details(candles);
        Spreads(Path.Combine(arguments[0], "book"));
        foreach (var model in MarketModels.All.Skip(1))
        {
            Table("synthetic, " + model.Name, MinuteBars.Synthetic(model, Seed, Days));
        }
    }

    private static void Table(string group, MinuteBars[] markets)
    {
        foreach (var bars in markets)
        {
            var f = MarketFigures.Of(bars);
            string[] cells =
            [
                bars.Name, Text(f.Days, "0"), Text(f.Deviation, "0.0"), Text(f.Kurtosis, "0"),
                Text(f.Direction, "0.00"), .. f.Clustering.Select(value => Text(value, "0.00")),
                .. f.Jumps.Select(value => Text(value, "0.0")), Text(f.VolumeMove, "0.00"),
                Text(f.DailyRange * 100, "0.0") + " %",
                double.IsNaN(f.SpreadRatio) ? "" : Text(f.SpreadRatio, "0.00"),
            ];
            Console.WriteLine("| " + string.Join(" | ", cells) + " |");
        }

        Console.WriteLine(
            $"{group}: mean correlation of two markets {Text(MarketFigures.Togetherness(markets), "0.00")}");
    }

    private static void Spreads(string folder)
    {
        Console.WriteLine("# recorded book | minutes | mean spread, bp | σ of 1 min, bp | spread / σ");
        foreach (var (name, minutes, spread, deviation) in RecordedSpreads.Of(folder))
        {
            Console.WriteLine(
                $"{name} | {minutes} | {Text(spread, "0.00")} | {Text(deviation, "0.00")} | "
                + Text(spread / deviation, "0.00"));
        }
    }

    /// <summary>What the details of recorded bars cost.</summary>
    private static void Details(string folder)
    {
        if (!CandleFiles.Load(folder).TryGet(out var data, out var failure))
        {
            Console.WriteLine(failure.ToString());
            return;
        }

        var source = data.Open();
        var details = new List<SourceEvent>();
        var events = 0L;
        Read();
        events = 0;
        var took = ProcessorSeconds(Read);
        Console.WriteLine(
            $"details: {Text(took / data.Rows * 1e6, "0.00")} µs and "
            + $"{Text(events / (double)data.Rows, "0.0")} events a bar of {data.Rows}");

        void Read()
        {
            for (var at = data.StartsAt; at < data.EndsAt; at = at.AddMinutes(1))
            {
                for (var market = 0; market < data.Markets.Count; market++)
                {
                    details.Clear();
                    source.AddDetails(market, at, at.AddMinutes(1), details);
                    events += details.Count;
                }
            }
        }
    }

    /// <summary>Events a second of each model, and what drawing a second costs.</summary>
    private static void Rates()
    {
        Console.WriteLine("# model | events/s | levels | trades | others | µs to draw a second | past, s");
        foreach (var model in MarketModels.All)
        {
            var source = new SyntheticMarkets(Seed, Start, model);
            var batch = new List<SourceEvent>();
            var counts = new long[3];
            const int seconds = 6 * 3_600;
            var past = ProcessorSeconds(() => Read((int)SyntheticMarkets.Past.TotalSeconds));
            Array.Clear(counts);
            var took = ProcessorSeconds(() => Read(seconds));
            var rates = Array.ConvertAll(counts, count => count / (double)seconds);
            Console.WriteLine(
                $"{model.Name} | {Text(rates.Sum(), "0.0")} | {Text(rates[0], "0.0")} | "
                + $"{Text(rates[1], "0.0")} | {Text(rates[2], "0.0")} | "
                + $"{Text(took / seconds * 1e6, "0.0")} | {Text(past, "0.00")}");

            void Read(int count)
            {
                for (var i = 0; i < count; i++)
                {
                    source.TryNext(batch, out _);
                    foreach (var item in batch) counts[Place(item.Event.Kind)]++;
                }
            }
        }
    }

    private static double ProcessorSeconds(Action work)
    {
        var began = Environment.CpuUsage.UserTime;
        work();
        return (Environment.CpuUsage.UserTime - began).TotalSeconds;
    }

    private static int Place(MarketEventKind kind) => kind switch
    {
        MarketEventKind.Level => 0,
        MarketEventKind.Trade => 1,
        _ => 2,
    };

    private static string Text(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
