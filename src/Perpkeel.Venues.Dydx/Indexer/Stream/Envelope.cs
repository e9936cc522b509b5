using System.Text;
using System.Text.Json;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>What a frame is.</summary>
internal enum FrameKind
{
    Unknown = 0,
    Connected,
    Subscribed,
    Unsubscribed,
    Data,
    Batch,
    Error,
    Pong,
}

/// <summary>
/// A frame without its contents, which are left where they are. Fields may come in any order.
/// </summary>
internal struct Envelope
{
    private const int MostWords = 300;

    private Range _id;
    private Range _contents;
    private byte[]? _otherId;

    public FrameKind Kind { get; private set; }

    public long MessageId { get; private set; }

    public IndexerChannel? Channel { get; private set; }

    public uint? Subaccount { get; private set; }

    /// <summary>
    /// Whether the contents were left unread, with all that follows them: who reads them looks at the rest.
    /// </summary>
    public bool IsOpen { get; private set; }

    /// <summary>The words of an error.</summary>
    public string? Message { get; private set; }

    /// <summary>The id of the subscription; empty where there is none.</summary>
    /// <param name="frame">The frame that was read.</param>
    public readonly ReadOnlySpan<byte> Id(ReadOnlySpan<byte> frame) => _otherId ?? frame[_id];

    /// <summary>The contents; empty where there are none.</summary>
    /// <param name="frame">The frame that was read.</param>
    public readonly ReadOnlySpan<byte> Contents(ReadOnlySpan<byte> frame) => frame[_contents];

    /// <summary>Reads a frame; null where it is one.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static FieldFault? Read(ReadOnlySpan<byte> frame, out Envelope envelope)
    {
        envelope = default;
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return new FieldFault(FieldFault.Document, "is no object");
        }

        var hasId = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fault = envelope.Take(ref reader, ref hasId);
            if (fault is not null) return fault;

            // Books are most of the stream: what is known by now is all that one needs.
            if (envelope.IsOpen) return null;
        }

        // What follows the object is no part of a frame: reading on throws.
        reader.Read();
        if (envelope.Kind == FrameKind.Unknown) return new FieldFault("type", "is missing or not known");
        return hasId ? null : new FieldFault("message_id", "is missing");
    }

    private FieldFault? Take(ref Utf8JsonReader reader, ref bool hasId)
    {
        if (reader.Is("contents"u8))
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            IsOpen = hasId && Channel == IndexerChannel.OrderBook && _id.End.Value > 0
                && Kind is (FrameKind.Data or FrameKind.Batch);
            if (!IsOpen) reader.Skip();
            _contents = IsOpen ? start.. : start..(int)reader.BytesConsumed;
            return null;
        }

        if (reader.Is("type"u8))
        {
            reader.Read();
            Kind = KindOf(ref reader);
            return null;
        }

        if (reader.Is("message_id"u8))
        {
            reader.Read();
            hasId = TryWhole(ref reader, out var id);
            MessageId = id;
            return hasId ? null : new FieldFault("message_id", "is no whole number");
        }

        if (reader.Is("channel"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) Channel = IndexerChannels.Find(reader.ValueSpan);
            else reader.Skip();
            return null;
        }

        if (reader.Is("id"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) TakeId(ref reader);
            else reader.Skip();
            return null;
        }

        return TakeRare(ref reader);
    }

    private FieldFault? TakeRare(ref Utf8JsonReader reader)
    {
        if (reader.Is("subaccountNumber"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return null;
            if (!TryWhole(ref reader, out var number) || number is < 0 or > uint.MaxValue)
            {
                return new FieldFault("subaccountNumber", "is out of range");
            }

            Subaccount = (uint)number;
            return null;
        }

        if (reader.Is("message"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) Message = Words(ref reader);
            else reader.Skip();
            return null;
        }

        reader.Read();
        reader.Skip();
        return null;
    }

    private static FrameKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return FrameKind.Unknown;
        }

        return reader.Is("channel_data"u8) ? FrameKind.Data
            : reader.Is("channel_batch_data"u8) ? FrameKind.Batch
            : reader.Is("subscribed"u8) ? FrameKind.Subscribed
            : reader.Is("unsubscribed"u8) ? FrameKind.Unsubscribed
            : reader.Is("connected"u8) ? FrameKind.Connected
            : reader.Is("error"u8) ? FrameKind.Error
            : reader.Is("pong"u8) ? FrameKind.Pong
            : FrameKind.Unknown;
    }

    private static bool TryWhole(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String && !reader.ValueIsEscaped)
        {
            return Utf8Number.TryCount(reader.ValueSpan, GridUnit.One, out value) && value >= 0;
        }

        reader.Skip();
        return false;
    }

    /// <summary>Names have no escapes; one that has is copied.</summary>
    private void TakeId(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex + 1;
        _id = start..(start + reader.ValueSpan.Length);
        if (reader.ValueIsEscaped) _otherId = Encoding.UTF8.GetBytes(Words(ref reader));
    }

    /// <summary>Half of a pair of letters, or bytes that are no letters, have no text.</summary>
    private static string Words(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString() ?? string.Empty;
            return text.Length > MostWords ? text[..MostWords] : text;
        }
        catch (InvalidOperationException)
        {
            return string.Empty;
        }
    }
}
