using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Books;

/// <summary>What rests at one price, and which change said so last.</summary>
/// <param name="Price">The price.</param>
/// <param name="Size">What rests there, positive.</param>
/// <param name="Offset">The logical time of the change; larger is later.</param>
public readonly record struct BookEntry(Ticks Price, Steps Size, long Offset);
