namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>One bar, in ticks and steps of its market; its time in milliseconds since 1970.</summary>
internal readonly record struct ReplayBar(
    long OpenedAtMs, long Open, long High, long Low, long Close, long Volume);

/// <summary>The bars of one file, read and checked.</summary>
internal sealed record CandleFile
{
    /// <summary>The file's name without its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Which market its name tells.</summary>
    public required MarketName Market { get; init; }

    /// <summary>Most decimals of a price.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Most decimals of a volume.</summary>
    public required int VolumeDecimals { get; init; }

    /// <summary>Smallest distance of two bars.</summary>
    public required long LengthMs { get; init; }

    /// <summary>The bars, oldest first.</summary>
    public required ReplayBar[] Bars { get; init; }

    /// <summary>Reads and checks a file; null if anything is wrong, which is then among the errors.</summary>
    public static CandleFile? Read(string path, ErrorList errors)
    {
        var before = errors.Count;
        var name = Path.GetFileName(path);
        var market = MarketName.Of(name);
        if (market is null) errors.Add(new ReplayError.MarketUnclear(name));

        var rows = new CandleRows(name, errors);
        CsvTable.Read(path, CandleRows.Columns, errors, rows.Take);
        if (errors.Count == before) rows.CheckWhole();
        return errors.Count > before || market is null ? null : rows.ToFile(market);
    }

    /// <summary>Whether two files tell the same.</summary>
    public bool SameBars(CandleFile other) =>
        PriceDecimals == other.PriceDecimals
        && VolumeDecimals == other.VolumeDecimals
        && Bars.AsSpan().SequenceEqual(other.Bars);
}
