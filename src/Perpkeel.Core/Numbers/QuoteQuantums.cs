namespace Perpkeel.Core.Numbers;

/// <summary>Quote amount as the chain counts it: millionths of one USDC. Signed.</summary>
/// <remarks>Source: dYdX v4-chain; USDC has an atomic resolution of -6.</remarks>
public readonly record struct QuoteQuantums(Int128 Value) : IComparable<QuoteQuantums>
{
    /// <summary>Quote quantums in one USDC.</summary>
    public const long PerUsd = 1_000_000;

    /// <summary>Nothing.</summary>
    public static QuoteQuantums Zero => default;

    /// <summary>The same amount in USD, exactly.</summary>
    public Usd ToUsd() => new((decimal)Value / PerUsd);

    /// <summary>Largest whole number of quantums not above the amount: collateral rounds down.</summary>
    public static QuoteQuantums FromUsdRoundingDown(Usd amount) =>
        new((Int128)decimal.Floor(amount.Value * PerUsd));

    /// <summary>The sum.</summary>
    public static QuoteQuantums operator +(QuoteQuantums left, QuoteQuantums right) =>
        new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static QuoteQuantums operator -(QuoteQuantums left, QuoteQuantums right) =>
        new(left.Value - right.Value);

    /// <summary>The amount with the other sign.</summary>
    public static QuoteQuantums operator -(QuoteQuantums amount) => new(-amount.Value);

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(QuoteQuantums left, QuoteQuantums right) => left.Value < right.Value;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(QuoteQuantums left, QuoteQuantums right) => left.Value > right.Value;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(QuoteQuantums left, QuoteQuantums right) => left.Value <= right.Value;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(QuoteQuantums left, QuoteQuantums right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(QuoteQuantums other) => Value.CompareTo(other.Value);
}
