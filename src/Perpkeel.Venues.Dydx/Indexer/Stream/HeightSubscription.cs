using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>A block and when it was heard of.</summary>
/// <param name="Block">The block.</param>
/// <param name="At">When it was heard of.</param>
public sealed record HeardBlock(IndexerHeight Block, DateTimeOffset At);

/// <summary>
/// The last block that the Indexer has taken in, about one a second: what shows that a connection and the
/// chain are alive. Readers are told the latest one only.
/// </summary>
public sealed class HeightSubscription : StreamSubscription
{
    private readonly Channel<IndexerHeight> _heights =
        System.Threading.Channels.Channel.CreateBounded<IndexerHeight>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Makes one; nothing is asked yet.</summary>
    public HeightSubscription()
        : base(IndexerChannel.BlockHeight, string.Empty, isBatched: false)
    {
    }

    /// <summary>Blocks; full at one, the older one is dropped.</summary>
    public ChannelReader<IndexerHeight> Heights => _heights.Reader;

    /// <summary>The highest one; null before the first.</summary>
    public HeardBlock? Heard { get; private set; }

    internal override FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = Read(ref contents, IndexerHeight.Read, out var height);
        if (fault is null) Take(height, stamp);
        return fault;
    }

    internal override FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp)
    {
        // The key is another one than in the snapshot.
        var fault = Read(
            ref contents,
            f => new IndexerHeight { Height = f.UInt("blockHeight"), Time = f.Time("time") }, out var height);
        if (fault is null) Take(height, stamp);
        return fault;
    }

    private void Take(IndexerHeight height, in Stamp stamp)
    {
        if (Heard is { } last && height.Height <= last.Block.Height) return;
        Heard = new HeardBlock(height, stamp.At);
        _heights.Writer.TryWrite(height);
    }
}
