using System.Text.Json;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>
/// Takes the frames of one connection in: numbers, order, which subscription, picture or change. Not safe to
/// share between threads; its connection sees to that.
/// </summary>
internal sealed class FrameIntake(StreamSettings settings)
{
    private const string Already = "already subscribed";

    private readonly List<SubscriptionLine> _lines = [];
    private readonly MessageIds _ids = new();
    private long _order;
    private int? _consumed;

    private long _frames;
    private long _bytes;
    private long _updates;
    private long _duplicates;
    private long _strays;
    private long _malformed;

    public IReadOnlyList<SubscriptionLine> Lines => _lines;

    /// <summary>Whether the server has greeted us on this connection.</summary>
    public bool IsGreeted { get; private set; }

    public StreamFigures Figures => new()
    {
        Frames = _frames,
        Bytes = _bytes,
        Updates = _updates,
        Duplicates = _duplicates,
        Strays = _strays,
        Malformed = _malformed,
    };

    public void Add(StreamSubscription subscription) => _lines.Add(new SubscriptionLine(subscription));

    /// <summary>A new connection.</summary>
    public void Begin()
    {
        IsGreeted = false;
        _ids.Reset();
        foreach (var line in _lines) line.Begin();
    }

    /// <summary>Takes a frame in; why the connection must end, or null where it goes on.</summary>
    public StreamFault? Take(ReadOnlySpan<byte> frame, DateTimeOffset now)
    {
        _frames++;
        _bytes += frame.Length;
        try
        {
            if (Envelope.Read(frame, out var envelope) is { } fault) return Bad(fault);
            _consumed = null;
            var verdict = Take(envelope, frame, now);
            if (_consumed is { } at && envelope.IsOpen) Finish(frame, envelope.Contents(frame)[at..]);
            return verdict;
        }
        catch (JsonException error)
        {
            // Whose it was cannot be known, so that everything of this connection may be missing it.
            return Bad(new FieldFault(FieldFault.Document, error.Message));
        }
    }

    /// <summary>Why the connection must end after so much time; null where it goes on.</summary>
    public StreamFault? Look(DateTimeOffset now)
    {
        if (_ids.MissingSince(now - settings.GapAfter) is { } missing)
        {
            return new StreamFault.Gap(missing, settings.GapAfter);
        }

        foreach (var line in _lines)
        {
            if (line.State == SubscriptionState.Asked && now - line.AskedAt >= settings.SnapshotWithin)
            {
                Fail(line, new StreamFault.NoSnapshot(settings.SnapshotWithin), now);
            }
            else if (line is { State: SubscriptionState.Live, Subscription.Slow: { } slow })
            {
                Fail(line, slow, now);
            }
        }

        return null;
    }

    /// <summary>One subscription begins anew.</summary>
    public void Fail(SubscriptionLine line, StreamFault fault, DateTimeOffset now) =>
        line.Fail(fault, now, settings.LongestRetry);

    /// <summary>What follows contents that were read without looking at it must end the frame.</summary>
    private static void Finish(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> rest)
    {
        if (rest.Trim(" \r\n\t"u8) is [(byte)'}']) return;
        var whole = new Utf8JsonReader(frame);
        while (whole.Read())
        {
        }
    }

    private StreamFault.Holes? Take(in Envelope envelope, ReadOnlySpan<byte> frame, DateTimeOffset now)
    {
        if (envelope.Kind == FrameKind.Connected)
        {
            IsGreeted = true;
            return null;
        }

        // Errors repeat numbers, so that only what carries data can be known for a duplicate.
        var news = envelope.Kind == FrameKind.Pong ? IdNews.Ahead : _ids.See(envelope.MessageId, now);
        if (_ids.IsFull) return new StreamFault.Holes(MessageIds.MostHoles);
        switch (envelope.Kind)
        {
            case FrameKind.Subscribed:
                OnSubscribed(envelope, frame, now);
                break;
            case FrameKind.Data or FrameKind.Batch when news == IdNews.Again:
                _duplicates++;
                break;
            case FrameKind.Data or FrameKind.Batch:
                OnData(envelope, frame, now);
                break;
            case FrameKind.Error:
                OnError(envelope, frame, now);
                break;
            default:
                break;
        }

        return null;
    }

