using System.Collections.Immutable;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>What a file holds, told by its header, and where.</summary>
/// <param name="IsBook">Snapshots of a book; else trades.</param>
/// <param name="IsInSeconds">Whether times are seconds; else milliseconds.</param>
/// <param name="Depth">Levels a side of a book.</param>
/// <param name="HasId">Whether trades have numbers of their own.</param>
/// <param name="Names">
/// The columns by name: the time; then, of a book, price and size of each bid and then of each ask; of trades
/// price, size, the taker's side, and their number where they have one.
/// </param>
internal sealed record RecordedColumns(
    bool IsBook, bool IsInSeconds, int Depth, bool HasId, ImmutableArray<string> Names)
{
    private const int MostDepth = 100;

    // The venue's own time before the recorder's. Those without a unit in their name are seconds.
    private static readonly ImmutableArray<(string Name, bool IsInSeconds)> Times =
    [
        ("exchange_timestamp", false), ("ts_ms", false), ("unix_timestamp_ms", false),
        ("unix_timestamp", true), ("timestamp", true),
    ];

    private static readonly ImmutableArray<string> Sizes = ["qty", "quantity", "size"];
    private static readonly ImmutableArray<string> Ids = ["id", "trade_id"];

    // Price and size of a bid, and of an ask, before their number.
    private static readonly ImmutableArray<ImmutableArray<string>> Levels =
    [
        ["bp", "bq", "ap", "aq"],
        ["bid_price_", "bid_qty_", "ask_price_", "ask_qty_"],
        ["bid_price_", "bid_size_", "ask_price_", "ask_size_"],
    ];

    /// <summary>The columns of a book or of trades; null if the header is of neither.</summary>
    public static RecordedColumns? Of(IReadOnlyList<string> header)
    {
        var names = header.ToHashSet(StringComparer.Ordinal);
        var time = Times.FirstOrDefault(candidate => names.Contains(candidate.Name));
        if (time.Name is null) return null;
        foreach (var level in Levels)
        {
            var depth = 0;
            while (depth < MostDepth && level.All(part => names.Contains(part + depth))) depth++;
            if (depth > 0) return new(true, time.IsInSeconds, depth, false, Book(time.Name, level, depth));
        }

        return OfTrades(names, time);
    }

    private static RecordedColumns? OfTrades(HashSet<string> names, (string Name, bool IsInSeconds) time)
    {
        var size = Sizes.FirstOrDefault(names.Contains);
        var id = Ids.FirstOrDefault(names.Contains);
        if (size is null || !names.Contains("price") || !names.Contains("side")) return null;
        ImmutableArray<string> columns = [time.Name, "price", size, "side"];
        return new(false, time.IsInSeconds, 0, id is not null, id is null ? columns : columns.Add(id));
    }

    private static ImmutableArray<string> Book(string time, ImmutableArray<string> level, int depth) =>
    [
        time,
        .. Enumerable.Range(0, depth).SelectMany(i => new[] { level[0] + i, level[1] + i }),
        .. Enumerable.Range(0, depth).SelectMany(i => new[] { level[2] + i, level[3] + i }),
    ];
}
