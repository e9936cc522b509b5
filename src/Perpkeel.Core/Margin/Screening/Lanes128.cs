using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>Two rows in a register of 128 bits.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<double>>
{
    public static int Width => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> All(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(ref readonly double from, int at) =>
        Vector128.LoadUnsafe(in from, unchecked((nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<double> value, ref double to, int at) =>
        value.StoreUnsafe(ref to, unchecked((nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> left, Vector128<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Subtract(Vector128<double> left, Vector128<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> left, Vector128<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Divide(Vector128<double> left, Vector128<double> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Abs(Vector128<double> value) => Vector128.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> left, Vector128<double> right) =>
        Vector128.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Vector128<double> value) =>
        double.MaxNative(value.ToScalar(), value.GetElement(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> WherePositive(Vector128<double> value, Vector128<double> other) =>
        Vector128.ConditionalSelect(
            Vector128.GreaterThan(other, Vector128<double>.Zero),
            value,
            Vector128.Create(double.PositiveInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Below(Vector128<double> left, Vector128<double> right) =>
        Vector128.LessThan(left, right).ExtractMostSignificantBits();
}
