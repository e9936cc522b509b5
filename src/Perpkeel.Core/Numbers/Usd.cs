using System.Text.Json.Serialization;

namespace Perpkeel.Core.Numbers;

/// <summary>An amount of the settlement asset (USDC counted as USD). Signed.</summary>
[JsonConverter(typeof(UsdJson))]
public readonly record struct Usd(decimal Value) : IComparable<Usd>
{
    /// <summary>Nothing.</summary>
    public static Usd Zero => default;

    /// <summary>The amount without its sign.</summary>
    public Usd Abs() => new(Math.Abs(Value));

    /// <summary>The smaller of two amounts.</summary>
    public static Usd Min(Usd left, Usd right) => left.Value <= right.Value ? left : right;

    /// <summary>The larger of two amounts.</summary>
    public static Usd Max(Usd left, Usd right) => left.Value >= right.Value ? left : right;

    /// <summary>The sum.</summary>
    public static Usd operator +(Usd left, Usd right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static Usd operator -(Usd left, Usd right) => new(left.Value - right.Value);

    /// <summary>The amount with the other sign.</summary>
    public static Usd operator -(Usd amount) => new(-amount.Value);

    /// <summary>The amount times a plain factor.</summary>
    public static Usd operator *(Usd amount, decimal factor) => new(amount.Value * factor);

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Usd left, Usd right) => left.Value < right.Value;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Usd left, Usd right) => left.Value > right.Value;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(Usd left, Usd right) => left.Value <= right.Value;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(Usd left, Usd right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Usd other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Decimals.Text(Value);
}
