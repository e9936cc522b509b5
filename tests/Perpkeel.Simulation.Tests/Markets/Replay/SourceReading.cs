using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

/// <summary>Reads a source that ends.</summary>
internal static class SourceReading
{
    public static IEnumerable<MarketEvent> Events(this IMarketSource source) =>
        source.Batches().SelectMany(batch => batch.Items).Select(item => item.Event);

    public static IEnumerable<(DateTimeOffset At, SourceEvent[] Items)> Batches(this IMarketSource source)
    {
        var batch = new List<SourceEvent>();
        while (source.TryNext(batch, out var at)) yield return (at, [.. batch]);
    }
}
