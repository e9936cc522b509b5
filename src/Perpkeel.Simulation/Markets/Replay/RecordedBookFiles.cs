using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>Loads recorded books and trades; their files are recognised by their headers.</summary>
internal static class RecordedBookFiles
{
    private const int GapsListed = 3;

    /// <summary>
    /// Loads files whose columns are known; each belongs to the market that its name tells.
    /// </summary>
    public static Result<ReplayData, ReplayFailure> Load(
        IReadOnlyList<(string Path, RecordedColumns Columns)> paths, string? fundingDirectory)
    {
        var errors = new ErrorList();
        var files = new List<RecordedFile>();
        foreach (var (path, columns) in paths)
        {
            if (RecordedFile.Read(path, columns, errors) is { } file) files.Add(file);
        }

        if (files.Count == 0) return errors.ToFailure();
        var recordings = new List<BookRecording>();
        foreach (var market in files.GroupBy(file => file.Market.Market, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (BookRecording.Join([.. market], errors) is { } recording) recordings.Add(recording);
        }

        if (recordings.Count == 0) return errors.ToFailure();
        var startsAtMs = recordings.Min(recording => recording.Books[0].AtMs);
        var endsAtMs = recordings.Max(LastMs);
        var funding = new ReplayFunding(
            recordings.Select(recording => recording.Market.BaseAsset), startsAtMs, endsAtMs);
        if (fundingDirectory is not null) funding.Load(fundingDirectory, errors);
        return errors.Count > 0
            ? errors.ToFailure()
            : Data(recordings, files, funding, (startsAtMs, endsAtMs));
    }

    private static ReplayData Data(
        List<BookRecording> recordings, List<RecordedFile> files, ReplayFunding funding,
        (long Start, long End) span)
    {
        var markets = recordings
            .Select((recording, index) => ReplayMarkets.Create(
                index, recording.Market, recording.Grid.PriceDecimals, recording.Grid.SizeDecimals))
            .ToArray();
        return new ReplayData(recordings, funding)
        {
            Markets = markets,
            StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(span.Start),
            EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(span.End),
            Rows = recordings.Sum(recording => (long)recording.Books.Count + recording.Trades.Count),
            Gaps = [.. recordings.Select(GapsOf).Where(gaps => gaps.Count > 0)],
            Assumptions = [.. ReplayAssumptions.OfBooks(markets, funding)],
            Notes = [.. files.SelectMany(file => file.Notes), .. recordings.SelectMany(Notes)],
            Fingerprint = ReplayFingerprint.Of(recordings, funding),
        };
    }

    private static long LastMs(BookRecording recording) => Math.Max(
        recording.Books[^1].AtMs, recording.Trades.Count > 0 ? recording.Trades[^1].AtMs : 0);

    private static IEnumerable<string> Notes(BookRecording recording)
    {
        var market = recording.Market.Market;
        if (recording.Early > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{market}: {recording.Early:N0} trades before the first snapshot were left out");
        }

        if (recording.Trades.Count == 0)
        {
            yield return $"{market}: no trades were recorded, so orders that rest fill only when the book "
                + "comes to them";
        }
    }

    private static ReplayGaps GapsOf(BookRecording recording)
    {
        var first = new List<ReplayGap>();
        var count = 0;
        for (var i = 1; i < recording.Books.Count; i++)
        {
            var (from, until) = (recording.Books[i - 1].AtMs, recording.Books[i].AtMs);
            if (until - from <= BookRecording.StaleMs) continue;
            count++;
            if (first.Count == GapsListed) continue;
            first.Add(new ReplayGap(
                DateTimeOffset.FromUnixTimeMilliseconds(from),
                DateTimeOffset.FromUnixTimeMilliseconds(until)));
        }

        return new ReplayGaps(new MarketId(recording.Market.Market), count, first);
    }
}
