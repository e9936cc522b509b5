using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// Reads recorded candles: CSV files with the header <c>ts_ms,open,high,low,close,volume</c>, their times in
/// milliseconds since 1970 at the bar's opening. Everything is read and checked before anything is replayed.
/// </summary>
public static class CandleFiles
{
    private const int GapsListed = 3;

    /// <summary>Loads one file, or all *.csv files of a folder (but not of folders in it).</summary>
    /// <param name="path">The file or folder. A file's name tells its market: one of its parts between
    /// underscores is like <c>BTCUSDT</c>, <c>BTCUSDC</c>, <c>BTCUSD</c> or <c>BTC-USD</c>.</param>
    /// <param name="fundingDirectory">A folder of CSV files with the header <c>ts_ms,rate</c>; a part of a
    /// file's name between underscores is the base asset. Null to assume all rates.</param>
    public static Result<ReplayData, ReplayFailure> Load(string path, string? fundingDirectory = null)
    {
        var errors = new ErrorList();
        var notes = new List<string>();
        var files = Distinct(Read(path, errors), errors, notes);
        // Without a single good file there is no span that funding could be read for.
        if (files.Count == 0) return errors.ToFailure();

        var startsAtMs = files.Min(file => file.Bars[0].OpenedAtMs);
        var endsAtMs = files.Max(file => file.Bars[^1].OpenedAtMs + file.LengthMs);
        var funding = new ReplayFunding(files.Select(file => file.Market.BaseAsset), startsAtMs, endsAtMs);
        if (fundingDirectory is not null) funding.Load(fundingDirectory, errors);
        if (errors.Count > 0) return errors.ToFailure();

        var markets = files
            .Select((file, index) =>
                ReplayMarkets.Create(index, file.Market, file.PriceDecimals, file.VolumeDecimals))
            .ToArray();
        return new ReplayData(files, funding)
        {
            Markets = markets,
            StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(startsAtMs),
            EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(endsAtMs),
            Rows = files.Sum(file => (long)file.Bars.Length),
            Gaps = [.. files.Select(GapsOf).Where(gaps => gaps.Count > 0)],
            Assumptions = [.. ReplayAssumptions.Of(markets, funding)],
            Notes = notes,
            Fingerprint = ReplayFingerprint.Of(files, funding),
        };
    }

    /// <summary>
    /// A folder's CSV files, plain or packed, in the order of their names; an error if there are none.
    /// </summary>
    internal static IReadOnlyList<string> Csv(string folder, ErrorList errors)
    {
        if (!Directory.Exists(folder))
        {
            errors.Add(new ReplayError.PathMissing(folder));
            return [];
        }

        try
        {
            string[] paths =
            [
                .. Directory.GetFiles(folder, "*.csv", SearchOption.TopDirectoryOnly),
                .. Directory.GetFiles(folder, "*.csv.gz", SearchOption.TopDirectoryOnly),
            ];
            Array.Sort(paths, StringComparer.Ordinal);
            if (paths.Length == 0) errors.Add(new ReplayError.FolderEmpty(folder));
            return paths;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ReplayError.Unreadable(folder, failure.Message));
            return [];
        }
    }

    private static List<CandleFile> Read(string path, ErrorList errors)
    {
        IReadOnlyList<string> paths = File.Exists(path) ? [path] : Csv(path, errors);
        var files = new List<CandleFile>();
        foreach (var one in paths)
        {
            if (CandleFile.Read(one, errors) is { } file) files.Add(file);
        }

        return files;
    }

    /// <summary>
    /// One file for each market, by its name; files that tell different things of one are refused.
    /// </summary>
    private static List<CandleFile> Distinct(List<CandleFile> files, ErrorList errors, List<string> notes)
    {
        var kept = new SortedDictionary<string, CandleFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var market = file.Market.Market;
            if (kept.TryAdd(market, file)) continue;
            var first = kept[market];
            if (first.SameBars(file)) notes.Add($"{file.Name} is the same as {first.Name} and was read once");
            else errors.Add(new ReplayError.MarketConflict(market, first.Name, file.Name));
        }

        return [.. kept.Values];
    }

    private static ReplayGaps GapsOf(CandleFile file)
    {
        var first = new List<ReplayGap>();
        var count = 0;
        for (var i = 1; i < file.Bars.Length; i++)
        {
            var ended = file.Bars[i - 1].OpenedAtMs + file.LengthMs;
            if (file.Bars[i].OpenedAtMs == ended) continue;
            count++;
            if (first.Count == GapsListed) continue;
            first.Add(new ReplayGap(
                DateTimeOffset.FromUnixTimeMilliseconds(ended),
                DateTimeOffset.FromUnixTimeMilliseconds(file.Bars[i].OpenedAtMs)));
        }

        return new ReplayGaps(new MarketId(file.Market.Market), count, first);
    }
}
