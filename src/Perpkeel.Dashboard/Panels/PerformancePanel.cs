using System.Collections.Immutable;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Panels;

/// <summary>How the machine keeps up: throughput, latency percentiles, totals, memory.</summary>
public static class PerformancePanel
{
    /// <summary>One row where the width allows it.</summary>
    public static PanelView Of(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var row = snapshot.Performance;
        ImmutableArray<Fact> facts =
        [
            new("Events/s", TextLine.Of(Figures.Rate(row.EventsPerSecond))),
            new("Instant p50", TextLine.Of(Figures.Micros(row.InstantP50Micros))),
            new("p99", TextLine.Of(Figures.Micros(row.InstantP99Micros))),
            new("Events", TextLine.Of(Figures.Count(row.Events))),
            new("Evaluations", TextLine.Of(Figures.Count(row.Evaluations))),
            new("Memory", TextLine.Of(Figures.Bytes(row.MemoryBytes))),
        ];
        return new PanelView(snapshot, FrameKind.Box, (width, rows) => new PanelContent
        {
            Heading = TextLine.Of("Performance", Palette.Title),
            Rows = Fact.Grid(facts, width, rows),
        });
    }
}
