using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// One level of a recorded book: price and size in hundred-millionths, later in ticks and steps.
/// </summary>
internal readonly record struct RecordedLevel(long Price, long Size)
{
    public RecordedLevel On(RecordedGrid grid) => new(Price / grid.PriceUnits, Size / grid.SizeUnits);
}

/// <summary>A trade, in the same units.</summary>
internal readonly record struct RecordedTrade(long AtMs, long Price, long Size, Side Taker)
{
    public RecordedTrade On(RecordedGrid grid) =>
        this with { Price = Price / grid.PriceUnits, Size = Size / grid.SizeUnits };
}

/// <summary>A book at an instant, best level first; never locked or crossed.</summary>
internal sealed record RecordedBook(long AtMs, RecordedLevel[] Bids, RecordedLevel[] Asks)
{
    public RecordedBook On(RecordedGrid grid) =>
        new(
            AtMs, Array.ConvertAll(Bids, level => level.On(grid)),
            Array.ConvertAll(Asks, level => level.On(grid)));
}

/// <summary>The grid that a market's files need together.</summary>
internal readonly record struct RecordedGrid(int PriceDecimals, int SizeDecimals)
{
    /// <summary>Hundred-millionths in a tick.</summary>
    public long PriceUnits => (long)Rounding.PowerOfTen(GridDecimals.Most - PriceDecimals);

    /// <summary>Hundred-millionths in a step.</summary>
    public long SizeUnits => (long)Rounding.PowerOfTen(GridDecimals.Most - SizeDecimals);

    public RecordedGrid Join(RecordedGrid other) =>
        new(Math.Max(PriceDecimals, other.PriceDecimals), Math.Max(SizeDecimals, other.SizeDecimals));
}

/// <summary>The snapshots or the trades of one file, read and checked.</summary>
internal sealed record RecordedFile
{
    /// <summary>The file's name without its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Which market its name tells.</summary>
    public required MarketName Market { get; init; }

    /// <summary>What its numbers need.</summary>
    public required RecordedGrid Grid { get; init; }

    /// <summary>Snapshots, oldest first; none in a file of trades.</summary>
    public required IReadOnlyList<RecordedBook> Books { get; init; }

    /// <summary>Trades, oldest first; none in a file of a book.</summary>
    public required IReadOnlyList<RecordedTrade> Trades { get; init; }

    /// <summary>What happened on reading without being wrong.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Time of the first row.</summary>
    public long FirstMs => Books.Count > 0 ? Books[0].AtMs : Trades[0].AtMs;

    /// <summary>Time of the last row.</summary>
    public long LastMs => Books.Count > 0 ? Books[^1].AtMs : Trades[^1].AtMs;

    /// <summary>Reads and checks a file; null if anything is wrong, which is then among the errors.</summary>
    public static RecordedFile? Read(string path, RecordedColumns columns, ErrorList errors)
    {
        var before = errors.Count;
        var name = Path.GetFileName(path);
        var market = MarketName.Of(name);
        if (market is null) errors.Add(new ReplayError.MarketUnclear(name));

        var rows = new RecordedRows(name, columns, errors);
        CsvTable.Read(path, columns.Names, errors, columns.IsBook ? rows.TakeBook : rows.TakeTrade);
        if (errors.Count == before && rows.Count == 0) errors.Add(new ReplayError.TooFewRows(name, 0));
        return errors.Count > before || market is null ? null : rows.ToFile(market);
    }
}
