using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>
/// Some minutes of the synthetic market, second by second, after a past that is told in bars of one minute:
/// cheap to start again and again.
/// </summary>
internal sealed class RestlessMarkets : IMarketSource
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 11, 56, 0, TimeSpan.Zero);

    private static readonly TimeSpan Past = TimeSpan.FromMinutes(75);
    private static readonly TimeSpan Live = TimeSpan.FromMinutes(7);
    private static readonly Lazy<(IReadOnlyList<Market> Markets, List<(DateTimeOffset, SourceEvent[])> Told)>
        Written = new(Write);

    private int _next;

    public static DateTimeOffset End => Start + Live;

    public static DateTimeOffset BeginsAt => Start - Past;

    public IReadOnlyList<Market> Markets => Written.Value.Markets;

    public string Description => "restless market";

    public DateTimeOffset StartsAt => Start;

    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        batch.Clear();
        at = End;
        if (_next == Written.Value.Told.Count) return false;
        (at, var items) = Written.Value.Told[_next++];
        foreach (var item in items) batch.Add(item);
        return true;
    }

    private static (IReadOnlyList<Market> Markets, List<(DateTimeOffset, SourceEvent[])> Told) Write()
    {
        var source = new SyntheticMarkets(11, Start);
        var told = new List<(DateTimeOffset, SourceEvent[])>();
        var minute = new List<SourceEvent>();
        var batch = new List<SourceEvent>();
        while (source.TryNext(batch, out var at) && at <= End)
        {
            if (at < BeginsAt) continue;
            if (at < Start) minute.AddRange(batch);
            if (at < Start && at.Second != 59) continue;
            told.Add(at < Start ? (at, Bars(minute, at)) : (at, [.. batch]));
            minute.Clear();
        }

        return (source.Markets, told);
    }

    private static SourceEvent[] Bars(List<SourceEvent> minute, DateTimeOffset last) =>
    [
        .. minute.Where(item => item.Event.Kind == MarketEventKind.Trade)
            .GroupBy(item => item.Event.Market)
            .Select(trades => new SourceEvent(MarketEvent.Bar(trades.Key, new Candle(
                last.AddSeconds(-60),
                TimeSpan.FromSeconds(60),
                trades.First().Event.Last,
                trades.Max(trade => trade.Event.Last),
                trades.Min(trade => trade.Event.Last),
                trades.Last().Event.Last,
                new Steps(trades.Sum(trade => trade.Event.Volume.Value)))))),
    ];
}
