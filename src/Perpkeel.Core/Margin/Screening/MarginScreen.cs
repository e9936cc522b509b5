using System.Runtime.Intrinsics;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>How a screen keeps its rows.</summary>
public enum ScreenLayout
{
    /// <summary>Rows of one table and side stand together: fastest, costs a sort when it is made.</summary>
    Grouped = 0,

    /// <summary>Rows stand as they came, tables in any order.</summary>
    AsGiven,
}

/// <summary>
/// Margin of many positions in double, many at once, to find those that need the exact calculation. For every
/// row that it does not name it is proven that the exact path would not flag it.
/// </summary>
/// <remarks>
/// Results have the same bits for every number and order of rows, every layout and every processor. The
/// screen is a buffer: positions stay, marks and collateral change with the market; not for two threads at
/// once. Derivation and bounds in <c>docs/math/screening.md</c>.
/// </remarks>
public sealed class MarginScreen
{
    private readonly ScreenColumns _columns;
    private readonly ScreenRun[] _runs;
    private readonly LineBlock[] _blocks;
    private readonly double[] _numbers;
    private readonly int[] _blockOfSlot;
    private readonly int[] _rowOfSlot;
    private readonly int[] _slotOfRow;

    /// <summary>Takes positions.</summary>
    /// <param name="tables">
    /// The table of each position; where it is null nothing is known, and the row is always named.
    /// </param>
    /// <param name="positions">The positions.</param>
    /// <param name="layout">How to keep them.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of rows differ, or a position is <c>default</c>.
    /// </exception>
    public MarginScreen(
        ReadOnlySpan<TierTable?> tables, ReadOnlySpan<MarginPosition> positions, ScreenLayout layout)
    {
        if (tables.Length != positions.Length)
        {
            throw new ArgumentException(
                $"There are {positions.Length} positions, but {tables.Length} tables.", nameof(tables));
        }

        Count = positions.Length;
        Layout = layout;
        var lines = new ScreenLines();
        var blockOfRow = new int[Count];
        for (var row = 0; row < Count; row++)
        {
            if (positions[row].Size == 0m)
            {
                throw new ArgumentException($"Row {row} holds no position.", nameof(positions));
            }

            blockOfRow[row] = lines.IndexOf(tables[row], positions[row].Size > 0m);
        }

        _blocks = lines.Blocks;
        _numbers = lines.Numbers;
        _slotOfRow = new int[Count];
        _runs = layout == ScreenLayout.Grouped ? Group(blockOfRow) : [];
        if (layout != ScreenLayout.Grouped)
        {
            for (var row = 0; row < Count; row++) _slotOfRow[row] = row;
        }

        _columns = new ScreenColumns(_runs is [.., var last] ? last.End : WholeSteps(Count));
        _blockOfSlot = new int[_columns.Slots];
        _rowOfSlot = new int[_columns.Slots];
        _rowOfSlot.AsSpan().Fill(-1);
        for (var row = 0; row < Count; row++)
        {
            var slot = _slotOfRow[row];
            _blockOfSlot[slot] = blockOfRow[row];
            _rowOfSlot[slot] = row;
            _columns.Set(slot, in positions[row]);
            _columns.SetCondition(slot, _blocks[blockOfRow[row]].Condition);
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>How they are kept.</summary>
    public ScreenLayout Layout { get; }

    /// <summary>Puts a new mark price into a row.</summary>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="price">
    /// The mark, above zero and at most <see cref="MarginPosition.MostPrice"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The price is outside that range.</exception>
    public void SetMark(int row, decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(price, MarginPosition.MostPrice);
        _columns.SetMark(_slotOfRow[row], price);
    }

    /// <summary>Puts a position into a row, in place of another of the same symbol and side.</summary>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="position">The position.</param>
    /// <exception cref="ArgumentException">
    /// The position is <c>default</c> or goes the other way: that takes a new screen.
    /// </exception>
    public void Set(int row, in MarginPosition position)
    {
        var slot = _slotOfRow[row];
        if (position.Size == 0m || position.Size > 0m != _columns[ScreenColumns.Size, slot] > 0d)
        {
            throw new ArgumentException("The position goes another way than the row's.", nameof(position));
        }

        _columns.Set(slot, in position);
    }

    /// <summary>Reckons the figures of all rows; read them with <see cref="FiguresOf"/>.</summary>
    public void Calculate() => Calculate(BestWidth());

    /// <summary>The figures of a row as of the last <see cref="Calculate()"/>.</summary>
    /// <param name="row">Which row, from 0.</param>
    public ScreenFigures FiguresOf(int row)
    {
        var slot = _slotOfRow[row];
        return new ScreenFigures(
            _columns[ScreenColumns.Maintenance, slot], _columns[ScreenColumns.Initial, slot],
            _columns[ScreenColumns.Ratio, slot], _columns[ScreenColumns.Liquidation, slot]);
    }

    /// <summary>How far those figures may be from the exact ones at most.</summary>
    /// <param name="row">Which row, from 0.</param>
    public ScreenBounds BoundsOf(int row) => ScreenBounds.Of(_columns, _slotOfRow[row]);

    /// <summary>
    /// Finds the rows that need the exact calculation: every row that the exact path flags
    /// (<see cref="ScreenThreshold.IsReached"/>) is among them, with few others. Needs no
    /// <see cref="Calculate()"/> before.
    /// </summary>
    /// <param name="threshold">What to look for.</param>
    /// <param name="rows">Receives the rows, in the screen's own order; room for all of them.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">There is not room for all rows.</exception>
    public int FindNeedingExact(ScreenThreshold threshold, Span<int> rows) =>
        FindNeedingExact(threshold, rows, BestWidth());

    internal void Calculate(int bits)
    {
        switch (bits)
        {
            case 512: Calculate<Lanes512, Vector512<double>>(); break;
            case 256: Calculate<Lanes256, Vector256<double>>(); break;
            case 128: Calculate<Lanes128, Vector128<double>>(); break;
            default: Calculate<Lanes64, double>(); break;
        }
    }

    internal int FindNeedingExact(ScreenThreshold threshold, Span<int> rows, int bits)
    {
        if (rows.Length < Count) throw new ArgumentException("There is not room for all rows.", nameof(rows));
        if (threshold.Ratio == 0m) throw new ArgumentException("There is no threshold.", nameof(threshold));
        return bits switch
        {
            512 => Find<Lanes512, Vector512<double>>(threshold, rows),
            256 => Find<Lanes256, Vector256<double>>(threshold, rows),
            128 => Find<Lanes128, Vector128<double>>(threshold, rows),
            _ => Find<Lanes64, double>(threshold, rows),
        };
    }

    private static int BestWidth() =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 64;

    private static int WholeSteps(int count) =>
        (count + ScreenColumns.Step - 1) / ScreenColumns.Step * ScreenColumns.Step;

    private void Calculate<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var finish = default(FiguresFinish<TLanes, TVector>);
        Run<TLanes, TVector, FiguresFinish<TLanes, TVector>>(ref finish);
    }

    private int Find<TLanes, TVector>(ScreenThreshold threshold, Span<int> rows)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var finish = new VerdictFinish<TLanes, TVector>(threshold, _rowOfSlot, rows);
        Run<TLanes, TVector, VerdictFinish<TLanes, TVector>>(ref finish);
        return finish.Count;
    }

    private void Run<TLanes, TVector, TFinish>(ref TFinish finish)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TFinish : struct, IScreenFinish<TVector>, allows ref struct
    {
        if (Layout == ScreenLayout.Grouped)
        {
            ScreenKernel<TLanes, TVector>.ByRun(_columns, _runs, _numbers, ref finish);
        }
        else
        {
            ScreenKernel<TLanes, TVector>.ByRow(_columns, _blocks, _blockOfSlot, _numbers, ref finish);
        }
    }

    /// <summary>Gives each block a run of whole steps and each row a slot in its block's run.</summary>
    private ScreenRun[] Group(ReadOnlySpan<int> blockOfRow)
    {
        var counts = new int[_blocks.Length];
        foreach (var block in blockOfRow) counts[block]++;
        var runs = new ScreenRun[counts.Length];
        var next = new int[counts.Length];
        var start = 0;
        for (var block = 0; block < runs.Length; block++)
        {
            var end = start + WholeSteps(counts[block]);
            runs[block] = new ScreenRun(start, end, _blocks[block]);
            next[block] = start;
            start = end;
        }

        for (var row = 0; row < Count; row++) _slotOfRow[row] = next[blockOfRow[row]]++;
        return runs;
    }
}
