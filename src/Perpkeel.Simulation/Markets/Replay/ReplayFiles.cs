using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// Loads whatever was recorded: candles, or books and trades. The headers of the files decide which.
/// </summary>
public static class ReplayFiles
{
    /// <summary>Loads one file, or all *.csv and *.csv.gz files of a folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="fundingDirectory">Funding rates, as <see cref="CandleFiles.Load"/> takes them.</param>
    public static Result<ReplayData, ReplayFailure> Load(string path, string? fundingDirectory = null)
    {
        var errors = new ErrorList();
        IReadOnlyList<string> paths = File.Exists(path) ? [path] : CandleFiles.Csv(path, errors);
        if (errors.Count > 0) return errors.ToFailure();
        var known = new List<(string Path, RecordedColumns Columns)>();
        var others = new List<string>();
        foreach (var one in paths)
        {
            if (RecordedColumns.Of(CsvTable.HeaderOf(one)) is { } columns) known.Add((one, columns));
            else others.Add(one);
        }

        if (known.Count == 0) return CandleFiles.Load(path, fundingDirectory);
        foreach (var other in others)
        {
            errors.Add(new ReplayError.KindsMixed(Path.GetFileName(other), Path.GetFileName(known[0].Path)));
        }

        return errors.Count > 0 ? errors.ToFailure() : RecordedBookFiles.Load(known, fundingDirectory);
    }
}
