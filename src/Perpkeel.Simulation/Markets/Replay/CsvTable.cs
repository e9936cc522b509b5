using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// The rows of one CSV file, with the columns that its header has to name. Other columns, and another order,
/// do no harm. Quotes have no meaning: in files of numbers a stray one must not swallow the lines after it.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    // 2000-01-01 and 2100-01-01.
    private const long EarliestMs = 946_684_800_000;
    private const long LatestMs = 4_102_444_800_000;

    // What is shown of a field that is wrong.
    private const int Shown = 40;

    private const int BufferBytes = 1 << 16;
    private const long MostUnpackedBytes = 1L << 30;

    private readonly CsvReader _reader;
    private readonly ImmutableArray<string> _names;
    private readonly ErrorList _errors;
    private readonly int[] _places;
    private readonly bool _endsTorn;
    private int _width;
    private (long Line, int Fields)? _mismatch;

    private CsvTable(string path, ImmutableArray<string> names, ErrorList errors)
    {
        var stream = Open(path);
        _endsTorn = EndsTorn(stream);
        var options = new CsvReaderOptions
        {
            Separator = ',',
            Mode = CsvMode.NoEscape,
            TrackLineNumbers = true,
        };
        _reader = CsvReader.Create(stream, options, leaveOpen: false);
        _names = names;
        _errors = errors;
        _places = new int[names.Length];
        File = Path.GetFileName(path);
    }

    /// <summary>The file's name without its folder.</summary>
    public string File { get; }

    /// <summary>The line of the current row, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The names in a file's first line; none where it cannot be read.</summary>
    public static IReadOnlyList<string> HeaderOf(string path)
    {
        try
        {
            using var table = new CsvTable(path, [], new ErrorList());
            table._reader.ReadHeader();
            return [.. table._reader.Headers ?? []];
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            return [];
        }
    }

    /// <summary>Reads a file to its end, row by row; what is wrong goes into the errors.</summary>
    public static void Read(string path, ImmutableArray<string> names, ErrorList errors, Action<CsvTable> row)
    {
        try
        {
            using var table = new CsvTable(path, names, errors);
            if (!table.ReadHeader()) return;
            while (table.ReadRow()) row(table);
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            errors.Add(new ReplayError.Unreadable(Path.GetFileName(path), failure.Message));
        }
    }

    /// <summary>The current row's number in a column, by the column's place among the names.</summary>
    public bool TryNumber(int column, out decimal value)
    {
        var text = _reader.GetSpan(_places[column]);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return true;
        return Refuse(column, text);
    }

    /// <summary>The same where an empty field means nothing, which is zero.</summary>
    public bool TryNumberOrNothing(int column, out decimal value)
    {
        value = 0m;
        return _reader.GetSpan(_places[column]).IsEmpty || TryNumber(column, out value);
    }

    /// <summary>Whether the current row names a side, by the taker's word for it.</summary>
    public bool TrySide(int column, out Side side)
    {
        var text = Encoding.UTF8.GetString(_reader.GetSpan(_places[column]));
        side = text.ToUpperInvariant() switch { "BUY" => Side.Buy, "SELL" => Side.Sell, _ => Side.None };
        if (side == Side.None) _errors.Add(new ReplayError.NotASide(File, Line, _names[column], Cut(text)));
        return side != Side.None;
    }

    /// <summary>The current row's time in seconds, as milliseconds, from the first of the names.</summary>
    public bool TryTimeInSeconds(out long milliseconds)
    {
        milliseconds = 0;
        if (!TryNumber(0, out var seconds)) return false;
        if (seconds is >= EarliestMs / 1_000 and < LatestMs / 1_000)
        {
            milliseconds = (long)(seconds * 1_000m);
            return true;
        }

        _errors.Add(new ReplayError.BadSeconds(File, Line, _names[0], seconds));
        return false;
    }

    /// <summary>The current row's time in milliseconds, from the first of the names.</summary>
    public bool TryTime(out long milliseconds)
    {
        var text = _reader.GetSpan(_places[0]);
        if (!long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out milliseconds))
        {
            return Refuse(0, text);
        }

        if (milliseconds is >= EarliestMs and < LatestMs) return true;
        _errors.Add(new ReplayError.BadTimestamp(File, Line, _names[0], milliseconds));
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static bool EndsTorn(Stream stream)
    {
        if (stream.Length == 0) return false;
        stream.Position = stream.Length - 1;
        var last = stream.ReadByte();
        stream.Position = 0;
        return last is not '\n' and not '\r';
    }

    private bool ReadHeader()
    {
        _reader.ReadHeader();
        _width = _reader.Headers?.Count ?? 0;
        var missing = new List<string>();
        for (var i = 0; i < _names.Length; i++)
        {
            if (!_reader.TryGetFieldIndex(_names[i], out _places[i])) missing.Add(_names[i]);
        }

        if (missing.Count == 0) return true;
        _errors.Add(new ReplayError.ColumnsMissing(
            File, string.Join(", ", missing), string.Join(',', _names)));
        return false;
    }

    private bool ReadRow()
    {
        while (_reader.Read())
        {
            NoteMismatch();
            Line = _reader.LineNumber;
            if (_reader.FieldCount == _width) return true;
            _mismatch = (Line, _reader.FieldCount);
        }

        // A torn line usually lacks fields as well; that is one error, not two.
        if (_endsTorn) _errors.Add(new ReplayError.TornLastLine(File, Line));
        else NoteMismatch();
        return false;
    }

    private void NoteMismatch()
    {
        if (_mismatch is not var (line, fields)) return;
        _errors.Add(new ReplayError.FieldsMismatch(File, line, fields, _width));
        _mismatch = null;
    }

    private bool Refuse(int column, ReadOnlySpan<byte> text)
    {
        var whole = Encoding.UTF8.GetString(text.Length <= Shown ? text : text[..(Shown + 1)]);
        _errors.Add(new ReplayError.NotANumber(File, Line, _names[column], Cut(whole)));
        return false;
    }

    private static string Cut(string text) => text.Length <= Shown ? text : text[..Shown] + "…";

    private static bool IsUnreadable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or InvalidDataException;

    /// <summary>A plain file, or all of a packed one.</summary>
    private static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return file;
        using var packed = new GZipStream(file, CompressionMode.Decompress);
        var whole = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (packed.Read(buffer) is > 0 and var count)
        {
            whole.Write(buffer, 0, count);
            if (whole.Length > MostUnpackedBytes) throw new IOException("It holds more than 1 GiB.");
        }

        whole.Position = 0;
        return whole;
    }
}
