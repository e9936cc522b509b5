using System.Text;
using System.Text.Json;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation;

/// <summary>A report in the venue's own journal, with the market event after which it was made.</summary>
/// <param name="Cursor">How many events of the source the venue had taken.</param>
/// <param name="Report">The report.</param>
internal readonly record struct VenueRecord(long Cursor, VenueReport Report);

/// <summary>The venue's own journal: one stream of reports.</summary>
internal sealed class VenueLog(IRecordLog log, string stream)
{
    /// <summary>The stream's name.</summary>
    public string Stream => stream;

    /// <summary>All reports so far.</summary>
    /// <exception cref="JournalException">
    /// The journal cannot be read, or was written by a newer version.
    /// </exception>
    public IEnumerable<VenueRecord> Read() => log.Read(stream, 0).Select(Decode);

    /// <summary>Gathers a report.</summary>
    public void Append(VenueRecord record)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("cursor", record.Cursor);
            writer.WritePropertyName("report");
            writer.WriteRawValue(ReportCodec.Encode(record.Report));
            writer.WriteEndObject();
        }

        log.Append(stream, new LogRecord(
            record.Report.Sequence, ReportCodec.KindOf(record.Report), ReportCodec.Version,
            record.Report.At, buffer.ToArray()));
    }

    /// <summary>Makes what was gathered durable.</summary>
    public void Commit() => log.Commit();

    private VenueRecord Decode(LogRecord record)
    {
        try
        {
            return DecodeReport(record)
                ?? throw new JournalException(
                    JournalFault.UnknownVersion, stream,
                    $"Record {record.Sequence} is of the unknown kind {record.Kind}, "
                        + $"version {record.Version}.",
                    "Use the version of perpkeel that wrote it, or a newer one.");
        }
        catch (JsonException error)
        {
            throw new JournalException(
                JournalFault.Corrupt, stream, $"Record {record.Sequence} cannot be read: {error.Message}",
                "Restore the folder from a backup.", error);
        }
    }

    private static VenueRecord? DecodeReport(LogRecord record)
    {
        if (record.Version != ReportCodec.Version) return null;
        using var document = JsonDocument.Parse(record.Payload);
        if (!document.RootElement.TryGetProperty("report", out var payload)
            || !document.RootElement.TryGetProperty("cursor", out var cursor))
        {
            throw new JsonException("It has no report or no cursor.");
        }

        return ReportCodec.Decode(record.Kind, Encoding.UTF8.GetBytes(payload.GetRawText())) is { } report
            ? new VenueRecord(cursor.GetInt64(), report)
            : null;
    }
}
