using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

/// <summary>What a market did minute by minute, gathered from its events alone.</summary>
internal sealed class MinuteSeries
{
    private readonly List<long> _bids = [];
    private readonly List<long> _asks = [];
    private double _spreadSum;
    private int _spreadCount;
    private long _high;
    private long _low = long.MaxValue;
    private long _last;
    private long _volume;

    /// <summary>Price of the last trade of each minute, in ticks.</summary>
    public List<double> Closes { get; } = [];

    /// <summary>Highest price of each minute.</summary>
    public List<double> Highs { get; } = [];

    /// <summary>Lowest price of each minute.</summary>
    public List<double> Lows { get; } = [];

    /// <summary>Steps traded in each minute.</summary>
    public List<double> Volumes { get; } = [];

    /// <summary>Mean over the minute's seconds of (ask - bid) / middle; only from second 0 on.</summary>
    public List<double> Spreads { get; } = [];

    /// <summary>
    /// Highest minus lowest traded price of the minute over the close; only from second 0 on.
    /// </summary>
    public List<double> Ranges { get; } = [];

    public bool WasCrossed { get; private set; }

    public IReadOnlyList<double> Returns =>
        [.. Closes.Zip(Closes.Skip(1), (before, after) => (after - before) / before)];

    public static MinuteSeries[] Of(IMarketSource source, int minutes)
    {
        var series = source.Markets.Select(_ => new MinuteSeries()).ToArray();
        var batch = new List<SourceEvent>();
        for (var second = 0; second < minutes * 60; second++)
        {
            source.TryNext(batch, out _);
            foreach (var item in batch) series[item.Event.Market].Take(item.Event);
            foreach (var one in series) one.EndSecond();
            if (second % 60 != 59) continue;
            foreach (var one in series) one.EndMinute();
        }

        return series;
    }

    private void Take(in MarketEvent next)
    {
        if (next.Kind == MarketEventKind.Trade)
        {
            _last = next.Last.Value;
            _high = Math.Max(_high, _last);
            _low = Math.Min(_low, _last);
            _volume += next.Volume.Value;
        }
        else if (next.Kind == MarketEventKind.Level)
        {
            var buys = next.Side == Side.Buy;
            var (own, other, sign) = buys ? (_bids, _asks, 1) : (_asks, _bids, -1);
            var price = next.Last.Value;
            if (next.Volume.Value == 0)
            {
                own.Remove(price);
                return;
            }

            if (!own.Contains(price)) own.Add(price);
            WasCrossed |= other.Count > 0 && (price - Best(other, -sign)) * sign >= 0;
        }
    }

    private void EndSecond()
    {
        if (_bids.Count == 0) return;
        var (bid, ask) = (Best(_bids, 1), Best(_asks, -1));
        _spreadSum += 2d * (ask - bid) / (ask + bid);
        _spreadCount++;
    }

    private void EndMinute()
    {
        Closes.Add(_last);
        Highs.Add(Math.Max(_high, _last));
        Lows.Add(Math.Min(_low, _last));
        Volumes.Add(_volume);
        if (_spreadCount > 0)
        {
            Spreads.Add(_spreadSum / _spreadCount);
            Ranges.Add(Math.Max(0, _high - _low) / (double)_last);
        }

        (_spreadSum, _spreadCount, _high, _low, _volume) = (0, 0, 0, long.MaxValue, 0);
    }

    /// <summary>The highest price for a sign of 1, the lowest for -1.</summary>
    private static long Best(List<long> prices, int sign)
    {
        var best = prices[0];
        foreach (var price in prices)
        {
            if ((price - best) * sign > 0) best = price;
        }

        return best;
    }
}
