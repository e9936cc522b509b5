using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Runtime.Tests.Faults;

/// <summary>
/// A market with an hour's past, which falls asleep at a time: from then on books and oracle prices stand,
/// and nobody trades, so that signals fade and what is open comes to its end.
/// </summary>
internal sealed class BoundedMarkets(IMarketSource source, DateTimeOffset asleep, TimeSpan sleep)
    : IMarketSource
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(65);

    private readonly Dictionary<int, long> _oracle = [];
    private DateTimeOffset _at;

    public DateTimeOffset BeginsAt => source.StartsAt - Past;

    public IReadOnlyList<Market> Markets => source.Markets;

    public string Description => source.Description;

    public DateTimeOffset StartsAt => source.StartsAt;

    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        if (_at < asleep)
        {
            while (source.TryNext(batch, out at) && at < BeginsAt)
            {
            }

            _at = at;
            foreach (var next in batch)
            {
                if (next.Event.Kind == MarketEventKind.Oracle)
                {
                    _oracle[next.Event.Market] = next.Event.OraclePrice;
                }
            }

            return true;
        }

        batch.Clear();
        _at = at = _at.AddSeconds(1);
        foreach (var (market, price) in _oracle)
        {
            batch.Add(new SourceEvent(MarketEvent.Oracle(market, at, price)));
        }

        return at < asleep + sleep;
    }
}
