using System.Text.Json;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation;

/// <summary>
/// The way to the venue, as a stream of its own in the venue's journal: what was sent arrives, even when its
/// sender dies meanwhile, as bytes on a wire do.
/// </summary>
internal sealed class VenuePost(IRecordLog log, string venue)
{
    private const int Version = 1;
    private const string Place = "place";
    private const string Cancel = "cancel";

    private readonly string _stream = venue + "/post";

    /// <summary>All messages ever sent, in order.</summary>
    /// <exception cref="JournalException">
    /// The journal cannot be read, or was written by a newer version.
    /// </exception>
    public IEnumerable<VenueMessage> Read() => log.Read(_stream, 0).Select(Decode);

    /// <summary>Makes a message durable: from here on it is under way.</summary>
    public void Send(VenueMessage message)
    {
        var (kind, payload) = message switch
        {
            VenueMessage.Place place => (Place,
                JsonSerializer.SerializeToUtf8Bytes(place, MessageJson.Default.Place)),
            VenueMessage.Cancel cancel => (Cancel,
                JsonSerializer.SerializeToUtf8Bytes(cancel, MessageJson.Default.Cancel)),
            _ => throw new ArgumentException(
                $"{message.GetType().Name} is no known message.", nameof(message)),
        };
        log.Append(_stream, new LogRecord(
            log.LastSequence(_stream) + 1, kind, Version, message.SentAt, payload));
        log.Commit();
    }

    private VenueMessage Decode(LogRecord record)
    {
        try
        {
            var payload = record.Payload.Span;
            VenueMessage? message = (record.Kind, record.Version) switch
            {
                (Place, Version) => JsonSerializer.Deserialize(payload, MessageJson.Default.Place),
                (Cancel, Version) => JsonSerializer.Deserialize(payload, MessageJson.Default.Cancel),
                _ => null,
            };
            return message ?? throw new JournalException(
                JournalFault.UnknownVersion, _stream,
                $"Record {record.Sequence} is of the unknown kind {record.Kind}, version {record.Version}.",
                "Use the version of perpkeel that wrote it, or a newer one.");
        }
        catch (JsonException error)
        {
            throw new JournalException(
                JournalFault.Corrupt, _stream, $"Record {record.Sequence} cannot be read: {error.Message}",
                "Restore the folder from a backup.", error);
        }
    }
}
