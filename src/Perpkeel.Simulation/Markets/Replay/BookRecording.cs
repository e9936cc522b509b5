namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>All that was recorded of one market, in its ticks and steps.</summary>
internal sealed record BookRecording
{
    /// <summary>
    /// Without a snapshot for so long nobody knows what rests; the book is then taken to be empty.
    /// </summary>
    public const long StaleMs = 60_000;

    /// <summary>Which market.</summary>
    public required MarketName Market { get; init; }

    /// <summary>Its grid.</summary>
    public required RecordedGrid Grid { get; init; }

    /// <summary>Snapshots, oldest first.</summary>
    public required IReadOnlyList<RecordedBook> Books { get; init; }

    /// <summary>Trades from the first snapshot on, oldest first.</summary>
    public required IReadOnlyList<RecordedTrade> Trades { get; init; }

    /// <summary>Trades that were told before the first snapshot, and left out.</summary>
    public required int Early { get; init; }

    /// <summary>Joins the files of one market; null if they overlap.</summary>
    public static BookRecording? Join(IReadOnlyList<RecordedFile> files, ErrorList errors)
    {
        var books = InOrder(files.Where(file => file.Books.Count > 0), errors);
        var trades = InOrder(files.Where(file => file.Trades.Count > 0), errors);
        if (books is null || trades is null) return null;
        if (books.Count == 0)
        {
            errors.Add(new ReplayError.BookMissing(files[0].Name, files[0].Market.Market));
            return null;
        }

        var grid = files.Select(file => file.Grid).Aggregate((left, right) => left.Join(right));
        var firstMs = books[0].FirstMs;
        var known = trades.SelectMany(file => file.Trades).Where(trade => trade.AtMs >= firstMs).ToArray();
        return new BookRecording
        {
            Market = files[0].Market,
            Grid = grid,
            Books = [.. books.SelectMany(file => file.Books).Select(book => book.On(grid))],
            Trades = Array.ConvertAll(known, trade => trade.On(grid)),
            Early = trades.Sum(file => file.Trades.Count) - known.Length,
        };
    }

    private static List<RecordedFile>? InOrder(IEnumerable<RecordedFile> files, ErrorList errors)
    {
        var ordered = files.OrderBy(file => file.FirstMs).ToList();
        for (var i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].FirstMs > ordered[i - 1].LastMs) continue;
            errors.Add(new ReplayError.FilesOverlap(
                ordered[i - 1].Name, ordered[i].Name, ordered[i].Market.Market));
            return null;
        }

        return ordered;
    }
}
