using System.Globalization;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// The rows of one file of snapshots or trades as they are read. Until the grid of all files is known,
/// numbers are kept in hundred-millionths.
/// </summary>
internal sealed class RecordedRows(string name, RecordedColumns columns, ErrorList errors)
{
    // What can be counted in 64 bits when prices become three digits finer than the tick.
    private const decimal MostPrice = 20_000_000m;
    private const decimal MostSize = 20_000_000_000m;

    // A trade may be told so much later than the one after it; then the two change places.
    private const long MostLateMs = 60_000;

    private readonly List<RecordedBook> _books = [];
    private readonly List<RecordedTrade> _trades = [];
    private readonly HashSet<decimal> _ids = [];
    private readonly decimal _units = Decimals.PowerOfTen(GridDecimals.Most);
    private GridDecimals _priceDecimals;
    private GridDecimals _sizeDecimals;
    private int _repeated;
    private int _locked;
    private int _late;
    private long _lastMs;

    /// <summary>Rows that were kept.</summary>
    public int Count => _books.Count + _trades.Count;

    /// <summary>Checks the current row of a book and keeps it if it is good.</summary>
    public void TakeBook(CsvTable table)
    {
        var before = errors.Count;
        var hasTime = Time(table, out var at);
        var bids = Side(table, 1);
        var asks = Side(table, 1 + (2 * columns.Depth));
        if (!hasTime || errors.Count > before) return;
        if (at < _lastMs)
        {
            errors.Add(new ReplayError.OutOfOrder(name, table.Line));
            return;
        }

        _lastMs = at;
        Array.Sort(bids, static (left, right) => right.Price.CompareTo(left.Price));
        Array.Sort(asks, static (left, right) => left.Price.CompareTo(right.Price));
        var meeting = 0;
        while (meeting < bids.Length && meeting < asks.Length && bids[meeting].Price >= asks[meeting].Price)
        {
            meeting++;
        }

        if (meeting > 0) (bids, asks) = (bids[meeting..], asks[meeting..]);
        if (_books.Count > 0 && _books[^1].AtMs == at && Same(_books[^1], bids, asks))
        {
            _repeated++;
            return;
        }

        if (meeting > 0) _locked++;
        _books.Add(new RecordedBook(at, bids, asks));
    }

    /// <summary>Checks the current trade and keeps it if it is good.</summary>
    public void TakeTrade(CsvTable table)
    {
        var id = 0m;
        if (!Time(table, out var at)
            | !Number(table, 1, MostPrice, ref _priceDecimals, out var price)
            | !Number(table, 2, MostSize, ref _sizeDecimals, out var size)
            | !table.TrySide(3, out var taker)
            || (columns.HasId && !table.TryNumber(4, out id)))
        {
            return;
        }

        if (price == 0 || size == 0)
        {
            var column = columns.Names[price == 0 ? 1 : 2];
            errors.Add(new ReplayError.PriceNotPositive(name, table.Line, column, 0));
        }
        else if (at < _lastMs - MostLateMs)
        {
            errors.Add(new ReplayError.OutOfOrder(name, table.Line));
        }
        else if (columns.HasId && !_ids.Add(id))
        {
            _repeated++;
        }
        else
        {
            if (at < _lastMs) _late++;
            _lastMs = Math.Max(_lastMs, at);
            _trades.Add(new RecordedTrade(at, price, size, taker));
        }
    }

    /// <summary>The rows in the order of their times.</summary>
    public RecordedFile ToFile(MarketName market) => new()
    {
        Name = name,
        Market = market,
        Grid = new RecordedGrid(_priceDecimals.Count, _sizeDecimals.Count),
        Books = _books,
        Trades = _late > 0 ? [.. _trades.OrderBy(trade => trade.AtMs)] : _trades,
        Notes = [.. Notes()],
    };

    private static bool Same(RecordedBook book, RecordedLevel[] bids, RecordedLevel[] asks) =>
        book.Bids.AsSpan().SequenceEqual(bids) && book.Asks.AsSpan().SequenceEqual(asks);

    private IEnumerable<string> Notes()
    {
        if (_repeated > 0)
        {
            yield return Text($"{name}: {_repeated:N0} rows stood there twice and were read once");
        }

        if (_late > 0)
        {
            yield return Text($"{name}: {_late:N0} trades were told late and put in their place");
        }

        if (_locked > 0)
        {
            yield return Text($"{name}: in {_locked:N0} of {_books.Count:N0} snapshots bids and asks met; ")
                + "levels that meet were left out";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private bool Time(CsvTable table, out long at) =>
        columns.IsInSeconds ? table.TryTimeInSeconds(out at) : table.TryTime(out at);

    private RecordedLevel[] Side(CsvTable table, int first)
    {
        var levels = new RecordedLevel[columns.Depth];
        var count = 0;
        for (var i = 0; i < columns.Depth; i++)
        {
            if (Number(table, first + (2 * i), MostPrice, ref _priceDecimals, out var price)
                & Number(table, first + (2 * i) + 1, MostSize, ref _sizeDecimals, out var size)
                && price > 0 && size > 0)
            {
                levels[count++] = new RecordedLevel(price, size);
            }
        }

        return levels[..count];
    }

    /// <summary>A number in hundred-millionths; an empty field is zero.</summary>
    private bool Number(CsvTable table, int column, decimal most, ref GridDecimals decimals, out long units)
    {
        units = 0;
        if (!table.TryNumberOrNothing(column, out var value)) return false;
        if (value < 0m || value > most || !decimals.Take(value))
        {
            var at = columns.Names[column];
            errors.Add(
                value < 0m ? new ReplayError.PriceNotPositive(name, table.Line, at, value)
                : value > most ? new ReplayError.TooLarge(name, table.Line, at)
                : new ReplayError.TooManyDecimals(name, table.Line, at, GridDecimals.Most));
            return false;
        }

        units = (long)(value * _units);
        return true;
    }
}
