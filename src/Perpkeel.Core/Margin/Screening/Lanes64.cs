using System.Runtime.CompilerServices;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>One row, by plain arithmetic: what the wider registers have to agree with.</summary>
internal readonly struct Lanes64 : ILanes<double>
{
    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double All(double value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Load(ref readonly double from, int at) =>
        Unsafe.Add(ref Unsafe.AsRef(in from), at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double value, ref double to, int at) => Unsafe.Add(ref to, at) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double left, double right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Subtract(double left, double right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double left, double right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(double left, double right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Abs(double value) => Math.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(double left, double right) => double.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(double value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WherePositive(double value, double other) =>
        other > 0d ? value : double.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Below(double left, double right) => left < right ? 1u : 0u;
}