    private void OnSubscribed(in Envelope envelope, ReadOnlySpan<byte> frame, DateTimeOffset now)
    {
        if (Find(envelope, frame) is not { } line || line.State == SubscriptionState.Waiting)
        {
            _strays++;
            return;
        }

        if (line.State == SubscriptionState.Live)
        {
            // An answer to an earlier request: what it shows may be older than what we have.
            Fail(line, new StreamFault.Disorder(envelope.MessageId, line.LastId), now);
            return;
        }

        var stamp = new Stamp(envelope.MessageId, ++_order, now, envelope.Subaccount);
        if (Apply(line, envelope.Contents(frame), isSnapshot: true, stamp) is { } fault)
        {
            _malformed++;
            Fail(line, new StreamFault.Malformed(fault), now);
            return;
        }

        var dropped = line.DroppedId;
        line.Live(envelope.MessageId, now);
        if (dropped > envelope.MessageId)
        {
            Fail(line, new StreamFault.OldSnapshot(dropped, envelope.MessageId), now);
        }
    }

    private void OnData(in Envelope envelope, ReadOnlySpan<byte> frame, DateTimeOffset now)
    {
        if (Find(envelope, frame) is not { } line)
        {
            _strays++;
            return;
        }

        if (line.State != SubscriptionState.Live)
        {
            _strays++;
            line.DroppedId = Math.Max(line.DroppedId, envelope.MessageId);
            return;
        }

        if (envelope.MessageId < line.LastId)
        {
            Fail(line, new StreamFault.Disorder(envelope.MessageId, line.LastId), now);
            return;
        }

        line.LastId = envelope.MessageId;
        var contents = envelope.Contents(frame);
        var fault = envelope.Kind == FrameKind.Batch
            ? ApplyBatch(line, contents, envelope, now)
            : Apply(
                line, contents, isSnapshot: false,
                new Stamp(envelope.MessageId, ++_order, now, envelope.Subaccount));
        if (fault is null) return;
        _malformed++;
        Fail(line, new StreamFault.Malformed(fault), now);
    }

    private void OnError(in Envelope envelope, ReadOnlySpan<byte> frame, DateTimeOffset now)
    {
        var fault = new StreamFault.Refused(Rest.IndexerCaller.Plain(envelope.Message ?? "no reason given"));
        if (Find(envelope, frame) is { } named)
        {
            // Where the server says that it sends already, it must be told to stop first.
            named.IsKnownThere = fault.Words.Contains(Already, StringComparison.OrdinalIgnoreCase);
            Fail(named, fault, now);
            return;
        }

        // Some errors name the channel only in their words, others nothing: whoever waits asks again.
        foreach (var line in _lines)
        {
            if (line.State != SubscriptionState.Asked) continue;
            if (fault.Words.Contains("v4_", StringComparison.Ordinal)
                && !fault.Words.Contains(line.Subscription.Channel.Word(), StringComparison.Ordinal))
            {
                continue;
            }

            Fail(line, fault, now);
        }
    }

    private FieldFault? ApplyBatch(
        SubscriptionLine line, ReadOnlySpan<byte> contents, in Envelope envelope, DateTimeOffset now)
    {
        var reader = new Utf8JsonReader(contents);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return new FieldFault("contents", "is no list");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var stamp = new Stamp(envelope.MessageId, ++_order, now, envelope.Subaccount);
            _updates++;
            if (line.Subscription.Update(ref reader, stamp) is { } fault) return fault;
        }

        _consumed = (int)reader.BytesConsumed;
        return null;
    }

    private FieldFault? Apply(
        SubscriptionLine line, ReadOnlySpan<byte> contents, bool isSnapshot, in Stamp stamp)
    {
        if (contents.IsEmpty) return new FieldFault("contents", "is missing");
        var reader = new Utf8JsonReader(contents);
        reader.Read();
        if (isSnapshot) return line.Subscription.Snapshot(ref reader, stamp);
        _updates++;
        var fault = line.Subscription.Update(ref reader, stamp);
        _consumed = (int)reader.BytesConsumed;
        return fault;
    }

    private SubscriptionLine? Find(in Envelope envelope, ReadOnlySpan<byte> frame)
    {
        if (envelope.Channel is not { } channel) return null;
        var id = envelope.Id(frame);
        foreach (var line in _lines)
        {
            var subscription = line.Subscription;
            if (subscription.Channel != channel) continue;

            // Channels without ids drop or repeat their own name here.
            if (subscription.IdBytes.Length == 0 || id.SequenceEqual(subscription.IdBytes)) return line;
        }

        return null;
    }

    private StreamFault.Malformed Bad(FieldFault fault)
    {
        _malformed++;
        return new StreamFault.Malformed(fault);
    }
}
