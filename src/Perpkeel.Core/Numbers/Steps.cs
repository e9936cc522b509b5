using System.Globalization;

namespace Perpkeel.Core.Numbers;

/// <summary>A size counted in step sizes of one market. Only comparable within that market.</summary>
public readonly record struct Steps(long Value) : IComparable<Steps>
{
    /// <summary>The sum.</summary>
    public static Steps operator +(Steps left, Steps right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static Steps operator -(Steps left, Steps right) => new(left.Value - right.Value);

    /// <summary>The smaller of two sizes.</summary>
    public static Steps Min(Steps left, Steps right) => left.Value <= right.Value ? left : right;

    /// <summary>Whether the left size is smaller.</summary>
    public static bool operator <(Steps left, Steps right) => left.Value < right.Value;

    /// <summary>Whether the left size is larger.</summary>
    public static bool operator >(Steps left, Steps right) => left.Value > right.Value;

    /// <summary>Whether the left size is not larger.</summary>
    public static bool operator <=(Steps left, Steps right) => left.Value <= right.Value;

    /// <summary>Whether the left size is not smaller.</summary>
    public static bool operator >=(Steps left, Steps right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Steps other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
