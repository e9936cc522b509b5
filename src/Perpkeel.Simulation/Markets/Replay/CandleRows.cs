using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// The rows of one candle file as they are read. Their grid is known only when the last one has been; until
/// then they are kept as decimals.
/// </summary>
internal sealed class CandleRows(string name, ErrorList errors)
{
    // What can be counted in 64 bits: oracle prices three digits finer than the tick, and subticks. A quarter
    // of the range stays free for what is made of them.
    private const decimal MostUnits = 2_000_000_000_000_000_000m;
    private const decimal MostPrice = 2_000_000_000m;

    /// <summary>The columns that a file has to have.</summary>
    public static readonly ImmutableArray<string> Columns =
        ["ts_ms", "open", "high", "low", "close", "volume"];

    private readonly List<Row> _rows = [];
    private long _lastMs = long.MinValue;
    private long _lengthMs = long.MaxValue;
    private GridDecimals _priceDecimals;
    private GridDecimals _volumeDecimals;
    private (decimal Value, long Line) _highest;
    private (decimal Value, long Line) _busiest;

    /// <summary>Checks the current row and keeps it if it is good.</summary>
    public void Take(CsvTable table)
    {
        if (!table.TryTime(out var at)
            | !Price(table, 1, out var open)
            | !Price(table, 2, out var high)
            | !Price(table, 3, out var low)
            | !Price(table, 4, out var close)
            | !Volume(table, out var volume)
            || !InOrder(table, at)
            || !InRange(table, open, high, low, close))
        {
            return;
        }

        if (high > _highest.Value) _highest = (high, table.Line);
        if (volume > _busiest.Value) _busiest = (volume, table.Line);
        _rows.Add(new Row(at, open, high, low, close, volume));
    }

    /// <summary>Checks what only all rows together tell.</summary>
    public void CheckWhole()
    {
        if (_rows.Count < 2) errors.Add(new ReplayError.TooFewRows(name, _rows.Count));
        if (_highest.Value > MostPrice
            || _highest.Value > MostUnits / Decimals.PowerOfTen(_priceDecimals.Count + 3))
        {
            errors.Add(new ReplayError.TooLarge(name, _highest.Line, Columns[2]));
        }

        if (_busiest.Value > MostUnits / Decimals.PowerOfTen(_volumeDecimals.Count))
        {
            errors.Add(new ReplayError.TooLarge(name, _busiest.Line, Columns[5]));
        }
    }

    /// <summary>The rows on the grid that they have turned out to need.</summary>
    public CandleFile ToFile(MarketName market)
    {
        var ticks = Decimals.PowerOfTen(_priceDecimals.Count);
        var steps = Decimals.PowerOfTen(_volumeDecimals.Count);
        var bars = new ReplayBar[_rows.Count];
        for (var i = 0; i < bars.Length; i++)
        {
            var row = _rows[i];
            bars[i] = new ReplayBar(
                row.OpenedAtMs, (long)(row.Open * ticks), (long)(row.High * ticks),
                (long)(row.Low * ticks), (long)(row.Close * ticks), (long)(row.Volume * steps));
        }

        return new CandleFile
        {
            Name = name,
            Market = market,
            PriceDecimals = _priceDecimals.Count,
            VolumeDecimals = _volumeDecimals.Count,
            LengthMs = _lengthMs,
            Bars = bars,
        };
    }

    private bool Price(CsvTable table, int column, out decimal value)
    {
        if (!table.TryNumber(column, out value)) return false;
        if (value > 0m) return OnGrid(table, column, value, ref _priceDecimals);
        errors.Add(new ReplayError.PriceNotPositive(name, table.Line, Columns[column], value));
        return false;
    }

    private bool Volume(CsvTable table, out decimal value)
    {
        if (!table.TryNumber(5, out value)) return false;
        if (value >= 0m) return OnGrid(table, 5, value, ref _volumeDecimals);
        errors.Add(new ReplayError.VolumeNegative(name, table.Line, value));
        return false;
    }

    private bool OnGrid(CsvTable table, int column, decimal value, ref GridDecimals decimals)
    {
        if (decimals.Take(value)) return true;
        errors.Add(new ReplayError.TooManyDecimals(name, table.Line, Columns[column], GridDecimals.Most));
        return false;
    }

    private bool InOrder(CsvTable table, long at)
    {
        var last = _lastMs;
        _lastMs = at;
        if (last == long.MinValue) return true;
        if (at > last)
        {
            _lengthMs = Math.Min(_lengthMs, at - last);
            return true;
        }

        errors.Add(at == last
            ? new ReplayError.Duplicate(name, table.Line)
            : new ReplayError.OutOfOrder(name, table.Line));
        return false;
    }

    private bool InRange(CsvTable table, decimal open, decimal high, decimal low, decimal close)
    {
        if (high < Math.Max(open, close))
        {
            errors.Add(new ReplayError.RangeWrong(name, table.Line, Columns[2], high));
            return false;
        }

        if (low <= Math.Min(open, close)) return true;
        errors.Add(new ReplayError.RangeWrong(name, table.Line, Columns[3], low));
        return false;
    }

    private readonly record struct Row(
        long OpenedAtMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
}
