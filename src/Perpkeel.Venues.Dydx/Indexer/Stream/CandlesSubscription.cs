using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>
/// The candles of a market. A candle is told again as it grows; a reader that is too slow loses the oldest
/// tellings, and the latest ones of all candles since the beginning are in <see cref="Latest"/>.
/// </summary>
public sealed class CandlesSubscription : StreamSubscription
{
    /// <summary>Candles that are kept.</summary>
    public const int MostKept = 1_000;

    private const int MostWaiting = 256;

    private readonly Named<CandleResolution> _resolution;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTimeOffset, PublicCandle> _kept = [];

    private readonly Channel<PublicCandle> _candles =
        System.Threading.Channels.Channel.CreateBounded<PublicCandle>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Makes one; nothing is asked yet.</summary>
    public CandlesSubscription(MarketId market, CandleResolution resolution, bool isBatched)
        : base(IndexerChannel.Candles, $"{market.Value}/{CandleResolutions.Word(resolution)}", isBatched) =>
        _resolution = new Named<CandleResolution>(resolution);

    /// <summary>Candles as they grow; full at 256, the oldest telling is dropped.</summary>
    public ChannelReader<PublicCandle> Candles => _candles.Reader;

    /// <summary>All that are kept, oldest first, each as it was told last.</summary>
    public ImmutableArray<PublicCandle> Latest()
    {
        lock (_lock) return [.. _kept.Values];
    }

    internal override FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = Read(
            ref contents, f => f.List("candles", one => PublicCandle.Read(one, _resolution)),
            out var candles);
        if (fault is not null) return fault;
        for (var i = candles.Length - 1; i >= 0; i--) Take(candles[i]);
        return null;
    }

    internal override FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = Read(ref contents, f => PublicCandle.Read(f, _resolution), out var candle);
        if (fault is null) Take(candle);
        return fault;
    }

    private void Take(PublicCandle candle)
    {
        lock (_lock)
        {
            // A snapshot tells again what is known: only what differs is news.
            if (_kept.TryGetValue(candle.StartedAt, out var known) && known with { Id = candle.Id } == candle)
            {
                return;
            }

            _kept[candle.StartedAt] = candle;
            if (_kept.Count > MostKept) _kept.Remove(_kept.Keys.First());
        }

        _candles.Writer.TryWrite(candle);
    }
}
