using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>Markets that were written down, to be told any number of times.</summary>
internal sealed class ListedSource(
    IReadOnlyList<Market> markets, DateTimeOffset startsAt,
    IReadOnlyList<(DateTimeOffset At, SourceEvent[] Items)> batches) : IMarketSource
{
    private int _next;

    public IReadOnlyList<Market> Markets => markets;

    public string Description => "listed";

    public DateTimeOffset StartsAt => startsAt;

    public DateTimeOffset BeginsAt => batches[0].At;

    /// <summary>The same from the beginning.</summary>
    public ListedSource Again() => new(markets, startsAt, batches);

    /// <summary>Writes down what another source tells between two times.</summary>
    public static ListedSource Of(IMarketSource source, DateTimeOffset from, DateTimeOffset until)
    {
        var batches = new List<(DateTimeOffset, SourceEvent[])>();
        var batch = new List<SourceEvent>();
        while (source.TryNext(batch, out var at) && at <= until)
        {
            if (at >= from) batches.Add((at, [.. batch]));
        }

        return new ListedSource(source.Markets, source.StartsAt, batches);
    }

    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        batch.Clear();
        at = default;
        if (_next == batches.Count) return false;
        (at, var items) = batches[_next++];
        foreach (var item in items) batch.Add(item);
        return true;
    }
}
