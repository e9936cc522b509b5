using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Runtime.Telemetry;

/// <summary>
/// What surfaces want to look back on: the last lines, the closes of the last minutes, and how the machine
/// kept up. Bounded; nothing here is the engine's business.
/// </summary>
public sealed class RunHistory(TimeProvider wall, IReadOnlyList<Core.Instruments.Market> markets)
{
    private const int MostLines = 64;
    private const int MostCloses = 60;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Queue<JournalLine> _lines = new();
    private readonly Queue<double>[] _closes = [.. markets.Select(_ => new Queue<double>())];
    private readonly CandleFold[] _folds = new CandleFold[markets.Count];
    private readonly LatencyHistogram _instants = new();
    private long _windowBegan = wall.GetTimestamp();
    private long _windowEvents;
    private double _eventsPerSecond;

    /// <summary>The last lines, newest first.</summary>
    public ImmutableArray<JournalLine> Lines => [.. _lines.Reverse()];

    /// <summary>How long instants took.</summary>
    public LatencyHistogram Instants => _instants;

    /// <summary>Keeps a fact, if it is worth a line.</summary>
    public void OnFact(JournaledFact fact)
    {
        if (FactWords.Of(fact) is not { } line) return;
        _lines.Enqueue(line);
        if (_lines.Count > MostLines) _lines.Dequeue();
    }

    /// <summary>Keeps the closes of minutes.</summary>
    public void OnEvent(MarketEvent next)
    {
        if (next.Kind is not (MarketEventKind.Trade or MarketEventKind.Candle)) return;
        ref var fold = ref _folds[next.Market];
        fold = CandleFold.Step(fold, next, TimeSpan.FromMinutes(1));
        if (fold.Completed is not { } bar) return;
        var closes = _closes[next.Market];
        closes.Enqueue((double)markets[next.Market].PriceOf(bar.Close).Value);
        if (closes.Count > MostCloses) closes.Dequeue();
    }

    /// <summary>Counts how long an instant took by the wall clock.</summary>
    public void OnInstant(TimeSpan took) => _instants.Add(took);

    /// <summary>The closes of a market's last minutes, oldest first.</summary>
    public ImmutableArray<double> Sparkline(int market) => [.. _closes[market]];

    /// <summary>How the machine keeps up.</summary>
    public PerformanceRow Performance(long events, long evaluations)
    {
        var elapsed = wall.GetElapsedTime(_windowBegan);
        if (elapsed >= Window)
        {
            _eventsPerSecond = (events - _windowEvents) / elapsed.TotalSeconds;
            _windowEvents = events;
            _windowBegan = wall.GetTimestamp();
        }

        return new PerformanceRow
        {
            Events = events,
            EventsPerSecond = _eventsPerSecond,
            InstantP50Micros = _instants.QuantileMicros(0.5),
            InstantP99Micros = _instants.QuantileMicros(0.99),
            Evaluations = evaluations,
            MemoryBytes = Environment.WorkingSet,
        };
    }
}
