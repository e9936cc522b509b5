using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

/// <summary>A folder for one test, gone when the test is.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>2026-01-05 10:00 UTC.</summary>
    public const long TenOClockMs = 1_767_607_200_000;

    private const string CandleHeader = "ts_ms,open,high,low,close,volume\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perpkeel-");

    public string Path => _folder.FullName;

    /// <summary>The time so many minutes after ten o'clock.</summary>
    public static long Minute(int minutes) => TenOClockMs + (minutes * 60_000L);

    /// <summary>Writes candles: each row is the minute after ten o'clock and the numbers.</summary>
    public string Candles(string file, params (int Minute, string Numbers)[] rows) =>
        Write(file, CandleHeader + string.Concat(
            rows.Select(row => $"{Minute(row.Minute)},{row.Numbers}\n")));

    /// <summary>Writes funding: each row is the hour of the day of 2026-01-05 and the rate.</summary>
    public string Funding(string file, params (int Hour, string Rate)[] rows) =>
        Write(file, "ts_ms,rate\n" + string.Concat(
            rows.Select(row => $"{Minute((row.Hour - 10) * 60) + 47},{row.Rate}\n")));

    public string Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public ReplayData Load(string? funding = null)
    {
        var result = CandleFiles.Load(Path, funding);
        Assert.True(result.TryGet(out var data, out var failure), failure?.ToString());
        return data;
    }

    public ReplayFailure Refusal(string? funding = null)
    {
        Assert.False(CandleFiles.Load(Path, funding).TryGet(out _, out var failure), "It was not refused.");
        return failure;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
