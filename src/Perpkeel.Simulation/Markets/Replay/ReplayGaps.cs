using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>A stretch without bars.</summary>
/// <param name="From">Where the last bar before it ended.</param>
/// <param name="Until">Where the next one opened.</param>
public readonly record struct ReplayGap(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What is missing in a market's recording. It is skipped; nothing is filled in.</summary>
/// <param name="Market">Which market.</param>
/// <param name="Count">How many stretches.</param>
/// <param name="First">The first few of them.</param>
public sealed record ReplayGaps(MarketId Market, int Count, IReadOnlyList<ReplayGap> First);
