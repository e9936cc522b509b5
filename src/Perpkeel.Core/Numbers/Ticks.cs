using System.Globalization;

namespace Perpkeel.Core.Numbers;

/// <summary>A price counted in tick sizes of one market. Only comparable within that market.</summary>
public readonly record struct Ticks(long Value) : IComparable<Ticks>
{
    /// <summary>The price this many ticks above.</summary>
    public static Ticks operator +(Ticks ticks, long count) => new(ticks.Value + count);

    /// <summary>The price this many ticks below.</summary>
    public static Ticks operator -(Ticks ticks, long count) => new(ticks.Value - count);

    /// <summary>Whether the left price is lower.</summary>
    public static bool operator <(Ticks left, Ticks right) => left.Value < right.Value;

    /// <summary>Whether the left price is higher.</summary>
    public static bool operator >(Ticks left, Ticks right) => left.Value > right.Value;

    /// <summary>Whether the left price is not higher.</summary>
    public static bool operator <=(Ticks left, Ticks right) => left.Value <= right.Value;

    /// <summary>Whether the left price is not lower.</summary>
    public static bool operator >=(Ticks left, Ticks right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Ticks other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
