namespace Perpkeel.Core.Margin.Accounts;

/// <summary>Which of the positions that a symbol can have.</summary>
public enum PositionLeg
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>The only one, long or short; one-way mode.</summary>
    Net,

    /// <summary>The long one of two; hedge mode.</summary>
    LongSide,

    /// <summary>The short one of two; hedge mode.</summary>
    ShortSide,
}

/// <summary>Names a position of an account.</summary>
/// <param name="Symbol">The venue's name of the contract, compared letter by letter.</param>
/// <param name="Leg">Which of its positions.</param>
public readonly record struct PositionKey(string Symbol, PositionLeg Leg) : IComparable<PositionKey>
{
    /// <summary>The only position of a symbol.</summary>
    public static PositionKey NetOf(string symbol) => new(symbol, PositionLeg.Net);

    /// <summary>The long position of a symbol in hedge mode.</summary>
    public static PositionKey LongOf(string symbol) => new(symbol, PositionLeg.LongSide);

    /// <summary>The short position of a symbol in hedge mode.</summary>
    public static PositionKey ShortOf(string symbol) => new(symbol, PositionLeg.ShortSide);

    /// <inheritdoc/>
    public int CompareTo(PositionKey other) =>
        string.CompareOrdinal(Symbol, other.Symbol) is not 0 and var order ? order : Leg.CompareTo(other.Leg);

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(PositionKey left, PositionKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(PositionKey left, PositionKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not come last.</summary>
    public static bool operator <=(PositionKey left, PositionKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not come first.</summary>
    public static bool operator >=(PositionKey left, PositionKey right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Leg switch
    {
        PositionLeg.LongSide => $"{Symbol} long",
        PositionLeg.ShortSide => $"{Symbol} short",
        _ => Symbol,
    };
}
