using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What rests at one price.</summary>
/// <param name="Price">In USDC.</param>
/// <param name="Size">In base units; zero where the level is gone.</param>
public readonly record struct BookLine(decimal Price, decimal Size)
{
    internal static BookLine Read(Fields f) => new(f.NotNegative("price"), f.NotNegative("size"));
}

/// <summary>A book as REST gives it: best first, not crossed, at most a hundred levels a side.</summary>
public sealed record BookLines
{
    /// <summary>Bids, highest first.</summary>
    public required ImmutableArray<BookLine> Bids { get; init; }

    /// <summary>Asks, lowest first.</summary>
    public required ImmutableArray<BookLine> Asks { get; init; }

    internal static BookLines Read(Fields f) => new()
    {
        Bids = f.List("bids", BookLine.Read),
        Asks = f.List("asks", BookLine.Read),
    };
}
