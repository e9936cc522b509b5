using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

/// <summary>The books of a source as its level events leave them; trades change nothing.</summary>
internal sealed class ShownBooks(IMarketSource source)
{
    private readonly List<SourceEvent> _batch = [];
    private readonly ShownBook[] _books = [.. source.Markets.Select(_ => new ShownBook())];

    public ShownBook this[int market] => _books[market];

    public DateTimeOffset At { get; private set; }

    public void Skip(int seconds)
    {
        for (var i = 0; i < seconds; i++) Next();
    }

    /// <summary>The events of the next instant; the books have taken them already.</summary>
    public MarketEvent[] Next()
    {
        source.TryNext(_batch, out var at);
        At = at;
        foreach (var next in _batch.Select(item => item.Event))
        {
            if (next.Kind != MarketEventKind.Level) continue;
            _books[next.Market].Set(next.Side, next.Last.Value, next.Volume.Value);
        }

        return [.. _batch.Select(item => item.Event)];
    }

    public ShownBook[] Copy() => [.. _books.Select(book => book.Copy())];
}

/// <summary>One book by price.</summary>
internal sealed class ShownBook
{
    private readonly SortedDictionary<long, long> _bids = [];
    private readonly SortedDictionary<long, long> _asks = [];

    public bool HasBoth => _bids.Count > 0 && _asks.Count > 0;

    public (long Price, long Size) Best(Side side) => Levels(side)[0];

    public IReadOnlyList<(long Price, long Size)> Levels(Side side)
    {
        var rising = (side == Side.Buy ? _bids : _asks).Select(level => (level.Key, level.Value));
        return [.. side == Side.Buy ? rising.Reverse() : rising];
    }

    public void Set(Side side, long price, long size)
    {
        var levels = side == Side.Buy ? _bids : _asks;
        if (size > 0) levels[price] = size;
        else levels.Remove(price);
    }

    public ShownBook Copy()
    {
        var copy = new ShownBook();
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            foreach (var (price, size) in Levels(side)) copy.Set(side, price, size);
        }

        return copy;
    }
}
