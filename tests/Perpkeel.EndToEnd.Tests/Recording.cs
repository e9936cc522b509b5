using System.Globalization;
using System.Text;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>Candles of a seeded random walk, as files.</summary>
internal static class Recording
{
    /// <summary>2026-01-05 00:00 UTC.</summary>
    public const long StartsAtMs = 1_767_571_200_000;

    private const string Header = "ts_ms,open,high,low,close,volume\n";

    /// <summary>Writes a folder of candles of three markets, a minute each.</summary>
    public static string Write(string folder, int rows, ulong seed = 1)
    {
        Directory.CreateDirectory(folder);
        foreach (var market in (string[])["BTC-USD", "ETH-USD", "SOL-USD"])
        {
            File.WriteAllText(
                Path.Combine(folder, $"{market}.csv"), Header + string.Concat(Rows(rows, seed++)));
        }

        return folder;
    }

    /// <summary>Writes one file with rows of its own; each is a minute and its numbers.</summary>
    public static string WriteFile(string path, params (int Minute, string Numbers)[] rows)
    {
        var text = new StringBuilder(Header);
        foreach (var (minute, numbers) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{StartsAtMs + (minute * 60_000L)},{numbers}\n");
        }

        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>Writes funding rates of an asset, an hour each.</summary>
    public static void WriteFunding(string folder, string asset, int hours, string rate)
    {
        Directory.CreateDirectory(folder);
        var rows = Enumerable.Range(0, hours)
            .Select(hour => string.Create(
                CultureInfo.InvariantCulture, $"{StartsAtMs + (hour * 3_600_000L)},{rate}\n"));
        File.WriteAllText(Path.Combine(folder, $"{asset}.csv"), "ts_ms,rate\n" + string.Concat(rows));
    }

    private static IEnumerable<string> Rows(int rows, ulong seed)
    {
        var chance = new Chance(seed);
        long cents = 100_000;
        long drift = 0;
        for (var i = 0; i < rows; i++)
        {
            if (chance.Below(40) == 0) drift = chance.Below(61) - 30;
            var open = cents;
            cents = Math.Max(10_000, cents + drift + chance.Below(241) - 120);
            var (high, low) = (
                Math.Max(open, cents) + chance.Below(60), Math.Min(open, cents) - chance.Below(60));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{StartsAtMs + (i * 60_000L)},{open / 100m:0.00},{high / 100m:0.00},{low / 100m:0.00},"
                + $"{cents / 100m:0.00},{500 + chance.Below(1_000)}\n");
        }
    }
}
