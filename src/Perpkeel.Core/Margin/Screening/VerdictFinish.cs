using System.Numerics;
using System.Runtime.CompilerServices;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// Collects the rows for which the screen cannot prove that the exact path would not flag them. Each proof is
/// a comparison that a number which is no number fails.
/// </summary>
/// <remarks>Derived in <c>docs/math/screening.md</c>.</remarks>
internal ref struct VerdictFinish<TLanes, TVector> : IScreenFinish<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly double _ratio;
    private readonly double _distance;
    private readonly ReadOnlySpan<int> _rowOfSlot;
    private readonly Span<int> _found;

    public VerdictFinish(ScreenThreshold threshold, ReadOnlySpan<int> rowOfSlot, Span<int> found)
    {
        _ratio = (double)threshold.Ratio;
        _distance = (double)threshold.Distance;
        _rowOfSlot = rowOfSlot;
        _found = found;
    }

    /// <summary>How many rows were found.</summary>
    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(
        ref double data, int stride, int slot, TVector value, TVector debt, TVector maintenance,
        TVector liquidation)
    {
        var size = TLanes.Abs(TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Size, slot, stride)));
        var entry = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Entry, slot, stride));
        var mark = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Mark, slot, stride));
        var equity = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Equity, slot, stride));
        var others = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Others, slot, stride));
        var condition = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Condition, slot, stride));
        var notional = TLanes.Abs(value);
        var sums = TLanes.Add(TLanes.Multiply(size, entry), TLanes.Abs(equity));

        // Total + its error + ratio x error of the balance < ratio x balance.
        var ratio = TLanes.All(_ratio);
        var total = TLanes.Add(maintenance, others);
        var atMost = TLanes.Add(
            TLanes.Add(total, Scaled(total, ScreenBounds.Total)),
            TLanes.Add(
                Scaled(TLanes.Multiply(condition, maintenance), ScreenBounds.Line),
                Scaled(TLanes.Multiply(ratio, TLanes.Add(notional, sums)), ScreenBounds.Verdict)));
        var isCovered = TLanes.Below(
            atMost, TLanes.Multiply(ratio, TLanes.Subtract(value, debt)));

        // Notional at liquidation + its error + error of the other side < value less the distance.
        var error = TLanes.Multiply(
            condition,
            TLanes.Add(
                Scaled(TLanes.Add(sums, others), ScreenBounds.Sum),
                Scaled(TLanes.Abs(liquidation), ScreenBounds.Line)));
        var place = TLanes.Multiply(
            size, TLanes.Add(TLanes.All(ScreenBounds.LastPlaces), Scaled(mark, ScreenBounds.Distance)));
        var isFar = TLanes.Below(
            TLanes.Add(liquidation, TLanes.Add(error, place)),
            TLanes.Subtract(value, TLanes.Multiply(TLanes.All(_distance), notional)));
        Collect(slot, ~(isCovered & isFar) & unchecked((1u << TLanes.Width) - 1u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Scaled(TVector value, double by) => TLanes.Multiply(value, TLanes.All(by));

    private void Collect(int slot, uint rows)
    {
        for (; rows != 0u; rows &= rows - 1u)
        {
            var row = _rowOfSlot[slot + BitOperations.TrailingZeroCount(rows)];
            if (row >= 0) _found[Count++] = row;
        }
    }
}
