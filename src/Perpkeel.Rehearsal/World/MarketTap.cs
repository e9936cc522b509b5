using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Rehearsal.World;

/// <summary>
/// Hears a venue's markets for as long as the rehearsal lasts, and passes them on to the process that lives.
/// A process that begins gets each market whole first, as who subscribes to a venue does.
/// </summary>
internal sealed class MarketTap(IReadOnlyList<Market> markets, ChannelReader<MarketEvent> events)
{
    private const int MostEvents = 4_096;

    private readonly MarketView[] _views = new MarketView[markets.Count];
    private Channel<MarketEvent>? _listener;

    /// <summary>The latest view of each market.</summary>
    public IReadOnlyList<MarketView> Views => _views;

    /// <summary>The events from now on, after what there is.</summary>
    public ChannelReader<MarketEvent> Listen()
    {
        _listener = Channel.CreateBounded<MarketEvent>(
            new BoundedChannelOptions(MostEvents) { FullMode = BoundedChannelFullMode.Wait });
        foreach (var next in _views.SelectMany(Snapshot))
        {
            if (_listener.Writer.TryWrite(next)) continue;
            throw new InvalidOperationException("The books do not fit.");
        }

        return _listener.Reader;
    }

    /// <summary>Nobody listens any more.</summary>
    public void Leave()
    {
        // Who waits for room goes on.
        _listener?.Writer.TryComplete();
        _listener = null;
    }

    /// <summary>Passes events on until they end or the rehearsal does.</summary>
    public async Task PumpAsync(CancellationToken cancellation)
    {
        while (await events.WaitToReadAsync(cancellation))
        {
            while (events.TryRead(out var next))
            {
                _views[next.Market] = MarketView.Step(_views[next.Market], next);
                var listener = _listener;
                while (listener is not null && listener == _listener && !listener.Writer.TryWrite(next))
                {
                    await listener.Writer.WaitToWriteAsync(cancellation);
                }
            }
        }
    }

    private static IEnumerable<MarketEvent> Snapshot(MarketView view)
    {
        var market = view.Market;
        foreach (var level in view.Book.Bids)
        {
            yield return MarketEvent.Level(market, view.BookAt, Side.Buy, level.Price, level.Size);
        }

        foreach (var level in view.Book.Asks)
        {
            yield return MarketEvent.Level(market, view.BookAt, Side.Sell, level.Price, level.Size);
        }

        if (view.OraclePrice > 0) yield return MarketEvent.Oracle(market, view.OracleAt, view.OraclePrice);
        if (view.FundingRate != 0m)
        {
            yield return MarketEvent.Funding(market, view.OracleAt, view.FundingRate);
        }
    }
}
