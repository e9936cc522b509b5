using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>
/// Sorted values that others are looked up among again and again: exactly, but decimals are compared only
/// where their doubles are too near to each other to tell. Without branches else: where a value lies is
/// chance.
/// </summary>
/// <remarks>
/// A decimal becomes a double within 5 x 2^-53 of itself (a test pins it), so that doubles further apart than
/// one part in 10^14 decide.
/// </remarks>
internal sealed class Landmarks
{
    private const double Doubt = 1e-14;
    private const int Half = 8;

    private readonly decimal[] _values;
    private readonly double[] _estimates;

    /// <param name="values">All above zero, rising or falling.</param>
    public Landmarks(IEnumerable<decimal> values)
    {
        _values = [.. values];

        // A landmark at infinity is above everything.
        _estimates = new double[Math.Max(2 * Half, _values.Length)];
        Array.Fill(_estimates, double.PositiveInfinity);
        for (var i = 0; i < _values.Length; i++) _estimates[i] = (double)_values[i];
    }

    /// <summary>How many are below a value.</summary>
    /// <param name="value">The value, above zero.</param>
    /// <param name="estimate">The same as a double, within as much.</param>
    public int CountBelow(decimal value, double estimate)
    {
        if (_estimates.Length > 2 * Half) return CountSlowly(value);
        ref var first = ref MemoryMarshal.GetArrayDataReference(_estimates);
        var lower = Vector512.LoadUnsafe(in first);
        var upper = Vector512.LoadUnsafe(in first, Half);
        var all = Vector512.Create(estimate);
        var doubt = Vector512.Create(estimate * Doubt);
        var near = Vector512.LessThanOrEqual(Vector512.Abs(all - lower), doubt)
            | Vector512.LessThanOrEqual(Vector512.Abs(all - upper), doubt);
        return near.ExtractMostSignificantBits() != 0ul
            ? CountSlowly(value)
            : BitOperations.PopCount(Vector512.LessThan(lower, all).ExtractMostSignificantBits())
                + BitOperations.PopCount(Vector512.LessThan(upper, all).ExtractMostSignificantBits());
    }

    private int CountSlowly(decimal value)
    {
        var count = 0;
        foreach (var landmark in _values) count += landmark < value ? 1 : 0;
        return count;
    }
}
