using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>Slots that share one block of lines.</summary>
/// <param name="Start">The first slot.</param>
/// <param name="End">The slot after the last.</param>
/// <param name="Lines">Their lines.</param>
internal readonly record struct ScreenRun(int Start, int End, LineBlock Lines);

/// <summary>
/// Margin and liquidation of many rows, in registers. Maintenance is the largest of the table's lines at the
/// notional. With A = signed size x entry - equity + maintenance of others, the signed notional at which a
/// row is liquidated is the largest of (A - amount) x reciprocal, the reciprocal being 1 / (1 - rate) for a
/// long and 1 / (1 + rate) for a short: for a short that is the textbook's smallest (B + amount) / (1 + rate)
/// with both signs turned, which changes no bit. The largest of some numbers does not depend on their order,
/// so both layouts give the same bits.
/// </summary>
/// <remarks>Derivation and error bounds in <c>docs/math/screening.md</c>.</remarks>
internal static class ScreenKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Block = 128;

    /// <summary>Rows in runs of one table and side: the lines stay, the rows pass by.</summary>
    public static void ByRun<TFinish>(
        ScreenColumns columns, ReadOnlySpan<ScreenRun> runs, double[] numbers, ref TFinish finish)
        where TFinish : struct, IScreenFinish<TVector>, allows ref struct
    {
        ref var data = ref columns.First;
        var stride = columns.Stride;
        foreach (ref readonly var run in runs)
        {
            ref var lines = ref numbers[run.Lines.Offset];
            for (var slot = run.Start; slot < run.End; slot += TLanes.Width)
            {
                Prepare(ref data, stride, slot, out var value, out var debt, out var needed);
                Pass(
                    ref lines, run.Lines, TLanes.Abs(value), needed,
                    out var maintenance, out var liquidation);
                finish.Take(ref data, stride, slot, value, debt, maintenance, liquidation);
            }
        }
    }

    /// <summary>Rows in any order, each with a block of its own: the row stays, its lines pass by.</summary>
    public static void ByRow<TFinish>(
        ScreenColumns columns, ReadOnlySpan<LineBlock> blocks, int[] blockOfSlot, double[] numbers,
        ref TFinish finish)
        where TFinish : struct, IScreenFinish<TVector>, allows ref struct
    {
        ref var data = ref columns.First;
        var stride = columns.Stride;
        Span<double> room = stackalloc double[2 * Block];
        ref var notionals = ref MemoryMarshal.GetReference(room);
        ref var needs = ref room[Block];
        for (var start = 0; start < columns.Slots; start += Block)
        {
            var count = Math.Min(Block, columns.Slots - start);
            for (var i = 0; i < count; i += TLanes.Width)
            {
                Prepare(ref data, stride, start + i, out var value, out _, out var needed);
                TLanes.Store(TLanes.Abs(value), ref notionals, i);
                TLanes.Store(needed, ref needs, i);
            }

            var indices = blockOfSlot.AsSpan(start, count);
            for (var i = 0; i < indices.Length; i++)
            {
                ref readonly var block = ref blocks[indices[i]];
                Across(ref numbers[block.Offset], block.Padded, ref room[i], ref room[Block + i]);
            }

            for (var i = 0; i < count; i += TLanes.Width)
            {
                Prepare(ref data, stride, start + i, out var value, out var debt, out _);
                finish.Take(
                    ref data, stride, start + i, value, debt, TLanes.Load(in notionals, i),
                    TLanes.Load(in needs, i));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prepare(
        ref double data, int stride, int slot, out TVector value, out TVector debt, out TVector needed)
    {
        var size = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Size, slot, stride));
        var entry = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Entry, slot, stride));
        var mark = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Mark, slot, stride));
        var equity = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Equity, slot, stride));
        var others = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Others, slot, stride));
        value = TLanes.Multiply(size, mark);
        debt = TLanes.Subtract(TLanes.Multiply(size, entry), equity);
        needed = TLanes.Add(debt, others);
    }

    /// <summary>The largest line of a block for each of several rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref double lines, in LineBlock block, TVector notional, TVector needed, out TVector maintenance,
        out TVector liquidation)
    {
        ref var amounts = ref Unsafe.Add(ref lines, block.Padded);
        ref var reciprocals = ref Unsafe.Add(ref amounts, block.Padded);
        var amount = TLanes.All(amounts);
        maintenance = TLanes.Subtract(TLanes.Multiply(TLanes.All(lines), notional), amount);
        liquidation = TLanes.Multiply(TLanes.Subtract(needed, amount), TLanes.All(reciprocals));
        for (var k = 1; k < block.Count; k++)
        {
            amount = TLanes.All(Unsafe.Add(ref amounts, k));
            maintenance = TLanes.Max(
                maintenance,
                TLanes.Subtract(
                    TLanes.Multiply(TLanes.All(Unsafe.Add(ref lines, k)), notional), amount));
            liquidation = TLanes.Max(
                liquidation,
                TLanes.Multiply(
                    TLanes.Subtract(needed, amount), TLanes.All(Unsafe.Add(ref reciprocals, k))));
        }
    }

    /// <summary>
    /// The largest line of a block for one row: puts the maintenance where the notional was and the
    /// liquidation notional where the need was.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Across(ref double lines, int padded, ref double notional, ref double needed)
    {
        ref var amounts = ref Unsafe.Add(ref lines, padded);
        ref var reciprocals = ref Unsafe.Add(ref amounts, padded);
        var size = TLanes.All(notional);
        var need = TLanes.All(needed);
        var amount = TLanes.Load(in amounts, 0);
        var maintenance = TLanes.Subtract(TLanes.Multiply(TLanes.Load(in lines, 0), size), amount);
        var liquidation = TLanes.Multiply(TLanes.Subtract(need, amount), TLanes.Load(in reciprocals, 0));
        for (var k = TLanes.Width; k < padded; k += TLanes.Width)
        {
            amount = TLanes.Load(in amounts, k);
            maintenance = TLanes.Max(
                maintenance,
                TLanes.Subtract(TLanes.Multiply(TLanes.Load(in lines, k), size), amount));
            liquidation = TLanes.Max(
                liquidation,
                TLanes.Multiply(TLanes.Subtract(need, amount), TLanes.Load(in reciprocals, k)));
        }

        notional = TLanes.MaxAcross(maintenance);
        needed = TLanes.MaxAcross(liquidation);
    }
}
