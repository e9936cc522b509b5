using Perpkeel.Core.Orders;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Simulation.Paper.Post;

/// <summary>
/// What the account was told, durable before anybody hears of it. After a restart the venue lives its past
/// again, and must tell the same.
/// </summary>
internal sealed class ReportLog
{
    private readonly IRecordLog _log;
    private readonly Queue<LogRecord> _earlier;

    /// <summary>Opens the log and reads it back.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public ReportLog(IRecordLog log, string stream)
    {
        _log = log;
        Stream = stream;
        _earlier = new(log.Read(stream, 0));
        Told = _earlier.Count;
        ToldUntil = _earlier.Count > 0 ? _earlier.Last().At : null;
    }

    /// <summary>The stream's name.</summary>
    public string Stream { get; }

    /// <summary>How many reports an earlier life told.</summary>
    public long Told { get; }

    /// <summary>When the last of them was told; null for none.</summary>
    public DateTimeOffset? ToldUntil { get; }

    /// <summary>
    /// Gathers a report, or, when an earlier life told it, sees that it is the same.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="at">When it is told.</param>
    /// <exception cref="JournalException">An earlier life told something else.</exception>
    public void Tell(VenueReport report, DateTimeOffset at)
    {
        var record = new LogRecord(
            report.Sequence, ReportCodec.KindOf(report), ReportCodec.Version, at, ReportCodec.Encode(report));
        if (!_earlier.TryDequeue(out var earlier))
        {
            _log.Append(Stream, record);
        }
        else if (!string.Equals(earlier.Kind, record.Kind, StringComparison.Ordinal) || earlier.At != at
            || !earlier.Payload.Span.SequenceEqual(record.Payload.Span))
        {
            throw Differs(earlier, report, at);
        }
    }

    /// <summary>Makes what was gathered durable.</summary>
    public void Commit() => _log.Commit();

    /// <summary>What was told after one sequence, up to and with another one.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public IEnumerable<VenueReport> Read(long after, long until) =>
        _log.Read(Stream, after)
            .TakeWhile(record => record.Sequence <= until)
            .Select(record => ReportCodec.Decode(record.Kind, record.Payload.Span)
                ?? throw new JournalException(
                    JournalFault.UnknownVersion, Stream, $"Record {record.Sequence} is {record.Kind}.",
                    "Go on with the version of perpkeel that wrote it."));

    private JournalException Differs(LogRecord earlier, VenueReport report, DateTimeOffset at) => new(
        JournalFault.Corrupt, Stream,
        $"Living its past again, the venue tells {report} at {at:O} where record {earlier.Sequence} says "
            + $"{earlier.Kind} at {earlier.At:O}: the file, the market data or the program are not those of "
            + "that past.",
        "Go on with the version and the data that made it, or choose another folder with --data.");
}
