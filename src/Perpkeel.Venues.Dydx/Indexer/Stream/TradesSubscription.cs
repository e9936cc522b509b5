using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>A trade as the stream tells it.</summary>
/// <param name="Id">Its event; equal ids are one trade.</param>
/// <param name="At">When.</param>
/// <param name="Taker">Which side took.</param>
/// <param name="Price">In USDC; off the grid where accounts were deleveraged.</param>
/// <param name="Size">In base units.</param>
/// <param name="Ticks">The price in ticks; zero where it is off the grid.</param>
/// <param name="Steps">The size in steps; zero where it is off the grid.</param>
/// <param name="AfterGap">Whether trades before this one may be missing.</param>
public readonly record struct StreamTrade(
    UInt128 Id, DateTimeOffset At, Side Taker, decimal Price, decimal Size, Ticks Ticks, Steps Steps,
    bool AfterGap);

/// <summary>
/// The trades of a market, oldest first, each once. A reader that is too slow loses the oldest ones: what is
/// told next says so. After a break those of the snapshot that were not told yet fill the gap.
/// </summary>
public sealed class TradesSubscription : StreamSubscription
{
    /// <summary>Trades that wait for a reader; beyond that the oldest is dropped and counted.</summary>
    public const int MostWaiting = 4_096;

    /// <summary>Ids that are kept in mind: more than a snapshot has.</summary>
    private const int MostKnown = 2_048;

    private readonly GridUnit _tick;
    private readonly GridUnit _step;
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<UInt128> _order = new();
    private readonly List<StreamTrade> _batch = [];
    private readonly Channel<StreamTrade> _trades;
    private bool _afterGap;

    /// <summary>Makes one; nothing is asked yet.</summary>
    public TradesSubscription(MarketId market, decimal tickSize, decimal stepSize, bool isBatched)
        : base(IndexerChannel.Trades, market.Value, isBatched)
    {
        _tick = new GridUnit(tickSize);
        _step = new GridUnit(stepSize);
        _trades = System.Threading.Channels.Channel.CreateBounded<StreamTrade>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => OnDropped());
    }

    /// <summary>The trades; full at 4,096, the oldest is dropped.</summary>
    public ChannelReader<StreamTrade> Trades => _trades.Reader;

    /// <summary>Trades that no reader took in time.</summary>
    public long Dropped { get; private set; }

    internal override FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var isFirst = _known.Count == 0;
        if (TradeReader.Read(ref contents, _tick, _step, _batch) is { } fault) return fault;

        // Newest first on the wire. If none of them is known, there may be more between.
        var isJoined = isFirst || _batch.Exists(trade => _known.Contains(trade.Id)) || _batch.Count == 0;
        if (!isJoined) _afterGap = true;
        _batch.Reverse();
        Tell();
        return null;
    }

    internal override FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp)
    {
        if (TradeReader.Read(ref contents, _tick, _step, _batch) is { } fault) return fault;
        Tell();
        return null;
    }

    private void Tell()
    {
        foreach (var trade in _batch)
        {
            if (!_known.Add(trade.Id)) continue;
            _order.Enqueue(trade.Id);
            if (_order.Count > MostKnown) _known.Remove(_order.Dequeue());
            var told = trade with { AfterGap = _afterGap };
            _afterGap = false;
            _trades.Writer.TryWrite(told);
        }
    }

    private void OnDropped()
    {
        Dropped++;
        _afterGap = true;
    }
}
