using System.Text.Json.Serialization;

namespace Perpkeel.Core.Numbers;

/// <summary>Base units, e.g. BTC. Negative where a position is short; order sizes are positive.</summary>
[JsonConverter(typeof(SizeJson))]
public readonly record struct Size(decimal Value) : IComparable<Size>
{
    /// <summary>Nothing.</summary>
    public static Size Zero => default;

    /// <summary>Whether there is nothing.</summary>
    public bool IsZero => Value == 0m;

    /// <summary>The size without its sign.</summary>
    public Size Abs() => new(Math.Abs(Value));

    /// <summary>The smaller of two sizes.</summary>
    public static Size Min(Size left, Size right) => left.Value <= right.Value ? left : right;

    /// <summary>The sum of two sizes.</summary>
    public static Size operator +(Size left, Size right) => new(left.Value + right.Value);

    /// <summary>The difference of two sizes.</summary>
    public static Size operator -(Size left, Size right) => new(left.Value - right.Value);

    /// <summary>The size on the other side.</summary>
    public static Size operator -(Size size) => new(-size.Value);

    /// <summary>Whether the left size is smaller.</summary>
    public static bool operator <(Size left, Size right) => left.Value < right.Value;

    /// <summary>Whether the left size is larger.</summary>
    public static bool operator >(Size left, Size right) => left.Value > right.Value;

    /// <summary>Whether the left size is not larger.</summary>
    public static bool operator <=(Size left, Size right) => left.Value <= right.Value;

    /// <summary>Whether the left size is not smaller.</summary>
    public static bool operator >=(Size left, Size right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Size other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Decimals.Text(Value);
}
