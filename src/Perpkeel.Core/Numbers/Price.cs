using System.Text.Json.Serialization;

namespace Perpkeel.Core.Numbers;

/// <summary>
/// Quote units per one base unit, e.g. USD per BTC. Never negative; <c>default</c> is zero.
/// </summary>
[JsonConverter(typeof(PriceJson))]
public readonly record struct Price : IComparable<Price>
{
    /// <summary>Takes a price in quote units per base unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public Price(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    /// <summary>Quote units per base unit.</summary>
    public decimal Value { get; }

    /// <summary>The signed worth of a signed size at this price.</summary>
    public static Usd operator *(Price price, Size size) => new(price.Value * size.Value);

    /// <summary>Whether the left price is the lower one.</summary>
    public static bool operator <(Price left, Price right) => left.Value < right.Value;

    /// <summary>Whether the left price is the higher one.</summary>
    public static bool operator >(Price left, Price right) => left.Value > right.Value;

    /// <summary>Whether the left price is not the higher one.</summary>
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;

    /// <summary>Whether the left price is not the lower one.</summary>
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Decimals.Text(Value);
}
