using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation.Paper.Post;

/// <summary>
/// The way to the node, as a stream of its own in the venue's journal: what was sent arrives, even when its
/// sender dies meanwhile, as bytes on a wire do; and what is not in it was never sent.
/// </summary>
internal sealed class Outbox
{
    private const int Version = 2;
    private const string MadeKind = "made";
    private const string PlaceKind = "place";
    private const string CancelKind = "cancel";

    private readonly IRecordLog _log;
    private readonly string _stream;
    private readonly List<Posting> _postings = [];

    /// <summary>Opens the way and reads it back.</summary>
    /// <exception cref="JournalException">
    /// The journal cannot be read, is of another version, or of a venue with other settings.
    /// </exception>
    public Outbox(IRecordLog log, string venue, VenueMade made, DateTimeOffset at)
    {
        _log = log;
        _stream = venue + "/post";
        VenueMade? first = null;
        foreach (var record in log.Read(_stream, 0))
        {
            if (record.Sequence == 1) first = ReadMade(record);
            else _postings.Add(ReadPosting(record));
        }

        if (first is null)
        {
            Append(1, MadeKind, at, made, PostJson.Default.VenueMade);
            _log.Commit();
        }
        else if (first != made)
        {
            throw Differs(first, made);
        }
    }

    /// <summary>All messages ever sent, in order.</summary>
    public IReadOnlyList<Posting> Postings => _postings;

    /// <summary>The next message's number.</summary>
    public long NextNumber => _postings.Count + 1;

    /// <summary>Makes a message durable: from here on it is under way.</summary>
    public void Send(Posting posting)
    {
        if (posting is Posting.Place place)
        {
            Append(posting.Number + 1, PlaceKind, posting.SentAt, place, PostJson.Default.Place);
        }
        else
        {
            Append(
                posting.Number + 1, CancelKind, posting.SentAt, (Posting.Cancel)posting,
                PostJson.Default.Cancel);
        }

        _log.Commit();
        _postings.Add(posting);
    }

    private void Append<T>(long sequence, string kind, DateTimeOffset at, T value, JsonTypeInfo<T> type) =>
        _log.Append(_stream, new LogRecord(
            sequence, kind, Version, at, JsonSerializer.SerializeToUtf8Bytes(value, type)));

    private VenueMade ReadMade(LogRecord record) =>
        record is { Kind: MadeKind, Version: Version } ? Read(record, PostJson.Default.VenueMade)
        : throw Unknown(record);

    private Posting ReadPosting(LogRecord record) => (record.Kind, record.Version) switch
    {
        (PlaceKind, Version) => Read(record, PostJson.Default.Place),
        (CancelKind, Version) => Read(record, PostJson.Default.Cancel),
        _ => throw Unknown(record),
    };

    private T Read<T>(LogRecord record, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(record.Payload.Span, type)
                ?? throw new JsonException("It is empty.");
        }
        catch (JsonException error)
        {
            throw new JournalException(
                JournalFault.Corrupt, _stream, $"Record {record.Sequence} cannot be read: {error.Message}",
                "Restore the folder from a backup.", error);
        }
    }

    private JournalException Unknown(LogRecord record) => new(
        JournalFault.UnknownVersion, _stream,
        $"Record {record.Sequence} is {record.Kind}, version {record.Version}: another version of the paper "
            + "venue made it.",
        "Go on with the version of perpkeel that wrote it, or choose another folder with --data.");

    private JournalException Differs(VenueMade first, VenueMade made) => new(
        JournalFault.UnknownVersion, _stream,
        $"This venue was made with {string.Join(", ", first.DifferenceTo(made))}: its past cannot be lived "
            + "again with anything else.",
        "Go on with the settings it was made with, or choose another folder with --data.");
}
