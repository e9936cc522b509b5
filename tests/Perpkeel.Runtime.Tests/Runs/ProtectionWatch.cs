using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>
/// Reads the venue's journal as it grows and knows, without asking anybody, which positions stand there
/// without a stop for all of them, and since when.
/// </summary>
internal sealed class ProtectionWatch
{
    private readonly Dictionary<MarketId, decimal> _positions = [];
    private readonly Dictionary<ClientOrderId, OrderIntent> _stops = [];
    private readonly Dictionary<MarketId, DateTimeOffset> _since = [];
    private readonly HashSet<ClientOrderId> _placed = [];
    private long _read;

    public int Fills { get; private set; }

    public int Stopped { get; private set; }

    /// <summary>The longest time for which a position was without its stop.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Takes what is new; no position may have been bare for longer than the deadline.</summary>
    public void Look(MemoryRecordLog venue, DateTimeOffset now, TimeSpan deadline)
    {
        if (venue.LastSequence(RunLife.Stream) > _read)
        {
            foreach (var record in venue.Read(RunLife.Stream, _read)) Take(record);
        }

        foreach (var (market, since) in _since)
        {
            if (now - since > Longest) Longest = now - since;
            Assert.True(
                now - since <= deadline, $"{market} has been without a stop since {since:O}; it is {now:O}");
        }
    }

    private void Take(LogRecord record)
    {
        _read = record.Sequence;
        var report = ReportCodec.Decode(record.Kind, record.Payload.Span);
        switch (report)
        {
            case VenueReport.Opened opened:
                Assert.True(_placed.Add(opened.Order.ClientId), $"{opened.Order.ClientId} was placed twice");
                if (opened.Order.Kind == OrderKind.StopMarket) _stops[opened.Order.ClientId] = opened.Order;
                break;
            case VenueReport.Rejected rejected:
                Assert.True(_placed.Add(rejected.ClientId), $"{rejected.ClientId} was placed twice");
                break;
            case VenueReport.Triggered triggered:
                if (_stops.Remove(triggered.ClientId)) Stopped++;
                break;
            case VenueReport.Ended ended:
                _stops.Remove(ended.ClientId);
                break;
            case VenueReport.Filled fill:
                Fills++;
                var size = fill.Side.Sign() * fill.Size.Value;
                _positions[fill.Market] = _positions.GetValueOrDefault(fill.Market) + size;
                break;
            default:
                break;
        }

        foreach (var (market, position) in _positions) Judge(market, position, record.At);
    }

    private void Judge(MarketId market, decimal position, DateTimeOffset at)
    {
        var isProtected = position == 0m || _stops.Values.Any(stop => stop.Market == market
            && stop.Side.Sign() == -Math.Sign(position) && stop.Size.Value >= Math.Abs(position));
        if (isProtected) _since.Remove(market);
        else _since.TryAdd(market, at);
    }
}
