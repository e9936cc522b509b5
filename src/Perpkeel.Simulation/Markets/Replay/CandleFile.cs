using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>One bar, in ticks and steps of its market; its time in milliseconds since 1970.</summary>
internal readonly record struct ReplayBar(
    long OpenedAtMs, long Open, long High, long Low, long Close, long Volume);

/// <summary>The bars of one file, read and checked.</summary>
internal sealed record CandleFile
{
    /// <summary>Finest grid that is kept.</summary>
    public const int MostDecimals = 8;

    // What can be counted in 64 bits: oracle prices three digits finer than the tick, and subticks. A quarter
    // of the range stays free for what is made of them.
    private const decimal MostUnits = 2_000_000_000_000_000_000m;
    private const decimal MostPrice = 2_000_000_000m;

    private static readonly ImmutableArray<string> Columns =
        ["ts_ms", "open", "high", "low", "close", "volume"];

    /// <summary>The file's name without its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Which market its name tells.</summary>
    public required MarketName Market { get; init; }

    /// <summary>Most decimals of a price.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Most decimals of a volume.</summary>
    public required int VolumeDecimals { get; init; }

    /// <summary>Smallest distance of two bars.</summary>
    public required long LengthMs { get; init; }

    /// <summary>The bars, oldest first.</summary>
    public required ReplayBar[] Bars { get; init; }

    /// <summary>Reads and checks a file; null if anything is wrong, which is then among the errors.</summary>
    public static CandleFile? Read(string path, ErrorList errors)
    {
        var before = errors.Count;
        var name = Path.GetFileName(path);
        var market = MarketName.Of(name);
        if (market is null) errors.Add(new ReplayError.MarketUnclear(name));

        var rows = new Rows(name, errors);
        CsvTable.Read(path, Columns, errors, rows.Take);
        if (errors.Count == before) rows.CheckWhole();
        return errors.Count > before || market is null ? null : rows.ToFile(market);
    }

    /// <summary>Whether two files tell the same.</summary>
    public bool SameBars(CandleFile other) =>
        PriceDecimals == other.PriceDecimals
        && VolumeDecimals == other.VolumeDecimals
        && Bars.AsSpan().SequenceEqual(other.Bars);

    private readonly record struct Row(
        long OpenedAtMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

    /// <summary>
    /// The grid is known only when the last row has been read; until then they are kept as decimals.
    /// </summary>
    private sealed class Rows(string name, ErrorList errors)
    {
        private readonly List<Row> _rows = [];
        private long _lastMs = long.MinValue;
        private long _lengthMs = long.MaxValue;
        private int _priceDecimals;
        private int _volumeDecimals;
        private (decimal Value, long Line) _highest;
        private (decimal Value, long Line) _busiest;

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

        public void CheckWhole()
        {
            if (_rows.Count < 2) errors.Add(new ReplayError.TooFewRows(name, _rows.Count));
            if (_highest.Value > MostPrice
                || _highest.Value > MostUnits / Decimals.PowerOfTen(_priceDecimals + 3))
            {
                errors.Add(new ReplayError.TooLarge(name, _highest.Line, Columns[2]));
            }

            if (_busiest.Value > MostUnits / Decimals.PowerOfTen(_volumeDecimals))
            {
                errors.Add(new ReplayError.TooLarge(name, _busiest.Line, Columns[5]));
            }
        }

        public CandleFile ToFile(MarketName market)
        {
            var ticks = Decimals.PowerOfTen(_priceDecimals);
            var steps = Decimals.PowerOfTen(_volumeDecimals);
            var bars = new ReplayBar[_rows.Count];
            for (var i = 0; i < bars.Length; i++)
            {
                var row = _rows[i];
                bars[i] = new ReplayBar(
                    row.OpenedAtMs, (long)(row.Open * ticks), (long)(row.High * ticks),
                    (long)(row.Low * ticks),
                    (long)(row.Close * ticks), (long)(row.Volume * steps));
            }

            return new CandleFile
            {
                Name = name,
                Market = market,
                PriceDecimals = _priceDecimals,
                VolumeDecimals = _volumeDecimals,
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

        private bool OnGrid(CsvTable table, int column, decimal value, ref int decimals)
        {
            if (value.Scale <= decimals) return true;
            var needed = (int)value.Scale;
            // Trailing zeros do not count, and digits are few: cutting one off at a time is quick enough.
            while (needed > decimals && decimal.Round(value, needed - 1, MidpointRounding.ToZero) == value)
            {
                needed--;
            }

            if (needed > MostDecimals)
            {
                errors.Add(new ReplayError.TooManyDecimals(name, table.Line, Columns[column], MostDecimals));
                return false;
            }

            decimals = needed;
            return true;
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
    }
}
