namespace Perpkeel.Core.Numbers;

/// <summary>Notional over equity, as a plain factor: 5 means five times. Never negative.</summary>
public readonly record struct Leverage : IComparable<Leverage>
{
    /// <summary>Takes a factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative.</exception>
    public Leverage(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    /// <summary>The factor.</summary>
    public decimal Value { get; }

    /// <summary>The smaller of two leverages.</summary>
    public static Leverage Min(Leverage left, Leverage right) => left.Value <= right.Value ? left : right;

    /// <inheritdoc/>
    public int CompareTo(Leverage other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left leverage is smaller.</summary>
    public static bool operator <(Leverage left, Leverage right) => left.Value < right.Value;

    /// <summary>Whether the left leverage is larger.</summary>
    public static bool operator >(Leverage left, Leverage right) => left.Value > right.Value;

    /// <summary>Whether the left leverage is not larger.</summary>
    public static bool operator <=(Leverage left, Leverage right) => left.Value <= right.Value;

    /// <summary>Whether the left leverage is not smaller.</summary>
    public static bool operator >=(Leverage left, Leverage right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Decimals.Text(Value) + "x";
}
