using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Tests.Paper.Conformance;

/// <summary>
/// A market source whose events are made while it is read: what is asked for comes with one of its next
/// beats. It remembers what it told, so that another life hears the same.
/// </summary>
internal sealed class StageSource : IMarketSource
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RestingBeat = TimeSpan.FromMinutes(10);

    private readonly List<(DateTimeOffset At, SourceEvent[] Items)> _told;
    private readonly Stage _stage;
    private int _next;

    public StageSource(IReadOnlyList<Market> markets, DateTimeOffset startsAt)
        : this(markets, startsAt, [], new Stage())
    {
    }

    private StageSource(
        IReadOnlyList<Market> markets, DateTimeOffset startsAt,
        List<(DateTimeOffset At, SourceEvent[] Items)> told, Stage stage)
    {
        (Markets, StartsAt, _told, _stage) = (markets, startsAt, told, stage);
    }

    public IReadOnlyList<Market> Markets { get; }

    public string Description => "a stage";

    public DateTimeOffset StartsAt { get; }

    /// <summary>Nobody has anything to say until then: beats are far apart, the last of them then.</summary>
    public void Rest(DateTimeOffset until) => _stage.RestsUntil = until;

    /// <summary>The same from the beginning.</summary>
    public StageSource Again() => new(Markets, StartsAt, _told, _stage);

    /// <summary>Something is told with the next beat that is not yet made.</summary>
    public void Tell(Func<DateTimeOffset, MarketEvent> make) => _stage.Waiting.Add(make);

    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        batch.Clear();
        if (_next == _told.Count)
        {
            var time = _told.Count == 0 ? StartsAt : After(_told[^1].At);
            _told.Add((time, [.. _stage.Waiting.Select(make => new SourceEvent(make(time)))]));
            _stage.Waiting.Clear();
        }

        (at, var items) = _told[_next++];
        foreach (var item in items) batch.Add(item);
        return true;
    }

    private DateTimeOffset After(DateTimeOffset last)
    {
        var soon = last + Beat;
        if (soon >= _stage.RestsUntil) return soon;
        var later = last + RestingBeat;
        return later < _stage.RestsUntil ? later : _stage.RestsUntil;
    }

    private sealed class Stage
    {
        public List<Func<DateTimeOffset, MarketEvent>> Waiting { get; } = [];

        public DateTimeOffset RestsUntil { get; set; }
    }
}
