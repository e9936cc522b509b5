using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Closes of a market.</summary>
/// <param name="Ticker">The market.</param>
/// <param name="Closes">Newest first.</param>
public sealed record Sparkline(string Ticker, ImmutableArray<decimal> Closes);
