using System.Globalization;
using System.Text;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Bench;

/// <summary>
/// The Indexer's stream: frames of an order book taken in, beside the same with JsonDocument, and changes of
/// the book alone. With a file name it writes the frames, so that another program can be given the same.
/// </summary>
internal static class IndexerBench
{
    private const int Frames = 20_000;
    private const int Levels = 100;
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Prints rates in millions a second: best and median.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 1)
        {
            File.WriteAllLines(arguments[1], [Snapshot(), .. Changes(1)]);
            return;
        }

        var repeats = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 9;
        Console.WriteLine("# what | best | median, in millions a second");
        var single = Encoded(1);
        var batched = Encoded(20);
        var cases = new Cases();
        var book = Opened();
        cases.Add("frames of one change, taken in", single.Length, () => TakeIn(book, single));
        cases.Add("frames of one change, JsonDocument", single.Length, () => Naive(single));
        cases.Add("changes in frames of twenty, taken in", batched.Length * 20, () => TakeIn(book, batched));
        cases.Add("changes in frames of twenty, JsonDocument", batched.Length * 20, () => Naive(batched));
        var live = new LiveBook();
        cases.Add("changes of a book alone", Frames, () => Apply(live));
        cases.Run(repeats);
        Bytes("frame of one change, taken in", Cases.Allocated(() => TakeIn(book, single)), single.Length);
        Bytes("frame of one change, JsonDocument", Cases.Allocated(() => Naive(single)), single.Length);
        Bytes("change of a book alone", Cases.Allocated(() => Apply(live)), Frames);
    }

    private static void Bytes(string name, long bytes, int count) => Console.WriteLine(
        FormattableString.Invariant($"# bytes allocated for a {name}: {(double)bytes / count:0.##}"));

    private static FrameIntake Opened()
    {
        var intake = new FrameIntake(new StreamSettings());
        intake.Add(new BookSubscription(new MarketId("ETH-USD"), 0.1m, 0.001m, isBatched: true));
        return intake;
    }

    private static void TakeIn(FrameIntake intake, byte[][] frames)
    {
        intake.Begin();
        intake.Lines[0].Live(0, Now);
        foreach (var frame in frames)
        {
            if (intake.Take(frame, Now) is { } fault) throw new InvalidOperationException(fault.Message);
        }
    }

    /// <summary>
    /// What one writes first: a document for each frame, decimals from strings, sorted tables.
    /// </summary>
    private static void Naive(byte[][] frames)
    {
        var sides = new Dictionary<string, SortedDictionary<decimal, decimal>>(StringComparer.Ordinal)
        {
            ["bids"] = [],
            ["asks"] = [],
        };
        foreach (var frame in frames)
        {
            using var document = JsonDocument.Parse(frame);
            var contents = document.RootElement.GetProperty("contents");
            if (contents.ValueKind == JsonValueKind.Object) Naive(contents, sides);
            else
            {
                foreach (var one in contents.EnumerateArray()) Naive(one, sides);
            }
        }
    }

    private static void Naive(
        JsonElement change, Dictionary<string, SortedDictionary<decimal, decimal>> sides)
    {
        foreach (var side in change.EnumerateObject())
        {
            foreach (var level in side.Value.EnumerateArray())
            {
                var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
                var size = decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);
                if (size == 0m) sides[side.Name].Remove(price);
                else sides[side.Name][price] = size;
            }
        }
    }

    private static void Apply(LiveBook book)
    {
        for (var i = 0; i < Frames; i++)
        {
            var (side, away, size) = Pick(i);
            book.Set(side, new Ticks(side == Side.Buy ? 25_000 - away : 25_001 + away), new Steps(size), i);
        }
    }

    private static byte[][] Encoded(int changes) => [.. Changes(changes).Select(Encoding.UTF8.GetBytes)];

    private static IEnumerable<string> Changes(int each)
    {
        for (var i = 0; i < Frames / each; i++)
        {
            var parts = Enumerable.Range(i * each, each).Select(Change);
            var contents = each == 1 ? parts.Single() : $"[{string.Join(',', parts)}]";
            var type = each == 1 ? "channel_data" : "channel_batch_data";
            yield return $"{{\"type\":\"{type}\",\"connection_id\":\"5f0c2d1e-0000-4000-8000-000000000001\","
                + $"\"message_id\":{i + 1},\"id\":\"ETH-USD\",\"channel\":\"v4_orderbook\","
                + $"\"version\":\"1.0.0\",\"contents\":{contents}}}";
        }
    }

    private static string Change(int i)
    {
        var (side, away, size) = Pick(i);
        var price = side == Side.Buy ? 2_500m - (away * 0.1m) : 2_500.1m + (away * 0.1m);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"{(side == Side.Buy ? "bids" : "asks")}\":[[\"{price}\",\"{size * 0.001m}\"]]}}");
    }

    /// <summary>Most changes are near the best price, and one in six removes a level.</summary>
    private static (Side Side, int Away, int Size) Pick(int i)
    {
        var chance = unchecked((uint)i * 2_654_435_761U) >> 8;
        var away = (int)(chance % 10 < 7 ? chance / 10 % 12 : chance / 10 % Levels);
        return (i % 2 == 0 ? Side.Buy : Side.Sell, away, chance / 1_000 % 6 == 0 ? 0 : (int)(chance % 9_000));
    }

    private static string Snapshot() =>
        "{\"type\":\"subscribed\",\"message_id\":0,\"channel\":\"v4_orderbook\",\"id\":\"ETH-USD\","
        + "\"contents\":{\"bids\":[],\"asks\":[]}}";
}
