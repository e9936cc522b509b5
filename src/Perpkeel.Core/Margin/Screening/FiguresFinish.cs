using System.Runtime.CompilerServices;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>Writes the four figures of each row into their columns.</summary>
internal readonly struct FiguresFinish<TLanes, TVector> : IScreenFinish<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(
        ref double data, int stride, int slot, TVector value, TVector debt, TVector maintenance,
        TVector liquidation)
    {
        var leverage = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Leverage, slot, stride));
        var others = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Others, slot, stride));
        var size = TLanes.Load(in data, ScreenColumns.At(ScreenColumns.Size, slot, stride));
        var balance = TLanes.Subtract(value, debt);
        var ratio = TLanes.Divide(TLanes.Add(maintenance, others), balance);
        TLanes.Store(maintenance, ref data, ScreenColumns.At(ScreenColumns.Maintenance, slot, stride));
        TLanes.Store(
            TLanes.Divide(TLanes.Abs(value), leverage),
            ref data, ScreenColumns.At(ScreenColumns.Initial, slot, stride));
        TLanes.Store(
            TLanes.WherePositive(ratio, balance),
            ref data, ScreenColumns.At(ScreenColumns.Ratio, slot, stride));
        TLanes.Store(
            TLanes.Divide(liquidation, size),
            ref data, ScreenColumns.At(ScreenColumns.Liquidation, slot, stride));
    }
}
