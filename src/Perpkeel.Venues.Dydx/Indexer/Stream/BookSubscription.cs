using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>
/// The order book of a market. Changes go into the book itself, without a queue and without garbage; readers
/// are told that it has changed, once however often it did: what is old of a book is worth nothing.
/// </summary>
public sealed class BookSubscription : StreamSubscription
{
    private readonly GridUnit _tick;
    private readonly GridUnit _step;

    private readonly Channel<long> _changes = System.Threading.Channels.Channel.CreateBounded<long>(
        new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleWriter = false,
        });

    /// <summary>Makes one; nothing is asked yet.</summary>
    /// <param name="market">The market.</param>
    /// <param name="tickSize">Its tick size.</param>
    /// <param name="stepSize">Its step size.</param>
    /// <param name="isBatched">Whether changes of a quarter of a second come together.</param>
    public BookSubscription(MarketId market, decimal tickSize, decimal stepSize, bool isBatched)
        : base(IndexerChannel.OrderBook, market.Value, isBatched)
    {
        _tick = new GridUnit(tickSize);
        _step = new GridUnit(stepSize);
        (TickSize, StepSize) = (tickSize, stepSize);
    }

    /// <summary>The tick size.</summary>
    public decimal TickSize { get; }

    /// <summary>The step size.</summary>
    public decimal StepSize { get; }

    /// <summary>The book.</summary>
    public LiveBook Book { get; } = new();

    /// <summary>Says that the book has changed; full at one, the older one is dropped.</summary>
    public ChannelReader<long> Changes => _changes.Reader;

    internal override FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp)
    {
        Book.Clear();
        var fault = BookReader.Apply(ref contents, _tick, _step, Book, stamp.Order);
        return Told(fault, stamp, PriceSource.Snapshot);
    }

    internal override FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = BookReader.Apply(ref contents, _tick, _step, Book, stamp.Order);
        return Told(fault, stamp, PriceSource.Stream);
    }

    private protected override void OnLost(StreamFault fault)
    {
        Book.Doubt();
        _changes.Writer.TryWrite(Book.Changes);
    }

    private FieldFault? Told(FieldFault? fault, in Stamp stamp, PriceSource source)
    {
        if (fault is not null) return fault;
        Book.Heard(stamp.At, source);
        _changes.Writer.TryWrite(Book.Changes);
        return null;
    }
}
