using System.Text.Json.Serialization;

namespace Perpkeel.Core.Instruments;

/// <summary>The venue's name of a market, e.g. <c>BTC-USD</c>. Compared by ordinal.</summary>
[JsonConverter(typeof(MarketIdJson))]
public readonly record struct MarketId(string Value) : IComparable<MarketId>
{
    /// <inheritdoc/>
    public int CompareTo(MarketId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Whether the left name comes first.</summary>
    public static bool operator <(MarketId left, MarketId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left name comes last.</summary>
    public static bool operator >(MarketId left, MarketId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left name does not come last.</summary>
    public static bool operator <=(MarketId left, MarketId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left name does not come first.</summary>
    public static bool operator >=(MarketId left, MarketId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Value ?? "(none)";
}
